using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>Starts its child again, after a delay, when the child has stopped.</summary>
public sealed class BackoffSupervisor : BackoffSupervisorBase
{
    private readonly SupervisorStrategy _strategy;

    public BackoffSupervisor(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
        : this(
            childProps,
            childName,
            minBackoff,
            maxBackoff,
            new AutoReset(minBackoff),
            randomFactor,
            Actor.SupervisorStrategy.DefaultStrategy,
            null!,
            null!)
    {
    }

    public BackoffSupervisor(
        Props childProps,
        string childName,
        TimeSpan minBackoff,
        TimeSpan maxBackoff,
        IBackoffReset reset,
        double randomFactor,
        SupervisorStrategy strategy,
        object? replyWhileStopped = null,
        Func<object, bool>? finalStopMessage = null)
        : base(childProps, childName, minBackoff, maxBackoff, randomFactor, reset, replyWhileStopped, finalStopMessage) => _strategy = strategy;

    /// <inheritdoc cref="Backoff"/>
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        Props(Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor));

    /// <inheritdoc cref="Backoff"/>
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        Props(Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries));

    public static Props Props(BackoffOptions options) => options.Props;

    /// <inheritdoc cref="Backoff"/>
    public static Props PropsWithSupervisorStrategy(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, SupervisorStrategy strategy) =>
        Actor.Props.Create(() => new BackoffSupervisor(childProps, childName, minBackoff, maxBackoff, new AutoReset(minBackoff), randomFactor, strategy, null, null));

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    protected override bool Receive(object message)
    {
        if (message is not Terminated terminated || Child is null || !terminated.ActorRef.Equals(Child))
            return HandleBackoff(message);

        Child = null!;
        var limit = _strategy is OneForOneStrategy oneForOne ? oneForOne.MaxNumberOfRetries : -1;
        if (FinalStopMessageReceived || (limit >= 0 && RestartCountN >= limit))
        {
            Context.Stop(Self);
            return true;
        }

        Context.System.Scheduler.ScheduleTellOnce(NextDelay(), Self, StartChild.Instance, Self);
        RestartCountN++;
        return true;
    }

    /// <summary>Asks for <see cref="CurrentChild"/>.</summary>
    public sealed class GetCurrentChild
    {
        public static readonly GetCurrentChild Instance = new();

        private GetCurrentChild()
        {
        }
    }

    public sealed class CurrentChild
    {
        public CurrentChild(IActorRef @ref) => Ref = @ref;

        /// <summary>The child; null while there is none.</summary>
        public IActorRef Ref { get; }
    }

    /// <summary>Lets the delay start small again, under manual reset.</summary>
    public new sealed class Reset
    {
        public static readonly Reset Instance = new();

        private Reset()
        {
        }
    }

    /// <summary>Asks for <see cref="RestartCount"/>.</summary>
    public sealed class GetRestartCount
    {
        public static readonly GetRestartCount Instance = new();

        private GetRestartCount()
        {
        }
    }

    public sealed class RestartCount
    {
        public RestartCount(int count) => Count = count;

        public int Count { get; }
    }

    public sealed class StartChild : IDeadLetterSuppression
    {
        public static readonly StartChild Instance = new();

        private StartChild()
        {
        }
    }

    public sealed class ResetRestartCount : IDeadLetterSuppression
    {
        public ResetRestartCount(int current) => Current = current;

        public int Current { get; }
    }
}

/// <summary>Starts its child again, after a delay, when the child has failed. When the child stops, it stops.</summary>
internal sealed class BackoffOnRestartSupervisor : BackoffSupervisorBase
{
    private readonly OneForOneStrategy _strategy;
    private bool _restarting;

    public BackoffOnRestartSupervisor(
        Props childProps,
        string childName,
        TimeSpan minBackoff,
        TimeSpan maxBackoff,
        IBackoffReset reset,
        double randomFactor,
        OneForOneStrategy strategy,
        object? replyWhileStopped,
        Func<object, bool>? finalStopMessage)
        : base(childProps, childName, minBackoff, maxBackoff, randomFactor, reset, replyWhileStopped, finalStopMessage) => _strategy = strategy;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_strategy.MaxNumberOfRetries, _strategy.WithinTimeRangeMilliseconds, failure =>
    {
        var directive = _strategy.Decider.Decide(failure);
        if (directive != Directive.Restart)
            return directive;
        // The old child stops now; the new one starts when the delay is over.
        _restarting = _strategy.MaxNumberOfRetries < 0 || RestartCountN < _strategy.MaxNumberOfRetries;
        return Directive.Stop;
    });

    protected override bool Receive(object message)
    {
        if (message is not Terminated terminated || Child is null || !terminated.ActorRef.Equals(Child))
            return HandleBackoff(message);

        Child = null!;
        if (!_restarting || FinalStopMessageReceived)
        {
            Context.Stop(Self);
            return true;
        }

        _restarting = false;
        Context.System.Scheduler.ScheduleTellOnce(NextDelay(), Self, BackoffSupervisor.StartChild.Instance, Self);
        RestartCountN++;
        return true;
    }
}
