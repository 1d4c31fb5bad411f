using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// The end that sends tasks: the peers' credit decides who gets the next one, and what a peer does not acknowledge goes
/// out again.
/// </summary>
internal sealed class SendingEnd : PipelineEnd
{
    private readonly List<SendingSession> _sessions = [];
    private readonly Action<TaskId> _acknowledged;
    private int _next;

    /// <param name="role">The role's name.</param>
    /// <param name="settings">Deadline, tries and heartbeats.</param>
    /// <param name="self">The role.</param>
    /// <param name="log">The role's log.</param>
    /// <param name="clock">The one clock of the role.</param>
    /// <param name="acknowledged">Told each task that is done.</param>
    /// <param name="deadLettered">Told each task that is given up.</param>
    public SendingEnd(string role, AcknowledgedSettings settings, IActorRef self, ILoggingAdapter log, Func<TimeSpan> clock, Action<TaskId> acknowledged, Action<LedgerTask> deadLettered)
        : base(role, PipelineEndKind.Sending, settings, self, log, clock)
    {
        _acknowledged = acknowledged;
        Ledger = new Ledger(settings.MaxTries, settings.TaskDeadline, deadLettered);
    }

    public Ledger Ledger { get; }

    /// <summary>Takes a task, and sends it when a peer has credit. False when one of that id is outstanding already.</summary>
    public bool Accept(TaskId id, Message payload)
    {
        if (!Ledger.Accept(id, payload)) return false;
        Assign();
        return true;
    }

    public override void Tick()
    {
        base.Tick();
        Ledger.Expire(Now);
        Assign();
    }

    private protected override PipelineSession NewSession(SocketLink link, ReadOnlyMemory<byte>? routingId, HelloCommand hello) => new SendingSession(link, routingId, hello);

    private protected override void OnOpened(PipelineSession session) => _sessions.Add((SendingSession)session);

    private protected override void OnClosed(PipelineSession session, string why)
    {
        var closed = (SendingSession)session;
        _sessions.Remove(closed);
        Ledger.Leave(closed.Peer, why, Now);
        Assign();
    }

    private protected override bool OnCommand(PipelineSession session, PipelineCommand command)
    {
        var from = (SendingSession)session;
        switch (command)
        {
            case ReadyCommand ready: from.Credit += ready.Credit; return true;
            case AckCommand ack: Acknowledge(ack); return true;
            case NackCommand nack: Ledger.Return(nack.Id, from.Peer, nack.Final, nack.Reason, Now); return true;
            default: return false;
        }
    }

    /// <summary>An acknowledgement holds, also when its session has ended meanwhile: the work is done.</summary>
    private protected override bool OnStray(PipelineCommand command)
    {
        if (command is not AckCommand ack) return false;
        Acknowledge(ack);
        return true;
    }

    private protected override void AfterBatch() => Assign();

    private void Acknowledge(AckCommand ack)
    {
        foreach (var id in ack.Ids)
            if (Ledger.Acknowledge(id) is not null) _acknowledged(id);
    }

    /// <summary>Sends what waits to the peers with credit, in turn.</summary>
    private void Assign()
    {
        while (Ledger.Waiting > 0 && NextWithCredit() is { } session && Ledger.TryAssign(session.Peer, Now, out var task))
        {
            session.Credit--;
            Send(session, PipelineCodec.WriteTask(session.RoutingId, (uint)task.Tries, task.Id, task.Payload));
        }
    }

    private SendingSession? NextWithCredit()
    {
        for (var i = 0; i < _sessions.Count; i++)
        {
            var session = _sessions[_next++ % _sessions.Count];
            if (_next >= _sessions.Count) _next = 0;
            if (session.CanTake) return session;
        }
        return null;
    }

    private sealed class SendingSession : PipelineSession
    {
        private readonly int _most;

        public SendingSession(SocketLink link, ReadOnlyMemory<byte>? routingId, HelloCommand hello)
            : base(link, routingId, hello)
        {
            // A peer that gives more credit than its queue is long must not block the socket for the others.
            _most = link.Settings.SendHighWaterMark == 0 ? int.MaxValue : Math.Max(1, link.Settings.SendHighWaterMark / 2);
            Peer = new LedgerPeer(Name);
        }

        public LedgerPeer Peer { get; }

        public long Credit { get; set; }

        public bool CanTake => Credit > 0 && Peer.Tasks.Count < _most;
    }
}
