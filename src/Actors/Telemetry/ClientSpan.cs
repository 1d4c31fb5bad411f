using System.Diagnostics;
using Actors.Transport;

namespace Actors;

/// <summary>The span of a request at the role that sends it, from its acceptance to its end, and the frame that goes along with it.</summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class ClientSpan
{
    private readonly Activity? _span;

    private ClientSpan(Activity? span, ReadOnlyMemory<byte> frame)
    {
        _span = span;
        Frame = frame;
    }

    /// <summary>The trace, for the server. Empty for a request without an id, which has no place for it.</summary>
    public ReadOnlyMemory<byte> Frame { get; }

    /// <summary>Null when nobody listens, and when the request belongs to no trace and none is to begin.</summary>
    /// <param name="settings">The role's.</param>
    /// <param name="message">The request, which knows the span of its caller.</param>
    /// <param name="id">Null when it goes out without one.</param>
    public static ClientSpan? Begin(RequestSettings settings, Message message, RequestId? id)
    {
        if (!Tracing.IsOn) return null;
        var span = RoleSpan.Start("request", settings.Name, settings.Pattern, ActivityKind.Client, message.Trace);
        if (span is { IsAllDataRequested: true } && id is { } known) span.SetTag("messaging.message.conversation_id", known.ToText());
        // A caller that nobody samples here is still the server's parent, and says that it is not sampled.
        var context = span?.Context ?? message.Trace;
        if (context.TraceId == default) return null;
        return new ClientSpan(span, id is null ? default : TraceFrame.Write(context));
    }

    /// <summary>A try goes to a server.</summary>
    public void Try(string endpoint)
    {
        if (_span is { IsAllDataRequested: true }) _span.SetTag("endpoint", endpoint);
    }

    /// <summary>A try has ended without a reply, and another follows.</summary>
    public void Retry(int tries, string endpoint, string why)
    {
        if (_span is { IsAllDataRequested: true })
            _span.AddEvent(new ActivityEvent("retry", tags: new ActivityTagsCollection { ["tries"] = tries, ["endpoint"] = endpoint, ["cause"] = why }));
    }

    /// <summary>The request has ended: with a reply, unless there is a failure.</summary>
    public void End(int tries, Exception? failure)
    {
        if (_span is null) return;
        if (_span.IsAllDataRequested) _span.SetTag("tries", tries);
        RoleSpan.End(_span, failure?.GetType().FullName, failure?.Message);
    }
}
