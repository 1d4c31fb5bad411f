using System.Runtime.ExceptionServices;
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public partial class ActorCell
{
    // Whose failure suspended this cell: its own actor's, or a child's that it could not handle. Null when it is well.
    private IActorRef? _failedPerpetrator;

    // The actor could neither be restarted nor is there an instance to resume.
    private bool _failedFatally;

    private bool IsFailed => _failedPerpetrator is not null;

    /// <summary>Suspends the actor and its children, and asks the parent what shall happen.</summary>
    internal void HandleInvokeFailure(Exception cause)
    {
        try
        {
            if (IsFailed)
            {
                // The parent knows already; what comes on top must not vanish.
                PublishError(cause, $"{Self} failed again while it waits for its supervisor: {cause.Message}");
                return;
            }

            SuspendNonRecursive();
            var perpetrator = _current.Message is Failed failed ? failed.Child : Self;
            _failedPerpetrator = perpetrator;
            foreach (var child in ChildrenContainer.Children)
            {
                // The child that failed is suspended already, by its own failure.
                if (!child.Equals(perpetrator))
                    child.Suspend();
            }

            Parent.SendSystemMessage(new Failed(Self, cause, _uid));
        }
        catch (Exception failure)
        {
            PublishError(failure, $"Emergency stop: exception in failure handling for {cause.GetType()}: {cause.Message}");
            foreach (var child in ChildrenContainer.Children)
                Stop(child);
            SetTerminated();
            FinishTerminate();
        }
    }

    private void HandleCreate(ActorInitializationException? failure)
    {
        if (failure is not null)
            throw failure;
        ActorBase? created = null;
        try
        {
            created = NewActor();
            _actor = created;
            created.AroundPreStart();
            CheckReceiveTimeout();
            PublishLifecycle($"started ({created})");
            if (_systemImpl.Settings.EmitActorTelemetry)
                _systemImpl.EventStream.Publish(new ActorStarted(Self, created.GetType()));
        }
        catch (Exception cause)
        {
            _failedFatally = true;
            if (created is not null)
                ClearActor(created);
            throw InitializationFailure(cause);
        }
    }

    private Exception InitializationFailure(Exception cause)
    {
        if (cause is System.Reflection.TargetInvocationException { InnerException: { } inner })
            cause = inner;
        return cause is ActorInitializationException { Actor: not null }
            ? cause
            : new ActorInitializationException(Self, $"Exception during creation: {cause.Message}", cause);
    }

    /// <summary>Restart: replaces the actor, once the children that PreRestart stopped have stopped.</summary>
    private void FaultRecreate(Exception cause)
    {
        if (_actor is null)
        {
            PublishLifecycle($"changing Recreate into Create after {cause}");
            FaultCreate();
            return;
        }

        if (!IsNormal)
        {
            // The actor stops already; a restart would be undone at once.
            FaultResume(null);
            return;
        }

        var failed = _actor;
        PublishLifecycle("restarting");
        AbandonTasks();
        try
        {
            if (!_failedFatally)
                failed.AroundPreRestart(cause, _current.Message!);
        }
        catch (Exception failure)
        {
            var wrapped = new PreRestartException(Self, failure, cause, _current.Message);
            PublishError(wrapped, failure.Message);
        }
        finally
        {
            ClearActor(failed);
        }

        if (!SetChildrenTerminationReason(new SuspendReason.Recreation(cause)))
            FinishRecreate(cause);
    }

    private void FinishRecreate(Exception cause)
    {
        // The children that are alive now are the ones that PreRestart left alive: they restart with their parent.
        var survivors = ChildrenContainer.Children;
        ActorBase? fresh = null;
        try
        {
            ResumeNonRecursive();
            ClearFailed();
            fresh = NewActor();
            _actor = fresh;
            fresh.AroundPostRestart(cause, _current.Message!);
            _current = default;
            CheckReceiveTimeout();
            PublishLifecycle("restarted");
            if (_systemImpl.Settings.EmitActorTelemetry)
                _systemImpl.EventStream.Publish(new ActorRestarted(Self, fresh.GetType(), cause));
            foreach (var child in survivors)
                child.Restart(cause);
        }
        catch (Exception failure)
        {
            _failedFatally = true;
            ClearActor(fresh);
            HandleInvokeFailure(new PostRestartException(Self, InnerCause(failure), cause));
        }
    }

    /// <summary>The creation failed and is tried again.</summary>
    private void FaultCreate()
    {
        foreach (var child in ChildrenContainer.Children)
            Stop(child);
        if (!SetChildrenTerminationReason(new SuspendReason.Creation()))
            FinishCreate();
    }

    private void FinishCreate()
    {
        ResumeNonRecursive();
        ClearFailed();
        try
        {
            HandleCreate(null);
        }
        catch (Exception failure)
        {
            HandleInvokeFailure(failure);
        }
    }

    private void FaultSuspend()
    {
        SuspendNonRecursive();
        foreach (var child in ChildrenContainer.Children)
            child.Suspend();
    }

    /// <param name="causedByFailure">The failure that is resumed from, or null for a resume by request.</param>
    private void FaultResume(Exception? causedByFailure)
    {
        if (_actor is null)
        {
            PublishLifecycle($"changing Resume into Create after {causedByFailure}");
            FaultCreate();
            return;
        }

        if (_failedFatally && causedByFailure is not null)
        {
            PublishLifecycle($"changing Resume into Restart after {causedByFailure}");
            FaultRecreate(causedByFailure);
            return;
        }

        var perpetrator = _failedPerpetrator;
        ResumeNonRecursive();
        if (causedByFailure is not null)
            ClearFailed();
        _current = default;
        foreach (var child in ChildrenContainer.Children)
            child.Resume(child.Equals(perpetrator) ? causedByFailure : null);
    }

    private void Terminate()
    {
        CancelReceiveTimeout();
        UnwatchWatchedActors(_actor);
        foreach (var child in ChildrenContainer.Children)
            Stop(child);

        var wasTerminating = IsTerminating;
        if (SetChildrenTerminationReason(SuspendReason.Termination.Instance))
        {
            if (!wasTerminating)
            {
                // User messages wait, and then become dead letters; failures while stopping are nobody's business any more.
                SuspendNonRecursive();
                _failedPerpetrator = Self;
                PublishLifecycle("stopping");
            }
        }
        else
        {
            SetTerminated();
            FinishTerminate();
        }
    }

    private void FinishTerminate()
    {
        var actor = _actor;
        AbandonTasks();
        Attempt(() => actor?.AroundPostStop(), "PostStop");
        Attempt(() => Dispatcher.Detach(this), "leaving the dispatcher");
        Attempt(() => Parent.SendSystemMessage(new DeathWatchNotification(Self, existenceConfirmed: true, addressTerminated: false)), "telling the parent");
        Attempt(StopFunctionRefs, "stopping function references");
        Attempt(TellWatchersWeDied, "telling the watchers");
        Attempt(() => UnwatchWatchedActors(actor), "unwatching");
        PublishLifecycle("stopped");
        if (_systemImpl.Settings.EmitActorTelemetry && actor is not null)
            _systemImpl.EventStream.Publish(new ActorStopped(Self, actor.GetType()));
        ClearActor(actor);
        ClearActorCell();
    }

    /// <summary>For cells that hand out references of their own.</summary>
    protected void StopFunctionRefs()
    {
    }

    private void HandleFailed(Failed failed)
    {
        var previous = _current;
        _current = new Envelope(failed, failed.Child);
        if (!TryGetChildStatsByRef(failed.Child, out var stats))
        {
            PublishLifecycle($"dropping {failed} from unknown child");
        }
        else if (stats.Uid != failed.Uid)
        {
            PublishLifecycle($"dropping {failed} from old child (uid={stats.Uid})");
        }
        else if (!Strategy().HandleFailure(this, failed.Child, failed.Cause, stats, ChildrenContainer.Stats))
        {
            // Escalated: the child's failure becomes this actor's own. The message stays current, to name the perpetrator.
            ExceptionDispatchInfo.Throw(failed.Cause);
        }

        _current = previous;
    }

    private SupervisorStrategy Strategy() =>
        _actor?.SupervisorStrategyInternal
        ?? throw new InvalidOperationException($"{Self} has no actor that could decide on the failure of a child");

    private void HandleChildTerminated(IActorRef child)
    {
        var reason = RemoveChildAndGetStateChange(child);
        if (_actor is not null)
        {
            try
            {
                Strategy().HandleChildTerminated(this, child, ChildrenContainer.Children);
            }
            catch (Exception failure)
            {
                HandleInvokeFailure(failure);
            }
        }

        switch (reason)
        {
            case SuspendReason.Recreation recreation:
                FinishRecreate(recreation.Cause);
                break;
            case SuspendReason.Creation:
                FinishCreate();
                break;
            case SuspendReason.Termination:
                FinishTerminate();
                break;
        }
    }

    private void HandleSupervise(IActorRef child, bool async)
    {
        if (IsTerminating)
            return;
        if (InitChild((IInternalActorRef)child) is null)
            PublishError(null, $"received Supervise from unregistered child {child}, this will not end well");
        else
            PublishLifecycle($"now supervising {child}");
    }

    private void SuspendNonRecursive() => Mailbox.Suspend();

    private void ResumeNonRecursive() => Mailbox.Resume();

    private void ClearFailed()
    {
        _failedPerpetrator = null;
        _failedFatally = false;
    }

    private void Attempt(Action step, string what)
    {
        try
        {
            step();
        }
        catch (Exception failure)
        {
            PublishError(failure, $"{Self} failed in {what}: {failure.Message}");
        }
    }

    private static Exception InnerCause(Exception failure) =>
        failure is System.Reflection.TargetInvocationException { InnerException: { } inner } ? inner : failure;
}
