using Akka.Actor;

namespace Akka.Pattern;

/// <summary>What the backoff supervisors have in common: one child, what they answer themselves, and what they pass on.</summary>
public abstract class BackoffSupervisorBase : ActorBase
{
    private readonly TimeSpan _minBackoff;
    private readonly TimeSpan _maxBackoff;
    private readonly double _randomFactor;

    internal BackoffSupervisorBase(
        Props childProps,
        string childName,
        TimeSpan minBackoff,
        TimeSpan maxBackoff,
        double randomFactor,
        IBackoffReset reset,
        object? replyWhileStopped,
        Func<object, bool>? finalStopMessage)
    {
        ChildProps = childProps;
        ChildName = childName;
        _minBackoff = minBackoff;
        _maxBackoff = maxBackoff;
        _randomFactor = randomFactor;
        Reset = reset;
        ReplyWhileStopped = replyWhileStopped!;
        FinalStopMessage = finalStopMessage!;
    }

    protected Props ChildProps { get; }

    protected string ChildName { get; }

    protected IBackoffReset Reset { get; }

    /// <summary>The answer while there is no child; null for none.</summary>
    protected object ReplyWhileStopped { get; }

    protected Func<object, bool> FinalStopMessage { get; }

    /// <summary>The child; null while there is none.</summary>
    protected IActorRef Child { get; set; } = null!;

    /// <summary>Restarts since the delay last started small.</summary>
    protected int RestartCountN { get; set; }

    protected bool FinalStopMessageReceived { get; set; }

    protected override void PreStart()
    {
        StartChild();
        base.PreStart();
    }

    protected bool HandleBackoff(object message)
    {
        switch (message)
        {
            case BackoffSupervisor.StartChild:
                StartChild();
                if (Reset is AutoReset auto)
                    Context.System.Scheduler.ScheduleTellOnce(auto.ResetBackoff, Self, new BackoffSupervisor.ResetRestartCount(RestartCountN), Self);
                break;
            case BackoffSupervisor.Reset:
                if (Reset is ManualReset)
                    RestartCountN = 0;
                else
                    Unhandled(message);
                break;
            case BackoffSupervisor.ResetRestartCount reset:
                // A restart in between has made the count another one.
                if (reset.Current == RestartCountN)
                    RestartCountN = 0;
                break;
            case BackoffSupervisor.GetRestartCount:
                Sender.Tell(new BackoffSupervisor.RestartCount(RestartCountN));
                break;
            case BackoffSupervisor.GetCurrentChild:
                Sender.Tell(new BackoffSupervisor.CurrentChild(Child));
                break;
            default:
                PassOn(message);
                break;
        }

        return true;
    }

    /// <summary>The delay before the next start.</summary>
    private protected TimeSpan NextDelay() => CalculateDelay(RestartCountN, _minBackoff, _maxBackoff, _randomFactor);

    internal static TimeSpan CalculateDelay(int restartCount, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
    {
        var delay = Math.Min(maxBackoff.Ticks, minBackoff.Ticks * Math.Pow(2, restartCount));
        return TimeSpan.FromTicks((long)(delay * (1.0 + (Random.Shared.NextDouble() * randomFactor))));
    }

    private void StartChild()
    {
        if (Child is null)
            Child = Context.Watch(Context.ActorOf(ChildProps, ChildName));
    }

    private void PassOn(object message)
    {
        if (Child is not null && Child.Equals(Sender))
        {
            Context.Parent.Forward(message);
            return;
        }

        if (FinalStopMessage?.Invoke(message) == true)
            FinalStopMessageReceived = true;
        if (Child is not null)
            Child.Forward(message);
        else if (FinalStopMessageReceived)
            Context.Stop(Self);
        else if (ReplyWhileStopped is not null)
            Sender.Tell(ReplyWhileStopped);
        else
            Context.System.DeadLetters.Forward(message);
    }
}
