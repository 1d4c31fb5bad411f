using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// The end that sends tasks: the peers' credit decides who gets the next ones, and what a peer does not acknowledge goes
/// out again.
/// </summary>
internal sealed class SendingEnd : PipelineEnd
{
    // The size up to which tasks share a message: the most that the protocol allows, less a margin for peers that count
    // otherwise. A receiver keeps the whole message in memory as long as one of its tasks.
    private const long MessageOctets = 60 * 1024;

    private readonly List<SendingSession> _sessions = [];
    private readonly List<LedgerTask> _together = [];
    private readonly Action<TaskId> _acknowledged;
    private int _next;

    /// <param name="role">The role's name.</param>
    /// <param name="settings">Deadline, tries and heartbeats.</param>
    /// <param name="self">The role.</param>
    /// <param name="log">The role's log.</param>
    /// <param name="time">The role's clock.</param>
    /// <param name="acknowledged">Called with each task that is done.</param>
    /// <param name="deadLettered">Called with each task that is given up.</param>
    /// <param name="tryEnded">Called with each task that waits again after a try; null when nobody needs it.</param>
    public SendingEnd(string role, AcknowledgedSettings settings, IActorRef self, ILoggingAdapter log, TimeProvider time, Action<TaskId> acknowledged, Action<LedgerTask> deadLettered, Action<LedgerTask>? tryEnded = null)
        : base(role, PipelineEndKind.Sending, settings, self, log, time)
    {
        _acknowledged = acknowledged;
        Ledger = new Ledger(settings.MaxTries, settings.TaskDeadline, deadLettered, tryEnded);
    }

    public Ledger Ledger { get; }

    /// <summary>Takes a task, which the next <see cref="Flush"/> sends. Returns false when one of that id is outstanding.</summary>
    public bool Accept(TaskId id, Message payload) => Ledger.Accept(id, payload);

    public override void GoOnFrom(PipelineEnd before) => Ledger.Restore(((SendingEnd)before).Ledger);

    public override void Tick()
    {
        base.Tick();
        Ledger.Expire(Now);
    }

    public override void Flush()
    {
        Assign();
        base.Flush();
    }

    protected override PipelineSession NewSession(SocketLink link, ReadOnlyMemory<byte>? routingId, HelloCommand hello) => new SendingSession(link, routingId, hello, Ledger);

    protected override void OnOpened(PipelineSession session) => _sessions.Add((SendingSession)session);

    protected override void OnClosed(PipelineSession session, string why)
    {
        var closed = (SendingSession)session;
        _sessions.Remove(closed);
        Ledger.Leave(closed.Peer, why, Now);
    }

    protected override bool OnCommand(PipelineSession session, PipelineCommand command)
    {
        var from = (SendingSession)session;
        switch (command)
        {
            case ReadyCommand ready: from.Credit += ready.Credit; return true;
            case AckCommand ack: Acknowledge(ack); return true;
            case NackCommand nack: Ledger.Return(nack.Id, from.Peer, nack.How, nack.Reason, Now); return true;
            case DrainCommand: from.Credit = 0; return true;
            default: return false;
        }
    }

    /// <summary>An acknowledgement holds even after the end of its session, because the work is done.</summary>
    protected override void OnStray(PipelineCommand command)
    {
        if (command is AckCommand ack) Acknowledge(ack);
    }

    private void Acknowledge(AckCommand ack)
    {
        for (var i = 0; i < ack.Ids.Count; i++)
            if (Ledger.Acknowledge(ack.Ids[i])) _acknowledged(ack.Ids[i]);
    }

    /// <summary>Shares the waiting tasks among the peers with credit, in turn.</summary>
    private void Assign()
    {
        if (Ledger.Next is null) return;
        var now = Now;
        var share = 1 + ((Ledger.Waiting - 1) / Math.Max(1, _sessions.Count(session => session.Credit > 0)));
        while (Ledger.Next is not null && NextWithCredit() is { } session) SendMessage(session, Math.Min(session.Credit, share), now);
    }

    /// <summary>Sends one message with as many tasks as fit. A task that does not fit goes alone.</summary>
    private void SendMessage(SendingSession session, long most, TimeSpan now)
    {
        long size = 0;
        do
        {
            var task = Ledger.Next!;
            var packed = TaskCodec.PackedSize(task) ?? long.MaxValue;
            if (_together.Count > 0 && packed > MessageOctets - size) break;
            size += packed;
            Ledger.Assign(task, session.Peer, now);
            _together.Add(task);
        }
        while (_together.Count < most && size < MessageOctets && Ledger.Next is not null);
        session.Credit -= _together.Count;
        Send(session, _together.Count == 1 ? TaskCodec.WriteOne(session.RoutingId, _together[0]) : TaskCodec.WriteMany(session.RoutingId, _together, (int)size));
        _together.Clear();
    }

    private SendingSession? NextWithCredit()
    {
        for (var i = 0; i < _sessions.Count; i++)
        {
            var session = _sessions[_next++ % _sessions.Count];
            if (_next >= _sessions.Count) _next = 0;
            if (session.Credit > 0) return session;
        }
        return null;
    }

    private sealed class SendingSession : PipelineSession
    {
        public SendingSession(SocketLink link, ReadOnlyMemory<byte>? routingId, HelloCommand hello, Ledger ledger)
            : base(link, routingId, hello) => Peer = ledger.Join(Name);

        public LedgerPeer Peer { get; }

        public long Credit { get; set; }
    }
}
