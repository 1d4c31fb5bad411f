using Akka.Actor.Internal;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>What an actor does when its children fail.</summary>
public abstract class SupervisorStrategy : ISurrogated
{
    /// <summary>Stops children that could not be created, were killed or broke a death pact; restarts the others.</summary>
    public static readonly IDecider DefaultDecider = Actor.Decider.From(
        Directive.Restart,
        Directive.Stop.When<ActorInitializationException>(),
        Directive.Stop.When<ActorKilledException>(),
        Directive.Stop.When<DeathPactException>());

    /// <summary>Restarts without limit, each child on its own.</summary>
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    /// <summary>Stops a child on any failure.</summary>
    public static readonly OneForOneStrategy StoppingStrategy = new(static _ => Directive.Stop);

    protected SupervisorStrategy()
    {
    }

    public abstract IDecider Decider { get; }

    /// <summary>Whether failures are logged.</summary>
    protected bool LoggingEnabled { get; set; } = true;

    /// <summary>Decides on a failure and acts. False when it is escalated.</summary>
    public bool HandleFailure(ActorCell actorCell, IActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children)
    {
        var directive = Handle(child, cause);
        switch (directive)
        {
            case Directive.Escalate:
                LogFailure(actorCell, child, cause, directive);
                return false;
            case Directive.Resume:
                LogFailure(actorCell, child, cause, directive);
                ResumeChild(child, cause);
                return true;
            case Directive.Restart:
                LogFailure(actorCell, child, cause, directive);
                ProcessFailure(actorCell, true, child, cause, stats, children);
                return true;
            case Directive.Stop:
                LogFailure(actorCell, child, cause, directive);
                ProcessFailure(actorCell, false, child, cause, stats, children);
                return true;
            default:
                throw new InvalidOperationException($"The decider of {GetType()} returned {directive}, which is no directive");
        }
    }

    /// <summary>Called when a child has stopped.</summary>
    public abstract void HandleChildTerminated(IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children);

    /// <summary>Restarts, or stops, whom the strategy includes.</summary>
    public abstract void ProcessFailure(
        IActorContext context,
        bool restart,
        IActorRef child,
        Exception cause,
        ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children);

    public abstract ISurrogate ToSurrogate(ActorSystem system);

    protected abstract Directive Handle(IActorRef child, Exception exception);

    protected void RestartChild(IActorRef child, Exception cause, bool suspendFirst)
    {
        var reference = (IInternalActorRef)child;
        if (suspendFirst)
            reference.Suspend();
        reference.Restart(cause);
    }

    protected void ResumeChild(IActorRef child, Exception exception) => ((IInternalActorRef)child).Resume(exception);

    /// <summary>Logs a failure: errors for restart and stop, a warning for resume, debug for escalate.</summary>
    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled)
            return;
        var shown = cause is ActorInitializationException { InnerException: { } inner } ? inner.Message : cause.Message;
        var source = child.Path.ToString();
        LogEvent entry = directive switch
        {
            Directive.Resume => new Warning(cause, source, GetType(), shown),
            Directive.Escalate => new Debug(cause, source, GetType(), shown),
            _ => new Error(cause, source, GetType(), shown),
        };
        context.System.EventStream.Publish(entry);
    }

    private protected static int Milliseconds(TimeSpan? withinTimeRange) => withinTimeRange switch
    {
        null => -1,
        { } infinite when infinite == Timeout.InfiniteTimeSpan => -1,
        { } window => (int)Math.Min(int.MaxValue, window.TotalMilliseconds),
    };
}

