using Akka.Actor;

namespace Akka.Pattern;

/// <summary>When the delay of a backoff supervisor starts small again.</summary>
public interface IBackoffReset;

/// <summary>The child says so, by <see cref="BackoffSupervisor.Reset"/>.</summary>
internal sealed class ManualReset : IBackoffReset;

/// <summary>Once the child has lived for a while.</summary>
internal sealed class AutoReset(TimeSpan resetBackoff) : IBackoffReset
{
    public TimeSpan ResetBackoff { get; } = resetBackoff;
}

/// <summary>
/// Options of a supervisor that starts its child again after a delay, which doubles from
/// <c>minBackoff</c> to <c>maxBackoff</c> with up to <c>randomFactor</c> added by chance.
/// </summary>
public static class Backoff
{
    /// <summary>For a child that fails: an exception that the strategy would restart at.</summary>
    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        OnFailure(childProps, childName, minBackoff, maxBackoff, randomFactor, -1);

    /// <inheritdoc cref="OnFailure(Props, string, TimeSpan, TimeSpan, double)"/>
    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        new BackoffOptionsImpl(RestartOn.Failure, childProps, childName, minBackoff, maxBackoff, randomFactor).WithMaxNrOfRetries(maxNrOfRetries);

    /// <summary>For a child that stops when it has a problem.</summary>
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, -1);

    /// <inheritdoc cref="OnStop(Props, string, TimeSpan, TimeSpan, double)"/>
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        new BackoffOptionsImpl(RestartOn.Stop, childProps, childName, minBackoff, maxBackoff, randomFactor).WithMaxNrOfRetries(maxNrOfRetries);
}

public abstract class BackoffOptions
{
    /// <summary>The delay starts small again once the child has lived that long. The default, with minBackoff.</summary>
    public abstract BackoffOptions WithAutoReset(TimeSpan resetBackoff);

    /// <summary>The delay starts small again when the child sends <see cref="BackoffSupervisor.Reset"/> to its parent.</summary>
    public abstract BackoffOptions WithManualReset();

    /// <summary>Decides on failures. Only restarts are delayed.</summary>
    public abstract BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy);

    public abstract BackoffOptions WithDefaultStoppingStrategy();

    /// <summary>Starts again at most that often; after that the supervisor stops. Negative for no limit.</summary>
    public abstract BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries);

    /// <summary>Answers messages while there is no child; without it they become dead letters.</summary>
    public abstract BackoffOptions WithReplyWhileStopped(object replyWhileStopped);

    /// <summary>After a message that matches, the end of the child is the end of the supervisor.</summary>
    public abstract BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage);

    internal abstract Props Props { get; }
}

internal enum RestartOn
{
    Failure,
    Stop,
}

internal sealed class BackoffOptionsImpl : BackoffOptions
{
    private readonly RestartOn _on;
    private readonly Props _childProps;
    private readonly string _childName;
    private readonly TimeSpan _minBackoff;
    private readonly TimeSpan _maxBackoff;
    private readonly double _randomFactor;

    public BackoffOptionsImpl(RestartOn on, Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
    {
        if (minBackoff <= TimeSpan.Zero)
            throw new ArgumentException($"MinBackoff must be greater than 0, and is {minBackoff}", nameof(minBackoff));
        if (maxBackoff < minBackoff)
            throw new ArgumentException($"MaxBackoff must be greater than MinBackoff; they are {maxBackoff} and {minBackoff}", nameof(maxBackoff));
        if (randomFactor is < 0.0 or > 1.0)
            throw new ArgumentException($"RandomFactor must be between 0.0 and 1.0, and is {randomFactor}", nameof(randomFactor));
        _on = on;
        _childProps = childProps;
        _childName = childName;
        _minBackoff = minBackoff;
        _maxBackoff = maxBackoff;
        _randomFactor = randomFactor;
        Reset = new AutoReset(minBackoff);
    }

    private BackoffOptionsImpl(BackoffOptionsImpl other)
        : this(other._on, other._childProps, other._childName, other._minBackoff, other._maxBackoff, other._randomFactor)
    {
        Reset = other.Reset;
        Strategy = other.Strategy;
        ReplyWhileStopped = other.ReplyWhileStopped;
        FinalStopMessage = other.FinalStopMessage;
    }

    internal override Props Props
    {
        get
        {
            // Plain values, so that the expressions below are constructor calls.
            var (props, name, min, max, random) = (_childProps, _childName, _minBackoff, _maxBackoff, _randomFactor);
            var (reset, strategy, reply, final) = (Reset, Strategy, ReplyWhileStopped, FinalStopMessage);
            return _on == RestartOn.Stop
                ? Actor.Props.Create(() => new BackoffSupervisor(props, name, min, max, reset, random, strategy, reply!, final!))
                : Actor.Props.Create(() => new BackoffOnRestartSupervisor(props, name, min, max, reset, random, strategy, reply, final));
        }
    }

    private IBackoffReset Reset { get; init; }

    private OneForOneStrategy Strategy { get; init; } = new(SupervisorStrategy.DefaultDecider);

    private object? ReplyWhileStopped { get; init; }

    private Func<object, bool>? FinalStopMessage { get; init; }

    public override BackoffOptions WithAutoReset(TimeSpan resetBackoff)
    {
        if (resetBackoff < _minBackoff || resetBackoff > _maxBackoff)
            throw new ArgumentException($"ResetBackoff must be between {_minBackoff} and {_maxBackoff}, and is {resetBackoff}", nameof(resetBackoff));
        return new BackoffOptionsImpl(this) { Reset = new AutoReset(resetBackoff) };
    }

    public override BackoffOptions WithManualReset() => new BackoffOptionsImpl(this) { Reset = new ManualReset() };

    public override BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) =>
        new BackoffOptionsImpl(this) { Strategy = supervisorStrategy };

    public override BackoffOptions WithDefaultStoppingStrategy() => new BackoffOptionsImpl(this)
    {
        Strategy = new OneForOneStrategy(Strategy.MaxNumberOfRetries, Strategy.WithinTimeRangeMilliseconds, SupervisorStrategy.StoppingStrategy.Decider),
    };

    public override BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) =>
        new BackoffOptionsImpl(this) { Strategy = Strategy.WithMaxNrOfRetries(maxNrOfRetries) };

    public override BackoffOptions WithReplyWhileStopped(object replyWhileStopped) =>
        new BackoffOptionsImpl(this) { ReplyWhileStopped = replyWhileStopped };

    public override BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) =>
        new BackoffOptionsImpl(this) { FinalStopMessage = isFinalStopMessage };
}
