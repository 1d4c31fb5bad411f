using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// The end that receives tasks: hands each to its role once, and acknowledges it when the role says that it is done.
/// Repeats are dropped and counted.
/// </summary>
internal sealed class ReceivingEnd(string role, AcknowledgedSettings settings, IActorRef self, ILoggingAdapter log, Func<TimeSpan> clock, Action<TaskId, Message> work)
    : PipelineEnd(role, PipelineEndKind.Receiving, settings, self, log, clock)
{
    private readonly RepeatWindow _done = new(settings.DedupWindow);
    private readonly Dictionary<TaskId, List<ReceivingSession>> _inHand = [];
    private readonly List<ReceivingSession> _unsettled = [];
    private bool _flushing;

    /// <summary>Tasks that are worked on, or whose results are not acknowledged yet.</summary>
    public int InHand => _inHand.Count;

    /// <summary>Tasks handed to the role, each once.</summary>
    public long Received { get; private set; }

    /// <summary>Tasks that came again and were not handed on.</summary>
    public long Repeats { get; private set; }

    /// <summary>The task is done, with all that follows from it.</summary>
    public void Acknowledge(TaskId id)
    {
        if (!_inHand.Remove(id, out var sessions)) return;
        _done.Add(id);
        foreach (var session in sessions) Settle(session, id);
    }

    /// <summary>The task was not done.</summary>
    /// <param name="id">The task.</param>
    /// <param name="final">Whether a further try cannot help.</param>
    /// <param name="reason">For people.</param>
    public void Return(TaskId id, bool final, string reason)
    {
        if (!_inHand.Remove(id, out var sessions)) return;
        foreach (var session in sessions)
        {
            if (!session.IsOpen) continue;
            Send(session, new NackCommand(id, final, reason));
            Owe(session);
        }
    }

    /// <summary>Sends the acknowledgements that have gathered.</summary>
    public void Flush()
    {
        _flushing = false;
        foreach (var session in _unsettled)
        {
            session.Dirty = false;
            if (!session.IsOpen) continue;
            if (session.Done.Count > 0) Send(session, new AckCommand(session.Done));
            Send(session, new ReadyCommand(session.Owed));
            session.Used -= session.Owed;
            session.Owed = 0;
            session.Done.Clear();
        }
        _unsettled.Clear();
    }

    private protected override PipelineSession NewSession(SocketLink link, ReadOnlyMemory<byte>? routingId, HelloCommand hello) => new ReceivingSession(link, routingId, hello);

    private protected override void OnOpened(PipelineSession session) => Send(session, new ReadyCommand((uint)Settings.Credit));

    private protected override void OnClosed(PipelineSession session, string why)
    {
        // What is in hand goes on: the peer sends it again, and then there is a session to acknowledge it to.
    }

    private protected override bool OnCommand(PipelineSession session, PipelineCommand command)
    {
        if (command is not TaskCommand task) return false;
        OnTask((ReceivingSession)session, task);
        return true;
    }

    private void OnTask(ReceivingSession session, TaskCommand task)
    {
        if (session.Used >= Settings.Credit)
        {
            Refuse(session, PipelineError.NoCredit, $"task {task.Id} came without credit: {Settings.Credit} are unacknowledged");
            return;
        }
        session.Used++;
        if (_done.Contains(task.Id))
        {
            Repeats++;
            Settle(session, task.Id);
        }
        else if (_inHand.TryGetValue(task.Id, out var sessions))
        {
            Repeats++;
            sessions.Add(session);
        }
        else
        {
            Received++;
            _inHand.Add(task.Id, [session]);
            work(task.Id, task.Payload);
        }
    }

    private void Settle(ReceivingSession session, TaskId id)
    {
        if (!session.IsOpen) return;
        session.Done.Add(id);
        Owe(session);
    }

    private void Owe(ReceivingSession session)
    {
        session.Owed++;
        if (!session.Dirty)
        {
            session.Dirty = true;
            _unsettled.Add(session);
        }
        if (_flushing) return;
        // Comes behind what waits in the mailbox now, so that one command acknowledges many tasks.
        _flushing = true;
        Self.Tell(FlushAcknowledgements.Instance, Self);
    }

    private sealed class ReceivingSession(SocketLink link, ReadOnlyMemory<byte>? routingId, HelloCommand hello) : PipelineSession(link, routingId, hello)
    {
        /// <summary>Credit that the peer has used and not been given back.</summary>
        public long Used { get; set; }

        /// <summary>Credit to be given back.</summary>
        public uint Owed { get; set; }

        public List<TaskId> Done { get; } = [];

        public bool Dirty { get; set; }
    }
}

/// <summary>A role to itself: send the acknowledgements that have gathered.</summary>
internal sealed record FlushAcknowledgements
{
    public static FlushAcknowledgements Instance { get; } = new();
}
