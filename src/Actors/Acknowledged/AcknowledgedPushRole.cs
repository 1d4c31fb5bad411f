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
    /// The most tasks that are outstanding, and whether producers wait for demand (the default, at 10,000 tasks) or are
    /// refused. A task that was accepted is never dropped for another, so the rules that drop do not apply.
    /// </summary>
    public OutboundSettings Outbound { get; init; } = new(10_000, OverflowRule.Backpressure);

    /// <summary>Deadline, tries and heartbeats.</summary>
    public AcknowledgedSettings Acknowledged { get; init; } = new();

    /// <summary>Where the ledger is kept, so that it survives the host; null: only in memory.</summary>
    public JournalSettings? Journal { get; init; }

    internal SocketSettings PushSocket => SocketOf(Socket, SocketKind.Router);

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        $"a task is sent again until a peer has acknowledged it, up to {Acknowledged.MaxTries} times; then it is dead-lettered with its history" + (Journal is null ? "" : "; tasks are accepted when they are durable, and survive kill -9 of this host"),
        Journal is null ? "what is outstanding when this host dies" : "nothing that was accepted, as long as the journal's disk lives",
        "accepted = acknowledged + outstanding + dead-lettered");

    /// <inheritdoc/>
    public override void Validate()
    {
        PushSocket.Validate();
        Outbound.Validate(Name);
        if (Outbound.Rule is OverflowRule.DropNewest or OverflowRule.DropOldest)
            throw new SocketSettingsException(Name, "outbound.overflow", "drops messages, and an acknowledged delivery does not: expected backpressure or fail");
        Acknowledged.Validate(Name);
        Journal?.Validate(Name);
    }
}

/// <summary>
/// The head of an acknowledged pipeline (docs/protocols/pipeline.md): each <see cref="Message"/> told to it is a task that
/// goes to one of the peers with credit, and again to another until one has acknowledged it; after the last try it is
/// published as <see cref="TaskDeadLettered"/>. Answers <see cref="GetLedger"/>.
/// </summary>
/// <remarks>
/// Without a journal the ledger is in memory, and ends with the role. With one, a task is accepted, and sent, when it is
/// durable; a producer that can read its source again registers with its name, and is told where to begin.
/// </remarks>
public sealed class AcknowledgedPushRole : JournalledRole
{
    private readonly SendingEnd _end;
    private readonly OutboundSettings _outbound;
    private readonly ProducerDemand _producers;
    // Random octets for this run of the role: no task of another has them.
    private readonly TaskOrigin _origin = TaskOrigin.WithPrefix(RandomNumberGenerator.GetBytes(8));
    private readonly PushJournal? _journal;
    private ulong _lastTask;

    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public AcknowledgedPushRole(AcknowledgedPushSettings settings)
        : base(settings, settings.Acknowledged)
    {
        _outbound = settings.Outbound;
        _producers = new ProducerDemand(Self, unlimited: _outbound.Rule != OverflowRule.Backpressure);
        _end = new SendingEnd(Name, settings.Acknowledged, Self, Log, Time, OnAcknowledged, OnDeadLettered, OnTryEnded);
        AddEnd(_end, SocketsOf(settings.PushSocket));
        if (settings.Journal is { } journal) _journal = new PushJournal(Self, Name, journal);
    }

    /// <summary>How to create the role.</summary>
    public static Props Props(AcknowledgedPushSettings settings) => Akka.Actor.Props.Create(() => new AcknowledgedPushRole(settings));

    private protected override IJournalWriter? Journal => _journal?.Writer;

    private protected override long WaitingInRole => _end.Ledger.Outstanding + Unrecorded;

    private int Free => Math.Max(0, _outbound.Capacity - _end.Ledger.Outstanding - Unrecorded);

    private int Unrecorded => _journal?.Waiting ?? 0;

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        // The next instance grants them demand again, behind what they have sent already.
        if (_journal is null) _producers.RegisterAgain();
        base.PreRestart(reason, message);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        Log.Info("{0}: {1}", Name, _end.Ledger.Counts);
        base.PostStop();
        var dropped = _journal?.Dropped ?? (IsRestarting ? 0 : _end.Ledger.Outstanding);
        if (dropped > 0) Events.Publish(new MessagesDropped(Name, dropped, DropReason.Stopped));
    }

    private protected override bool AcceptProducer(IActorRef producer, string? source)
    {
        if (_journal?.IsOpen == false)
        {
            _journal.Postpone(new RegisterProducer(source), producer);
            return true;
        }
        if (source is not null) _journal?.Register(producer, source);
        _producers.Add(producer);
        _producers.Grant(Free);
        return true;
    }

    private protected override void ForgetProducer(IActorRef producer)
    {
        _journal?.Forget(producer);
        if (_producers.Remove(producer)) _producers.Grant(Free);
    }

    private protected override void OnOutbound(Message message)
    {
        if (_journal?.IsOpen == false) _journal.Postpone(message, Sender);
        else Take(message, null, 0);
    }

    private void Take(Message message, string? source, long position)
    {
        _producers.Used(Sender);
        if (Free == 0)
        {
            Events.Publish(new MessagesDropped(Name, 1, DropReason.Refused));
            Sender.Tell(new Status.Failure(new OutboundOverflowException(Name, _outbound.Capacity)), Self);
            return;
        }
        var id = new TaskId(_origin, ++_lastTask);
        if (_journal is not null)
        {
            _journal.Record(id, message, source, position);
            return;
        }
        _end.Accept(id, message);
        SettleSoon();
    }

    private void Take(SourceMessage sent)
    {
        if (_journal is null) Take(sent.Message, null, 0);
        // From before a restart of the role: the producer is about to be told where to begin again.
        else if (_journal.SourceOf(Sender) is { } source) Take(sent.Message, source, sent.Position);
    }

    private protected override void OnRecovered() => _lastTask = _journal!.Restore(_end.Ledger);

    private protected override void OnCommitted(int entries)
    {
        _journal!.OnCommitted(entries, _end);
        Settled();
    }

    private protected override void OnOther(object message)
    {
        switch (message)
        {
            case SourceMessage sent: Take(sent); break;
            case GetLedger: Sender.Tell(_end.Ledger.Counts, Self); break;
            default: base.OnOther(message); break;
        }
    }

    private protected override void Settled()
    {
        base.Settled();
        _producers.Grant(Free);
    }

    private void OnAcknowledged(TaskId id) => _journal?.Writer.Write(PushEntry.Acknowledged((long)id.Number));

    private void OnTryEnded(LedgerTask task) => _journal?.Writer.Write(PushEntry.TryEnded((long)task.Id.Number, task.History[^1]));

    private void OnDeadLettered(LedgerTask task)
    {
        _journal?.Writer.Write(PushEntry.DeadLettered((long)task.Id.Number));
        Log.Warning("{0}: task {1} is dead-lettered after {2} tries", Name, task.Id, task.Tries);
        Events.Publish(new TaskDeadLettered(Name, task.Id, task.Payload, task.History));
    }
}
