using Actors.Transport;

namespace Actors;

/// <summary>The settings of a <see cref="PullRole"/>.</summary>
public sealed record PullSettings : RoleSettings
{
    /// <summary>Where the role binds or connects, and the options of its sockets.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>
    /// The messages in the handler's hands beyond which the peers are held back. Default 1,000. An
    /// <see cref="AcknowledgedSettings.Credit"/> stands in its place.
    /// </summary>
    public int InboundWindow { get; init; } = 1000;

    /// <summary>Acknowledges each message when the handler has worked, and drops repeats: docs/protocols/pipeline.md. Default null.</summary>
    public AcknowledgedSettings? Acknowledged { get; init; }

    /// <summary>The file that keeps the ids of the last tasks over a restart of the host. Null, the default, keeps them in memory.</summary>
    public JournalSettings? Journal { get; init; }

    /// <summary>
    /// Whether the handler of an acknowledged role is told <see cref="ReceivedTask"/>s instead of payloads: by the id it can
    /// know a task that it had done when its host was killed before that was on record. Default false.
    /// </summary>
    public bool TellTaskIds { get; init; }

    internal SocketSpec PlainSocket => SocketOf(Socket, SocketKind.Pull);

    internal IEnumerable<SocketSpec> AcknowledgedSockets => AcknowledgedSettings.SocketsOf(SocketOf(Socket, SocketKind.Router));

    /// <inheritdoc/>
    public override RoleContract Contract => Acknowledged is null
        ? new RoleContract(
            "the handler is told what arrives; a slow handler holds the peers back",
            "what was in the socket and in the handler's hands when this host dies",
            "messages that the handler failed on, and what had come when the socket was closed")
        : new RoleContract(
            $"each task is told to the handler once, among the last {Acknowledged.DedupWindow}, and acknowledged when it has worked" + (Journal is null ? "" : " and that is durable"),
            Journal is null ? "the memory of what was done, when this host dies: repeats of it are worked on again" : "the memory of work that was done and not yet on record when this host dies",
            "tasks received, repeats dropped, tasks given back");

    /// <inheritdoc/>
    public override void Validate()
    {
        PlainSocket.Validate();
        Check.AtLeast("inbound-window", InboundWindow, 1);
        if (TellTaskIds && Acknowledged is null) throw Check.Fault("tell-task-ids", "is set without \"acknowledged\": plain messages have no ids");
        Acknowledged?.Validate(Check);
        JournalSettings.Validate(Journal, Acknowledged, Check);
    }
}
