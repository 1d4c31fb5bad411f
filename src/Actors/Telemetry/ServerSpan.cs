using System.Diagnostics;
using Actors.Transport;

namespace Actors;

/// <summary>The span of a request at the role that answers it, from when its handler is told it to the handler's answer.</summary>
internal static class ServerSpan
{
    /// <summary>Null when nobody listens or wants it. The child of the client's span, where the request carries that.</summary>
    public static Activity? Begin(ReplySettings settings, ReceivedRequest request)
    {
        if (!Tracing.IsOn) return null;
        var span = RoleSpan.Start("reply", settings.Name, settings.Pattern, ActivityKind.Server, request.Trace);
        if (span is not { IsAllDataRequested: true }) return span;
        span.SetTag("endpoint", request.Link.Spec.Endpoints);
        if (request.Id is { } id) span.SetTag("messaging.message.conversation_id", id.ToText());
        return span;
    }

    /// <summary>The request as the handler is told it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="span">Its span; null where there is none.</param>
    public static Message BodyIn(ReceivedRequest request, Activity? span) =>
        span is not null ? request.Body.In(span)
        // A trace that nobody samples here goes on all the same.
        : Tracing.IsOn ? request.Body.WithTrace(request.Trace)
        : request.Body;

    /// <summary>The handler has not answered, or not with a reply.</summary>
    public static void Fail(Activity? span, DropReason reason, string why, Exception? cause)
    {
        if (span is null) return;
        if (cause is not null && span.IsAllDataRequested) span.AddException(cause);
        RoleSpan.End(span, cause?.GetType().FullName ?? RoleMeter.InWords(reason), why);
    }
}
