using Actors.Streams.Stages;
using Actors.Transport;
using Akka.Streams.Dsl;

namespace Actors.Streams;

/// <summary>
/// Sources of what ZeroMQ peers send. Each run of a source starts a role with the given settings, and stops it when the stream
/// ends.
/// </summary>
/// <remarks>
/// <para>
/// Backpressure: messages go downstream as it demands them, and the role's window (<c>InboundWindow</c>, or the credit of
/// acknowledged delivery) is the most that waits in the stream's stage. When it is full, nothing is taken from the socket, so
/// high-water marks hold the peers.
/// </para>
/// <para>
/// Errors: a socket that fails is opened again with the backoff of its settings, and the stream goes on. When the role can never
/// open, or its actor is stopped, the source fails with a <see cref="StreamRoleException"/>. When the stream ends, what had come
/// and had not gone downstream is counted and published as <see cref="MessagesDropped"/>.
/// </para>
/// </remarks>
public static class ZmqSource
{
    /// <summary>The default of the time in which deliveries are settled at the end.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>A PULL socket: what pushers send, fairly among them.</summary>
    /// <param name="settings">The role's, without <see cref="PullSettings.Acknowledged"/>.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work; the exception names it.</exception>
    /// <exception cref="ArgumentException">The settings ask for acknowledged delivery: use <see cref="AcknowledgedPull"/>.</exception>
    public static Source<Message, SourceRole> Pull(PullSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        if (settings.Acknowledged is not null) throw new ArgumentException($"{settings.Name}: the settings ask for acknowledged delivery, and nothing would acknowledge: use ZmqSource.AcknowledgedPull", nameof(settings));
        return Source.FromGraph(new InboundStage<Message>(settings.Name, "ZmqSource.Pull", handler => PullRole.Props(settings, handler), message => message));
    }

    /// <summary>
    /// The receiving end of an acknowledged pipeline (docs/protocols/pipeline.md): tasks that the stream acknowledges or rejects, in
    /// any order. A task that comes again after it was acknowledged is dropped and counted.
    /// </summary>
    /// <param name="settings">The role's. Where <see cref="PullSettings.Acknowledged"/> is null, it has its defaults.</param>
    /// <param name="limit">
    /// The time that deliveries have to be settled when downstream cancels; default 10 s. Tasks that had not gone downstream
    /// are given back at once, and no try of theirs counts; those that are not settled in time go back to their senders as the
    /// session ends. When the stream fails, it does not wait.
    /// </param>
    /// <exception cref="SocketSettingsException">A setting cannot work; the exception names it.</exception>
    public static Source<Delivery, SourceRole> AcknowledgedPull(PullSettings settings, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var acknowledged = settings with { Acknowledged = settings.Acknowledged ?? new AcknowledgedSettings() };
        acknowledged.Validate();
        return Source.FromGraph(new AcknowledgedPullStage(acknowledged, limit ?? Limit));
    }

    /// <summary>A SUB socket: what publishers send that a topic of the settings matches.</summary>
    /// <param name="settings">The role's, without <see cref="SubscribeSettings.Retained"/>.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work; the exception names it.</exception>
    /// <exception cref="ArgumentException">The settings ask for retained delivery: use <see cref="RetainedSubscribe"/>.</exception>
    /// <remarks>
    /// A publisher holds nothing for a subscriber beyond its high-water mark: a stream that is slow for long misses messages, which
    /// the publisher counts.
    /// </remarks>
    public static Source<Message, SourceRole> Subscribe(SubscribeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        if (settings.Retained is not null) throw new ArgumentException($"{settings.Name}: the settings ask for retained delivery, and a gap would not be seen: use ZmqSource.RetainedSubscribe", nameof(settings));
        return Source.FromGraph(new InboundStage<Message>(settings.Name, "ZmqSource.Subscribe", handler => SubscribeRole.Props(settings, handler), message => message));
    }

    /// <summary>
    /// A subscription at publishers that retain (docs/protocols/broadcast.md): each message once and in order, also those that
    /// were missed while it was not connected, and a gap in place of those that the publisher no longer keeps.
    /// </summary>
    /// <param name="settings">The role's. Where <see cref="SubscribeSettings.Retained"/> is null, it has its defaults.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work; the exception names it.</exception>
    public static Source<RetainedElement, SourceRole> RetainedSubscribe(SubscribeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var retained = settings with { Retained = settings.Retained ?? new RetainedSubscription() };
        retained.Validate();
        return Source.FromGraph(new InboundStage<RetainedElement>(
            settings.Name, "ZmqSource.RetainedSubscribe", handler => SubscribeRole.Props(retained, handler), message => new RetainedElement(message, null), gap => new RetainedElement(null, gap)));
    }
}

/// <summary>An element of a retained subscription: a message, or the gap in its place.</summary>
/// <param name="Message">The message; null for a gap.</param>
/// <param name="Gap">What was missed; null for a message.</param>
public sealed record RetainedElement(Message? Message, SubscriptionGap? Gap);
