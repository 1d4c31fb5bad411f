using Actors.Transport;

namespace Actors;

/// <summary>The settings of a <see cref="PushRole"/>.</summary>
public sealed record PushSettings : RoleSettings
{
    /// <summary>Where the role binds or connects, and the options of its sockets.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>
    /// The messages that wait while no peer takes them. By default 1,000 messages wait, 10,000 tasks are outstanding with
    /// <see cref="Acknowledged"/>, and producers wait for demand. An acknowledged role drops no task for another, so it
    /// refuses the rules that drop.
    /// </summary>
    public OutboundSettings Outbound
    {
        get => field ?? new OutboundSettings(Acknowledged is null ? 1000 : 10_000, OverflowRule.Backpressure);
        init;
    }

    /// <summary>Sends each message again until a peer has acknowledged it: docs/protocols/pipeline.md. Null, the default, sends it once.</summary>
    public AcknowledgedSettings? Acknowledged { get; init; }

    /// <summary>The file that keeps acknowledged tasks over a restart of the host. Null, the default, keeps them in memory.</summary>
    public JournalSettings? Journal { get; init; }

    internal SocketSpec PlainSocket => SocketOf(Socket, SocketKind.Push);

    internal IEnumerable<SocketSpec> AcknowledgedSockets => AcknowledgedSettings.SocketsOf(SocketOf(Socket, SocketKind.Router));

    /// <inheritdoc/>
    public override RoleContract Contract => Acknowledged is null
        ? new RoleContract(
            $"messages go to connected peers in turn, and up to {Outbound.Capacity} wait while there is none",
            "what a peer was sent when it dies or its connection breaks",
            "messages refused or dropped at a full queue, what waits when the role stops, and what its socket held for a peer whose connection ended")
        : new RoleContract(
            $"a task is sent again until a peer has acknowledged it, up to {Acknowledged.MaxTries} times; then it is dead-lettered with its history" + (Journal is null ? "" : "; tasks are accepted when they are durable, and survive kill -9 of this host"),
            Journal is null ? "what is outstanding when this host dies" : "nothing that was accepted, as long as the journal's disk lives",
            "accepted = acknowledged + outstanding + dead-lettered");

    /// <inheritdoc/>
    public override void Validate()
    {
        PlainSocket.Validate();
        Outbound.Validate(Check);
        if (Acknowledged is not null && Outbound.Rule is OverflowRule.DropNewest or OverflowRule.DropOldest)
            throw Check.Fault("outbound.overflow", "drops messages, and an acknowledged delivery does not: expected backpressure or fail");
        Acknowledged?.Validate(Check);
        JournalSettings.Validate(Journal, Acknowledged, Check);
    }
}
