using System.Diagnostics;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// The queue of an actor and the state machine that decides when the actor runs. It is its own work item.
/// <para>
/// All state is one word: closed, scheduled, awaiting a task, and a count of suspensions. Whoever turns
/// "scheduled" on, by one compare-and-swap, hands the mailbox to its dispatcher; nobody else does until the
/// run has ended. The run turns "scheduled" off and then looks again, so a message that came in between is seen.
/// </para>
/// </summary>
public class Mailbox : IRunnable
{
    private const int Closed = 1;
    private const int Scheduled = 2;
    private const int AwaitingTask = 4;
    private const int SuspendUnit = 8;
    private const int SuspendMask = ~(Closed | Scheduled | AwaitingTask);
    private const int NotProcessingMask = SuspendMask | AwaitingTask | Closed;

    private readonly Lock _cleaning = new();
    private SystemMessageQueue _systemMessages;
    private int _status;
    private ActorCell? _cell;

    public Mailbox(IMessageQueue messageQueue) => MessageQueue = messageQueue;

    public IMessageQueue MessageQueue { get; }

    public MessageDispatcher Dispatcher => _cell!.Dispatcher;

    internal bool IsClosed => (Volatile.Read(ref _status) & Closed) != 0;

    internal bool IsScheduled => (Volatile.Read(ref _status) & Scheduled) != 0;

    internal bool IsSuspended => (Volatile.Read(ref _status) & (SuspendMask | AwaitingTask)) != 0;

    internal int SuspendCount => (Volatile.Read(ref _status) & SuspendMask) / SuspendUnit;

    internal bool HasMessages => MessageQueue.HasMessages;

    internal int NumberOfMessages => MessageQueue.Count;

    internal bool HasSystemMessages => _systemMessages.HasMessages;

    internal ActorCell? Cell => _cell;

    public virtual void SetActor(ActorCell actorCell) => _cell = actorCell;

    public void Execute() => Run();

    /// <summary>Runs the actor: all its system messages, then as many messages as the dispatcher's throughput allows.</summary>
    public void Run()
    {
        // A closed mailbox has handed its cell's last messages on already.
        if (IsClosed)
            return;

        var dispatcher = Dispatcher;
        var previous = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = _cell;
        try
        {
            ProcessAllSystemMessages();
            ProcessMessages(dispatcher);
        }
        catch (Exception failure)
        {
            // The cell turns every failure of its actor into supervision; what arrives here is a failure of that.
            dispatcher.ReportRunFailure(_cell!, failure);
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = previous;
            SetAsIdle();
            dispatcher.RegisterForExecution(this, hasMessageHint: false, hasSystemMessageHint: false);
        }
    }

    /// <summary>Hands what is queued to the dead letters. Called again for whoever enqueues while the mailbox closes.</summary>
    public virtual void CleanUp()
    {
        if (_cell is null)
            return;
        var deadLetters = _cell.Dispatcher.Mailboxes.DeadLetterMailbox;
        lock (_cleaning)
        {
            for (var message = _systemMessages.Close(); message is not null;)
            {
                var next = message.Next;
                message.Unlink();
                deadLetters.SystemEnqueue(_cell.Self, message);
                message = next;
            }

            MessageQueue.CleanUp(_cell.Self, deadLetters.MessageQueue);
        }
    }

    internal virtual void Enqueue(IActorRef receiver, Envelope envelope) => MessageQueue.Enqueue(receiver, envelope);

    internal virtual void SystemEnqueue(IActorRef receiver, SystemMessage message)
    {
        if (!_systemMessages.TryPush(message))
            _cell!.Dispatcher.Mailboxes.DeadLetterMailbox.SystemEnqueue(receiver, message);
    }

    internal bool CanBeScheduledForExecution(bool hasMessageHint, bool hasSystemMessageHint)
    {
        var status = Volatile.Read(ref _status);
        if ((status & Closed) != 0)
            return false;
        if ((status & NotProcessingMask) != 0)
            return hasSystemMessageHint || HasSystemMessages;
        return hasMessageHint || hasSystemMessageHint || HasSystemMessages || HasMessages;
    }

    internal bool SetAsScheduled()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if ((status & (Closed | Scheduled)) != 0)
                return false;
            if (Interlocked.CompareExchange(ref _status, status | Scheduled, status) == status)
                return true;
        }
    }

    internal void SetAsIdle() => Interlocked.And(ref _status, ~Scheduled);

    internal void BecomeClosed() => Interlocked.Or(ref _status, Closed);

    /// <summary>Counts one suspension more; user messages wait until all are resumed.</summary>
    internal void Suspend() => Interlocked.Add(ref _status, SuspendUnit);

    /// <summary>Counts one suspension less. True when it was the last.</summary>
    internal bool Resume()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if ((status & SuspendMask) == 0)
                return (status & NotProcessingMask) == 0;
            var next = status - SuspendUnit;
            if (Interlocked.CompareExchange(ref _status, next, status) == status)
                return (next & NotProcessingMask) == 0;
        }
    }

    /// <summary>User messages wait for the end of an asynchronous handler.</summary>
    internal void SuspendForTask() => Interlocked.Or(ref _status, AwaitingTask);

    internal void ResumeAfterTask() => Interlocked.And(ref _status, ~AwaitingTask);

    private void ProcessMessages(MessageDispatcher dispatcher)
    {
        var cell = _cell!;
        var left = Math.Max(1, dispatcher.Throughput);
        var deadline = dispatcher.RunDeadline();
        while ((Volatile.Read(ref _status) & NotProcessingMask) == 0 && MessageQueue.TryDequeue(out var envelope))
        {
            cell.Invoke(envelope);
            if (_systemMessages.HasMessages)
                ProcessAllSystemMessages();
            if (--left == 0 || (deadline != 0 && Stopwatch.GetTimestamp() >= deadline))
                break;
        }
    }

    private void ProcessAllSystemMessages()
    {
        var message = _systemMessages.TakeAll();
        while (message is not null && !IsClosed)
        {
            var next = message.Next;
            message.Unlink();
            _cell!.SystemInvoke(message);
            message = next ?? _systemMessages.TakeAll();
        }

        while (message is not null)
        {
            var next = message.Next;
            message.Unlink();
            _cell!.Dispatcher.Mailboxes.DeadLetterMailbox.SystemEnqueue(_cell.Self, message);
            message = next;
        }
    }
}
