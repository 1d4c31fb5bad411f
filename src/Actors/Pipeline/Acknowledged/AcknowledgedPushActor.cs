using System.Security.Cryptography;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>A push role that keeps each task in its ledger, and in its journal where it has one, until a peer has acknowledged it.</summary>
internal sealed class AcknowledgedPushActor : JournalledActor
{
    private readonly SendingEnd _end;
    private readonly OutboundSettings _outbound;
    private readonly ProducerDemand _producers;
    // Random octets, so that no other run of a role has the same task ids.
    private readonly TaskOrigin _origin = TaskOrigin.WithPrefix(RandomNumberGenerator.GetBytes(8));
    private readonly PushJournal? _journal;
    private ulong _lastTask;

    public AcknowledgedPushActor(PushSettings settings, AcknowledgedSettings acknowledged)
        : base(settings, acknowledged)
    {
        _outbound = settings.Outbound;
        _producers = new ProducerDemand(Self);
        _end = new SendingEnd(Name, acknowledged, Self, Log, Time, OnAcknowledged, OnDeadLettered, OnTryEnded);
        Counters.Ledger = () => _end.Ledger.Counts;
        WaitsForPeers(AddEnd(_end, settings.AcknowledgedSockets), () => WaitingInRole);
        if (settings.Journal is { } journal) _journal = new PushJournal(Self, Name, journal);
    }

    protected override IJournalWriter? Journal => _journal?.Writer;

    protected override long WaitingInRole => _end.Ledger.Outstanding + Unrecorded;

    protected override RoleStatus Describe(RoleStatus status) => base.Describe(status) with { Ledger = _end.Ledger.Counts };

    private int Free => Math.Max(0, _outbound.Capacity - _end.Ledger.Outstanding - Unrecorded);

    private int Unrecorded => _journal?.Waiting ?? 0;

    protected override void PreRestart(Exception reason, object message)
    {
        // The next instance grants them demand again, when it has taken what they have sent already.
        if (_journal is null) _producers.RegisterAgain();
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        Log.Info("{0}: {1}", Name, _end.Ledger.Counts);
        base.PostStop();
        var dropped = _journal?.Dropped ?? (IsRestarting ? 0 : _end.Ledger.Outstanding);
        if (dropped > 0) Events.Publish(new MessagesDropped(Name, dropped, DropReason.Stopped));
    }

    protected override bool AcceptProducer(IActorRef producer, string? source)
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

    protected override void ForgetProducer(IActorRef producer)
    {
        _journal?.Forget(producer);
        if (_producers.Remove(producer)) _producers.Grant(Free);
    }

    protected override void OnOutbound(Message message)
    {
        if (_journal?.IsOpen == false) _journal.Postpone(message, Sender);
        else Take(message, null, 0);
    }

    /// <summary>A batch that does not fit is refused as a whole, so that its sender can offer it again.</summary>
    protected override void OnOutbound(MessageBatch batch)
    {
        if (_journal?.IsOpen != false && Free < batch.Count)
        {
            _producers.Used(Sender, batch.Count);
            Refuse(batch.Count);
            return;
        }
        base.OnOutbound(batch);
    }

    private void Refuse(int messages)
    {
        Events.Publish(new MessagesDropped(Name, messages, DropReason.Refused));
        Sender.Tell(new Status.Failure(new OutboundOverflowException(Name, _outbound.Capacity)), Self);
    }

    private void Take(Message message, string? source, long position)
    {
        _producers.Used(Sender);
        if (Free == 0)
        {
            Refuse(1);
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

    protected override void OnRecovered() => _lastTask = _journal!.Restore(_end.Ledger);

    protected override void OnCommitted(int entries)
    {
        _journal!.OnCommitted(entries, _end);
        Settled();
    }

    protected override void OnOther(object message)
    {
        switch (message)
        {
            case SourceMessage sent: Take(sent); break;
            default: base.OnOther(message); break;
        }
    }

    protected override void Settled()
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
