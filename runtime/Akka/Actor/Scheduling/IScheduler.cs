using Akka.Dispatch;

namespace Akka.Actor;

public interface ITimeProvider
{
    DateTimeOffset Now { get; }

    /// <summary>A clock that only goes forward.</summary>
    TimeSpan MonotonicClock { get; }

    /// <summary>A clock that only goes forward, of the finest resolution that there is.</summary>
    TimeSpan HighResMonotonicClock { get; }
}

public interface IDateTimeOffsetNowTimeProvider : ITimeProvider;

/// <summary>The time of the process.</summary>
public class DateTimeOffsetNowTimeProvider : IDateTimeOffsetNowTimeProvider
{
    private DateTimeOffsetNowTimeProvider()
    {
    }

    public static DateTimeOffsetNowTimeProvider Instance { get; } = new();

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public TimeSpan MonotonicClock => System.Diagnostics.Stopwatch.GetElapsedTime(0);

    public TimeSpan HighResMonotonicClock => System.Diagnostics.Stopwatch.GetElapsedTime(0);
}

/// <summary>Tells messages later.</summary>
public interface ITellScheduler
{
    void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender);

    void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable);

    void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender);

    void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable);
}

public interface IRunnableScheduler
{
    void ScheduleOnce(TimeSpan delay, IRunnable action);

    void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable);

    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action);

    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable);
}

/// <summary>Runs code later, on the scheduler's own thread: it must be short, and must not touch an actor.</summary>
public interface IActionScheduler : IRunnableScheduler
{
    void ScheduleOnce(TimeSpan delay, Action action);

    void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable);

    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action);

    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable);
}

public interface IAdvancedScheduler : IActionScheduler;

/// <summary>The clock of a system: what it is given is due no sooner than asked, and at most one tick later.</summary>
public interface IScheduler : ITellScheduler, ITimeProvider
{
    IAdvancedScheduler Advanced { get; }
}
