using Akka.Actor;
using Akka.Streams;

namespace Actors.Streams.Stages;

/// <summary>The stage of a source, which completes in order when it is asked to drain.</summary>
internal abstract class SourceLogic : RoleStageLogic
{
    private readonly SourceRole _run;

    protected SourceLogic(Shape shape, SourceRole run)
        : base(shape, run) => _run = run;

    public override void PreStart()
    {
        base.PreStart();
        _run.DrainsBy(GetAsyncCallback<TimeSpan>(Drain));
    }

    public override void PostStop()
    {
        base.PostStop();
        _run.Drained();
    }

    /// <summary>Completes the stage when the role has worked off what it has, or the limit is over.</summary>
    protected void Drain(TimeSpan limit)
    {
        if (IsTimerActive(nameof(Drain))) return;
        Role.Tell(DrainRole.Instance, Self);
        ScheduleOnce(nameof(Drain), limit);
    }

    protected override void OnTimer(object timerKey) => CompleteStage();

    protected override void OnOther(IActorRef sender, object message)
    {
        if (message is RoleDrained) CompleteStage();
    }
}
