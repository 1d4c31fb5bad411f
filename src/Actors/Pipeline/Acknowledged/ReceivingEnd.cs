using System.Runtime.InteropServices;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// The end that receives tasks: hands each to its role once, and acknowledges it when the role says that it is done.
/// Repeats are dropped and counted.
/// </summary>
/// <param name="role">The role's name.</param>
/// <param name="settings">Credit, window and heartbeats.</param>
/// <param name="self">The role.</param>
/// <param name="log">The role's log.</param>
/// <param name="time">The role's clock.</param>
/// <param name="workers">The tasks that the role works on at a time.</param>
/// <param name="work">Called with new tasks that came together.</param>
internal sealed class ReceivingEnd(string role, AcknowledgedSettings settings, IActorRef self, ILoggingAdapter log, TimeProvider time, int workers, Action<IReadOnlyList<SentTask>> work)
    : PipelineEnd(role, PipelineEndKind.Receiving, settings, self, log, time)
{
    private RepeatWindow _done = new(settings.DedupWindow);
    private readonly Dictionary<TaskId, Claim> _inHand = [];
    private readonly List<ReceivingSession> _toTell = [];
    private bool _draining;

    /// <summary>Tasks in work, or whose results are not acknowledged yet.</summary>
    public int InHand => _inHand.Count;

    /// <summary>Tasks handed to the role, each once.</summary>
    public long Received { get; private set; }

    /// <summary>Tasks that came again and were not handed on.</summary>
    public long Repeats { get; private set; }

    public ReceivedCounts Counts => new(Received, InHand, Repeats);

    /// <summary>Continues where an earlier end was. Call it before anything is received.</summary>
    /// <param name="received">The number of tasks that it had done.</param>
    /// <param name="last">The ids of the last of them, the oldest first.</param>
    public void Restore(long received, IEnumerable<TaskId> last)
    {
        Received = received;
        foreach (var id in last) _done.Add(id);
    }

    public override void GoOnFrom(PipelineEnd before)
    {
        // What was in hand is forgotten: its handlers have ended with the role, and its senders send it again.
        var end = (ReceivingEnd)before;
        _done = end._done;
        Received = end.Received;
        Repeats = end.Repeats;
    }

    /// <summary>The task is done, and so is everything that follows from it. The next <see cref="Flush()"/> acknowledges it.</summary>
    public void Acknowledge(TaskId id)
    {
        _done.Add(id);
        if (!_inHand.Remove(id, out var claim)) return;
        Settle(claim.First, id);
        if (claim.Others is null) return;
        foreach (var session in claim.Others) Settle(session, id);
    }

    /// <summary>The task was not done.</summary>
    /// <param name="id">The task.</param>
    /// <param name="how">What the sender has to do with it.</param>
    /// <param name="reason">The reason for people.</param>
    public void Return(TaskId id, TaskReturn how, string reason)
    {
        if (!_inHand.Remove(id, out var claim)) return;
        Return(claim.First, id, how, reason);
        if (claim.Others is null) return;
        foreach (var session in claim.Others) Return(session, id, how, reason);
    }

    /// <summary>Takes no more tasks; those in hand go on.</summary>
    public void Drain()
    {
        if (_draining) return;
        _draining = true;
        foreach (var session in Sessions) Send(session, new DrainCommand());
    }

    public override void Flush()
    {
        foreach (var session in _toTell)
        {
            if (session.IsOpen) Tell(session);
            session.Done.Clear();
            session.Settled = 0;
        }
        _toTell.Clear();
        base.Flush();
    }

    private void Tell(ReceivingSession session)
    {
        if (session.Done.Count > 0) Send(session, new AckCommand(session.Done));
        session.Unsettled -= session.Settled;
        session.Window.Done(session.Settled, Now);
        GiveCredit(session);
    }

    private void GiveCredit(ReceivingSession session)
    {
        var credit = session.Window.Size - session.Credit - session.Unsettled;
        // A little credit is held back until more tasks are done, to save messages.
        if (_draining || credit <= session.Window.Size / 8) return;
        session.Credit += credit;
        Send(session, new ReadyCommand((uint)credit));
    }

    protected override PipelineSession NewSession(SocketLink link, ReadOnlyMemory<byte>? routingId, HelloCommand hello) => new ReceivingSession(link, routingId, hello, new CreditWindow(workers, Settings.Credit, Now));

    protected override void OnOpened(PipelineSession session)
    {
        GiveCredit((ReceivingSession)session);
    }

    protected override void OnClosed(PipelineSession session, string why)
    {
        // Work in hand goes on. The peer sends the task again, in a session in which it can be acknowledged.
    }

    protected override bool OnCommand(PipelineSession session, PipelineCommand command)
    {
        if (command is not TasksCommand tasks) return false;
        OnTasks((ReceivingSession)session, tasks.Tasks);
        return true;
    }

    private void OnTasks(ReceivingSession session, List<SentTask> tasks)
    {
        var taken = Math.Min(tasks.Count, session.Credit);
        if (taken < tasks.Count)
        {
            Refuse(session, PipelineError.NoCredit, $"{tasks.Count - taken} tasks from {tasks[taken].Id} on came without credit: {session.Unsettled + taken} are unacknowledged");
            tasks.RemoveRange(taken, tasks.Count - taken);
        }
        session.Credit -= taken;
        session.Unsettled += taken;
        tasks.RemoveAll(task => !IsFresh(session, task.Id));
        Received += tasks.Count;
        if (tasks.Count > 0) work(tasks);
    }

    /// <summary>Returns true for a task to begin. For any other, the answer to its peer has been noted.</summary>
    private bool IsFresh(ReceivingSession session, TaskId id)
    {
        if (_done.Contains(id))
        {
            Repeats++;
            Settle(session, id);
            return false;
        }
        ref var claim = ref CollectionsMarshal.GetValueRefOrAddDefault(_inHand, id, out var isInHand);
        if (isInHand)
        {
            Repeats++;
            claim = claim.And(session);
            return false;
        }
        if (_draining)
        {
            _inHand.Remove(id);
            Return(session, id, TaskReturn.NotBegun, "this end takes no more tasks");
            return false;
        }
        claim = new Claim(session, null);
        return true;
    }

    private void Settle(ReceivingSession session, TaskId id)
    {
        session.Done.Add(id);
        Settled(session);
    }

    private void Return(ReceivingSession session, TaskId id, TaskReturn how, string reason)
    {
        if (session.IsOpen) Send(session, new NackCommand(id, how, reason));
        Settled(session);
    }

    private void Settled(ReceivingSession session)
    {
        if (session.Settled++ == 0) _toTell.Add(session);
    }

    /// <summary>The sessions in which a task in hand came.</summary>
    private readonly record struct Claim(ReceivingSession First, List<ReceivingSession>? Others)
    {
        public Claim And(ReceivingSession session) => this with { Others = [.. Others ?? [], session] };
    }

    private sealed class ReceivingSession(SocketLink link, ReadOnlyMemory<byte>? routingId, HelloCommand hello, CreditWindow window) : PipelineSession(link, routingId, hello)
    {
        public CreditWindow Window => window;

        /// <summary>Credit that the peer has and has not used.</summary>
        public int Credit { get; set; }

        /// <summary>Tasks that came and whose end the peer does not know yet.</summary>
        public int Unsettled { get; set; }

        /// <summary>The tasks among them that have ended since the peer was told last.</summary>
        public int Settled { get; set; }

        /// <summary>The tasks to acknowledge.</summary>
        public List<TaskId> Done { get; } = [];
    }
}