/// <summary>Acts on the child that failed, and on no other.</summary>
public class OneForOneStrategy : SupervisorStrategy, IEquatable<OneForOneStrategy>
{
    private readonly IDecider _decider;

    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries.GetValueOrDefault(-1), Milliseconds(withinTimeRange), localOnlyDecider)
    {
    }

    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries.GetValueOrDefault(-1), Milliseconds(withinTimeRange), decider)
    {
    }

    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled)
    {
    }

    /// <param name="maxNrOfRetries">Restarts within the time range before the child is stopped; negative for no limit.</param>
    /// <param name="withinTimeMilliseconds">The time range; 0 or negative for no end.</param>
    /// <param name="decider">Says what to do with an exception.</param>
    /// <param name="loggingEnabled">Whether failures are logged.</param>
    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        MaxNumberOfRetries = maxNrOfRetries;
        WithinTimeRangeMilliseconds = withinTimeMilliseconds;
        _decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(-1, -1, localOnlyDecider)
    {
    }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(-1, -1, localOnlyDecider, loggingEnabled)
    {
    }

    public OneForOneStrategy(IDecider decider)
        : this(-1, -1, decider)
    {
    }

    protected OneForOneStrategy()
        : this(DefaultDecider)
    {
    }

    public int MaxNumberOfRetries { get; }

    public int WithinTimeRangeMilliseconds { get; }

    public override IDecider Decider => _decider;

    public OneForOneStrategy WithMaxNrOfRetries(int maxNrOfRetries) => new(maxNrOfRetries, WithinTimeRangeMilliseconds, _decider, LoggingEnabled);

    public override void HandleChildTerminated(IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children)
    {
    }

    public override void ProcessFailure(
        IActorContext context,
        bool restart,
        IActorRef child,
        Exception cause,
        ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children)
    {
        if (restart && stats.RequestRestartPermission(MaxNumberOfRetries, WithinTimeRangeMilliseconds))
            RestartChild(child, cause, suspendFirst: false);
        else
            context.Stop(child);
    }

    public override ISurrogate ToSurrogate(ActorSystem system) => new OneForOneStrategySurrogate
    {
        MaxNumberOfRetries = MaxNumberOfRetries,
        WithinTimeRangeMilliseconds = WithinTimeRangeMilliseconds,
        Decider = SurrogateDecider.Require(_decider),
        LoggingEnabled = LoggingEnabled,
    };

    public bool Equals(OneForOneStrategy? other) =>
        other is not null && MaxNumberOfRetries == other.MaxNumberOfRetries &&
        WithinTimeRangeMilliseconds == other.WithinTimeRangeMilliseconds && Equals(_decider, other._decider);

    public override bool Equals(object? obj) => Equals(obj as OneForOneStrategy);

    public override int GetHashCode() => HashCode.Combine(MaxNumberOfRetries, WithinTimeRangeMilliseconds, _decider);

    protected override Directive Handle(IActorRef child, Exception exception) => _decider.Decide(exception);

    public class OneForOneStrategySurrogate : ISurrogate
    {
        public int MaxNumberOfRetries { get; set; }

        public int WithinTimeRangeMilliseconds { get; set; }

        public IDecider Decider { get; set; } = null!;

        public bool LoggingEnabled { get; set; }

        public ISurrogated FromSurrogate(ActorSystem system) =>
            new OneForOneStrategy(MaxNumberOfRetries, WithinTimeRangeMilliseconds, Decider, LoggingEnabled);
    }
}

