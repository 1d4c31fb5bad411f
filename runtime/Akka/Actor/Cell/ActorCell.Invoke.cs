using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

public partial class ActorCell
{
    private SystemMessage? _systemStashFirst;
    private SystemMessage? _systemStashLast;

    private enum SystemState
    {
        Running,
        Suspended,
        WaitingForChildren,
    }

    /// <summary>Processes one message; what the actor throws is its failure.</summary>
    public void Invoke(Envelope envelope)
    {
        _current = envelope;
        _envelopeId++;
        var message = envelope.Message;
        try
        {
            if (message is IAutoReceivedMessage)
                AutoReceiveMessage(envelope);
            else
                ReceiveMessage(message);
            // On failure the message stays, for PreRestart; an asynchronous handler keeps its own.
            _current = default;
        }
        catch (Exception failure)
        {
            HandleInvokeFailure(failure);
        }
        finally
        {
            if (_receiveTimeout.HasValue || _receiveTimeoutChanged)
                CheckReceiveTimeout(message is not INotInfluenceReceiveTimeout);
        }
    }

    /// <summary>Processes a message on the calling thread, with failures thrown to the caller.</summary>
    public void ReceiveMessageForTest(Envelope envelope)
    {
        var previous = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = this;
        _current = envelope;
        _envelopeId++;
        try
        {
            ReceiveMessage(envelope.Message);
        }
        finally
        {
            _current = default;
            InternalCurrentActorCellKeeper.Current = previous;
        }
    }

    protected virtual void ReceiveMessage(object message) => _actor!.AroundReceive(_behaviors.Peek(), message);

    /// <summary>Answers what every actor answers the same way.</summary>
    protected virtual void AutoReceiveMessage(Envelope envelope)
    {
        if (_systemImpl.Settings.DebugAutoReceive)
            _systemImpl.EventStream.Publish(new Debug(Self.Path.ToString(), ActorType, $"received AutoReceiveMessage {envelope}"));
        switch (envelope.Message)
        {
            case Terminated terminated:
                ReceivedTerminated(terminated);
                break;
            case PoisonPill:
                _self.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, Self), Self);
                break;
            case ActorSelectionMessage selection:
                Akka.Actor.ActorSelection.Deliver(_self, Sender, selection);
                break;
            case ReceiveTimeoutDue due:
                ReceiveTimerDue(due);
                break;
            case TimerMessage timer:
                if (((_actor as IWithTimers)?.Timers as TimerScheduler)?.Accept(timer) == true)
                    ReceiveTimerMessage(timer.Message);
                break;
            default:
                ReceiveMessage(envelope.Message);
                break;
        }
    }

    /// <summary>Processes a system message, or puts it by when the state of the cell makes it wait.</summary>
    internal void SystemInvoke(SystemMessage message)
    {
        var before = State();
        if (IsTerminated)
        {
            Dispatcher.Mailboxes.DeadLetterMailbox.SystemEnqueue(Self, message);
            return;
        }

        if (MustWait(message, before))
        {
            Stash(message);
            return;
        }

        try
        {
            Handle(message);
        }
        catch (Exception failure)
        {
            HandleInvokeFailure(failure);
        }

        // What waited for the state that has just ended is next in line, ahead of what came later.
        if (_systemStashFirst is not null && State() < before)
        {
            for (var stashed = TakeSystemStash(); stashed is not null;)
            {
                var next = stashed.Next;
                stashed.Unlink();
                SystemInvoke(stashed);
                stashed = next;
            }
        }
    }

    protected void Stash(SystemMessage msg)
    {
        msg.Next = null;
        if (_systemStashLast is null)
            _systemStashFirst = msg;
        else
            _systemStashLast.Next = msg;
        _systemStashLast = msg;
    }

    private void Handle(SystemMessage message)
    {
        switch (message)
        {
            case ActorTask task:
                RunActorTask(task);
                break;
            case ActorTaskEnded ended:
                ended.Scheduler.Complete(ended.Task);
                break;
            case Failed failed:
                HandleFailed(failed);
                break;
            case DeathWatchNotification notification:
                WatchedActorTerminated(notification.Actor, notification.ExistenceConfirmed, notification.AddressTerminated);
                break;
            case Create create:
                HandleCreate(create.Failure);
                break;
            case Watch watch:
                AddWatcher(watch.Watchee, watch.Watcher);
                break;
            case Unwatch unwatch:
                RemWatcher(unwatch.Watchee, unwatch.Watcher);
                break;
            case Recreate recreate:
                FaultRecreate(recreate.Cause);
                break;
            case Dispatch.SysMsg.Suspend:
                FaultSuspend();
                break;
            case Dispatch.SysMsg.Resume resume:
                FaultResume(resume.CausedByFailure);
                break;
            case Terminate _:
                Terminate();
                break;
            case Supervise supervise:
                HandleSupervise(supervise.Child, supervise.Async);
                break;
            case NoMessage _:
                break;
            default:
                throw new NotSupportedException($"System message {message} is unknown to {Self}");
        }
    }

    private void RunActorTask(ActorTask task)
    {
        if (task.Scheduler is { } scheduler)
            scheduler.Execute(task.Task);
        else
            TaskScheduler.Execute(task.Task);
    }

    private void ReceiveTimerMessage(object message)
    {
        var envelope = new Envelope(message, _current.Sender);
        _current = envelope;
        if (message is IAutoReceivedMessage)
            AutoReceiveMessage(envelope);
        else
            ReceiveMessage(message);
    }

    private SystemState State()
    {
        if (IsWaitingForChildren)
            return SystemState.WaitingForChildren;
        return Mailbox.SuspendCount > 0 ? SystemState.Suspended : SystemState.Running;
    }

    private static bool MustWait(SystemMessage message, SystemState state) => state switch
    {
        SystemState.Suspended => message is IStashWhenFailed,
        SystemState.WaitingForChildren => message is IStashWhenWaitingForChildren,
        _ => false,
    };

    private SystemMessage? TakeSystemStash()
    {
        var first = _systemStashFirst;
        _systemStashFirst = _systemStashLast = null;
        return first;
    }

    private void UnstashAll()
    {
        for (var stashed = TakeSystemStash(); stashed is not null;)
        {
            var next = stashed.Next;
            stashed.Unlink();
            Dispatcher.Mailboxes.DeadLetterMailbox.SystemEnqueue(Self, stashed);
            stashed = next;
        }
    }

    private void PublishError(Exception? cause, string message) =>
        _systemImpl.EventStream.Publish(new Error(cause, Self.Path.ToString(), ActorType, message));

    private void PublishLifecycle(string message)
    {
        if (_systemImpl.Settings.DebugLifecycle)
            _systemImpl.EventStream.Publish(new Debug(Self.Path.ToString(), ActorType, message));
    }

    private Type ActorType => _actor?.GetType() ?? _props.Type ?? GetType();
}
