using Actors.Transport;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Stage;

namespace Actors.Streams.Stages;

/// <summary>
/// A stage with a role of its own: starts it, hands on when it is ready, and fails when it stops by itself. The role speaks with
/// the stage's actor, whose messages run on the stream's thread.
/// </summary>
internal abstract class RoleStageLogic : TimerGraphStageLogic
{
    private readonly StreamRole _run;
    private ActorSystem? _system;
    private Exception? _cause;

    protected RoleStageLogic(Shape shape, StreamRole run)
        : base(shape) => _run = run;

    /// <summary>The role's actor.</summary>
    protected IActorRef Role { get; private set; } = ActorRefs.Nobody;

    /// <summary>The stage's actor.</summary>
    protected IActorRef Self { get; private set; } = ActorRefs.Nobody;

    protected string Name => _run.Name;

    protected ActorSystem System => _system!;

    public override void PreStart()
    {
        var actor = GetStageActor(OnMessage);
        Self = actor.Ref;
        _system = ((ActorMaterializer)Materializer).System;
        _system.EventStream.Subscribe(Self, typeof(RoleFailed));
        Role = _system.ActorOf(RoleProps());
        actor.Watch(Role);
        _run.Started(Role);
        Role.Tell(WhenReady.Instance, Self);
    }

    public override void PostStop()
    {
        _system?.EventStream.Unsubscribe(Self);
        if (!Role.IsNobody()) EndRole();
        _run.Ended(_cause);
    }

    /// <summary>Props of the role.</summary>
    protected abstract Props RoleProps();

    /// <summary>The stage has ended: the role is told to stop. It may have stopped already.</summary>
    protected virtual void EndRole() => Role.Tell(PoisonPill.Instance, Self);

    /// <summary>The role has stopped, and the stage has not told it to.</summary>
    protected virtual void OnRoleStopped(Exception cause) => FailStage(cause);

    /// <summary>A message that only this kind of stage understands.</summary>
    protected abstract void OnOther(IActorRef sender, object message);

    private void OnMessage((IActorRef Sender, object Message) told)
    {
        switch (told.Message)
        {
            case RoleReady ready: _run.BecameReady(ready); break;
            // Other roles publish it as well.
            case RoleFailed failed:
                if (failed.Role == Name && failed.RetryIn == Timeout.InfiniteTimeSpan) _cause = failed.Cause;
                break;
            case Status.Failure failure:
                _cause ??= failure.Cause;
                // It may have refused a message, and live.
                Role.Tell(PoisonPill.Instance, Self);
                OnRoleStopped(new StreamRoleException(Name, _cause));
                break;
            case Terminated ended when ended.ActorRef.Equals(Role): OnRoleStopped(new StreamRoleException(Name, _cause)); break;
            default: OnOther(told.Sender, told.Message); break;
        }
    }
}