/// <summary>Acts on all children when one of them fails.</summary>
public class AllForOneStrategy : SupervisorStrategy, IEquatable<AllForOneStrategy>
{
    private readonly IDecider _decider;

    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries.GetValueOrDefault(-1), Milliseconds(withinTimeRange), localOnlyDecider)
    {
    }

    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries.GetValueOrDefault(-1), Milliseconds(withinTimeRange), decider)
    {
    }

    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled)
    {
    }

    /// <inheritdoc cref="OneForOneStrategy(int, int, IDecider, bool)"/>
    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        MaxNumberOfRetries = maxNrOfRetries;
        WithinTimeRangeMilliseconds = withinTimeMilliseconds;
        _decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(-1, -1, localOnlyDecider)
    {
    }

    public AllForOneStrategy(IDecider decider)
        : this(-1, -1, decider)
    {
    }

    protected AllForOneStrategy()
        : this(DefaultDecider)
    {
    }

    public int MaxNumberOfRetries { get; }

    public int WithinTimeRangeMilliseconds { get; }

    public override IDecider Decider => _decider;

    public override void HandleChildTerminated(IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children)
    {
    }

    public override void ProcessFailure(
        IActorContext context,
        bool restart,
        IActorRef child,
        Exception cause,
        ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children)
    {
        if (children.Count == 0)
            return;
        if (restart && children.All(sibling => sibling.RequestRestartPermission(MaxNumberOfRetries, WithinTimeRangeMilliseconds)))
        {
            foreach (var sibling in children)
                RestartChild(sibling.Child, cause, suspendFirst: !child.Equals(sibling.Child));
        }
        else
        {
            foreach (var sibling in children)
                context.Stop(sibling.Child);
        }
    }

    public override ISurrogate ToSurrogate(ActorSystem system) => new AllForOneStrategySurrogate
    {
        MaxNumberOfRetries = MaxNumberOfRetries,
        WithinTimeRangeMilliseconds = WithinTimeRangeMilliseconds,
        Decider = SurrogateDecider.Require(_decider),
        LoggingEnabled = LoggingEnabled,
    };

    public bool Equals(AllForOneStrategy? other) =>
        other is not null && MaxNumberOfRetries == other.MaxNumberOfRetries &&
        WithinTimeRangeMilliseconds == other.WithinTimeRangeMilliseconds && Equals(_decider, other._decider);

    public override bool Equals(object? obj) => Equals(obj as AllForOneStrategy);

    public override int GetHashCode() => HashCode.Combine(MaxNumberOfRetries, WithinTimeRangeMilliseconds, _decider);

    protected override Directive Handle(IActorRef child, Exception exception) => _decider.Decide(exception);

    public class AllForOneStrategySurrogate : ISurrogate
    {
        public int MaxNumberOfRetries { get; set; }

        public int WithinTimeRangeMilliseconds { get; set; }

        public IDecider Decider { get; set; } = null!;

        public bool LoggingEnabled { get; set; }

        public ISurrogated FromSurrogate(ActorSystem system) =>
            new AllForOneStrategy(MaxNumberOfRetries, WithinTimeRangeMilliseconds, Decider, LoggingEnabled);
    }
}

internal static class SurrogateDecider
{
    /// <summary>A function cannot leave the process; a table of types can.</summary>
    public static IDecider Require(IDecider decider) => decider is LocalOnlyDecider
        ? throw new NotSupportedException("A strategy whose decider is a function cannot leave its process; use Decider.From(defaultDirective, pairs)")
        : decider;
}

/// <summary>Makes the strategy of the user guardian; named by <c>akka.actor.guardian-supervisor-strategy</c>.</summary>
public abstract class SupervisorStrategyConfigurator
{
    public static SupervisorStrategyConfigurator CreateConfigurator(string typeName)
    {
        switch (typeName)
        {
            case "Akka.Actor.DefaultSupervisorStrategy":
                return new DefaultSupervisorStrategy();
            case "Akka.Actor.StoppingSupervisorStrategy":
                return new StoppingSupervisorStrategy();
        }

        var type = Type.GetType(typeName) ?? throw new Configuration.ConfigurationException(
            $"akka.actor.guardian-supervisor-strategy [{typeName}] is not a type that can be found");
        return Activator.CreateInstance(type) as SupervisorStrategyConfigurator ?? throw new Configuration.ConfigurationException(
            $"akka.actor.guardian-supervisor-strategy [{typeName}] is not a SupervisorStrategyConfigurator");
    }

    public abstract SupervisorStrategy Create();
}

public class DefaultSupervisorStrategy : SupervisorStrategyConfigurator
{
    public override SupervisorStrategy Create() => SupervisorStrategy.DefaultStrategy;
}

/// <summary>Stops user actors at their first failure.</summary>
public class StoppingSupervisorStrategy : SupervisorStrategyConfigurator
{
    public override SupervisorStrategy Create() => SupervisorStrategy.StoppingStrategy;
}
