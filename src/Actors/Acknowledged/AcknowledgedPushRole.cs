using System.Security.Cryptography;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>The settings of an <see cref="AcknowledgedPushRole"/>.</summary>
public sealed record AcknowledgedPushSettings : RoleSettings
{
    /// <summary>Where to bind or connect.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>
    /// The most tasks that are outstanding, and whether producers wait for demand (the default, at 1000 tasks) or are
    /// refused. A task that was accepted is never dropped for another, so the rules that drop do not apply.
    /// </summary>
    public OutboundSettings Outbound { get; init; } = new(1000, OverflowRule.Backpressure);

    /// <summary>Deadline, tries and heartbeats.</summary>
    public AcknowledgedSettings Acknowledged { get; init; } = new();

    internal SocketSettings PushSocket => SocketOf(Socket, SocketKind.Router);

    /// <inheritdoc/>
    public override void Validate()
    {
        PushSocket.Validate();
        Outbound.Validate(Name);
        if (Outbound.Rule is OverflowRule.DropNewest or OverflowRule.DropOldest)
            throw new SocketSettingsException(Name, "outbound.overflow", "drops messages, and an acknowledged delivery does not: expected backpressure or fail");
        Acknowledged.Validate(Name);
    }
}

/// <summary>
/// The head of an acknowledged pipeline (docs/protocols/pipeline.md): each <see cref="Message"/> told to it is a task that
/// goes to one of the peers with credit, and again to another until one has acknowledged it; after the last try it is
/// published as <see cref="TaskDeadLettered"/>. Answers <see cref="GetLedger"/>.
/// </summary>
/// <remarks>The ledger is in memory: it ends with the role.</remarks>
public sealed class AcknowledgedPushRole : AcknowledgedRole
{
    private readonly SendingEnd _end;
    private readonly OutboundSettings _outbound;
    private readonly ProducerDemand _producers;
    // Random octets for this run of the role: no task of another has them.
    private readonly TaskOrigin _origin = TaskOrigin.WithPrefix(RandomNumberGenerator.GetBytes(8));
    private ulong _lastTask;

    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public AcknowledgedPushRole(AcknowledgedPushSettings settings)
        : base(settings, settings.Acknowledged)
    {
        _outbound = settings.Outbound;
        _producers = new ProducerDemand(Self, unlimited: _outbound.Rule != OverflowRule.Backpressure);
        _end = new SendingEnd(Name, settings.Acknowledged, Self, Log, Clock, _ => { }, PublishDeadLetter);
        AddEnd(_end, SocketsOf(settings.PushSocket));
    }

    /// <summary>How to create the role.</summary>
    public static Props Props(AcknowledgedPushSettings settings) => Akka.Actor.Props.Create(() => new AcknowledgedPushRole(settings));

    private protected override long WaitingInRole => _end.Ledger.Outstanding;

    private int Free => Math.Max(0, _outbound.Capacity - _end.Ledger.Outstanding);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        Log.Info("{0}: {1}", Name, _end.Ledger.Counts);
        if (_end.Ledger.Outstanding > 0) Events.Publish(new MessagesDropped(Name, _end.Ledger.Outstanding, DropReason.Stopped));
        base.PostStop();
    }

    private protected override bool AcceptProducer(IActorRef producer)
    {
        _producers.Add(producer);
        _producers.Grant(Free);
        return true;
    }

    private protected override void ForgetProducer(IActorRef producer)
    {
        if (_producers.Remove(producer)) _producers.Grant(Free);
    }

    private protected override void OnOutbound(Message message)
    {
        _producers.Used(Sender);
        if (Free == 0)
        {
            Events.Publish(new MessagesDropped(Name, 1, DropReason.Refused));
            Sender.Tell(new Status.Failure(new OutboundOverflowException(Name, _outbound.Capacity)), Self);
            return;
        }
        _end.Accept(new TaskId(_origin, ++_lastTask), message);
        SettleSoon();
    }

    private protected override void OnOther(object message)
    {
        if (message is GetLedger) Sender.Tell(_end.Ledger.Counts, Self);
        else base.OnOther(message);
    }

    private protected override void Settled()
    {
        base.Settled();
        _producers.Grant(Free);
    }

    private void PublishDeadLetter(LedgerTask task)
    {
        Log.Warning("{0}: task {1} is dead-lettered after {2} tries", Name, task.Id, task.Tries);
        Events.Publish(new TaskDeadLettered(Name, task.Id, task.Payload, task.History));
    }
}
