using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A scheduler whose time stands still until a test advances it. What is due runs on the thread that advances, in the
/// order of its time; what that schedules in turn runs in the same advance if its time lies within.
/// </summary>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    private readonly PriorityQueue<Job, (long DueTicks, long Order)> _jobs = new();
    private readonly Lock _gate = new();
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();
    private readonly ILoggingAdapter _log;
    private DateTimeOffset _now;
    private long _order;

    public TestScheduler(Config schedulerConfig, ILoggingAdapter log)
    {
        _log = log;
        _now = _start;
    }

    public IAdvancedScheduler Advanced => this;

    public DateTimeOffset Now => TimeNow;

    public TimeSpan MonotonicClock => TimeNow - _start;

    public TimeSpan HighResMonotonicClock => TimeNow - _start;

    protected DateTimeOffset TimeNow
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <summary>Lets time pass, and runs what becomes due.</summary>
    public void Advance(TimeSpan offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(offset, TimeSpan.Zero);
        AdvanceTo(TimeNow + offset);
    }

    public void AdvanceTo(DateTimeOffset when)
    {
        if (when < TimeNow)
        {
            throw new InvalidOperationException($"Time cannot be turned back: it is {TimeNow:O}, and {when:O} is before it.");
        }

        while (NextDue(when) is { } job)
        {
            job.Action();
            if (job.Interval is { } interval && job.Cancelable is not { IsCancellationRequested: true })
            {
                Add(job.Due + interval, job);
            }
        }
    }

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Schedule(delay, null, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Schedule(delay, null, Logged(action), cancelable);

    public void ScheduleOnce(TimeSpan delay, IRunnable action) => ScheduleOnce(delay, action.Run, null);

    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        ScheduleOnce(delay, action.Run, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Schedule(initialDelay, interval, Logged(action), cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) =>
        ScheduleRepeatedly(initialDelay, interval, action.Run, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        ScheduleRepeatedly(initialDelay, interval, action.Run, cancelable);

    private void Schedule(TimeSpan delay, TimeSpan? interval, Action action, ICancelable? cancelable)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        if (interval is { } period)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero, nameof(interval));
        }

        Add(TimeNow + delay, new Job(action, interval, cancelable));
    }

    private void Add(DateTimeOffset due, Job job)
    {
        lock (_gate)
        {
            job.Due = due;
            _jobs.Enqueue(job, (due.UtcTicks, _order++));
        }
    }

    private Job? NextDue(DateTimeOffset when)
    {
        lock (_gate)
        {
            while (_jobs.TryPeek(out var job, out _) && job.Due <= when)
            {
                _jobs.Dequeue();
                if (job.Cancelable is { IsCancellationRequested: true })
                {
                    continue;
                }

                if (job.Due > _now)
                {
                    _now = job.Due;
                }

                return job;
            }

            if (when > _now)
            {
                _now = when;
            }

            return null;
        }
    }

    // As in a running scheduler, an action that throws does not disturb the others, nor does it end a repetition.
    private Action Logged(Action action) => () =>
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            _log.Error(e, "A scheduled action failed.");
        }
    };

    private sealed class Job(Action action, TimeSpan? interval, ICancelable? cancelable)
    {
        public Action Action { get; } = action;

        public TimeSpan? Interval { get; } = interval;

        public ICancelable? Cancelable { get; } = cancelable;

        public DateTimeOffset Due { get; set; }
    }
}
