using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Actors;

/// <summary>
/// A scheduler of Akka that sleeps until something is due. Akka's own wakes 100 times a second as soon as one timer is set, which
/// costs an idle system 2 to 4 % of a core; with this one it costs nothing. Chosen by
/// <c>akka.scheduler.implementation = "Actors.TimerScheduler, Actors"</c>, as the host does.
/// </summary>
/// <remarks>
/// Delays are kept to a millisecond or two, and never end early; <c>akka.scheduler.tick-duration</c> has no meaning here. Actions run on
/// a thread of the pool, and must not block. The mean of a repeated interval is the interval. Safe to use from any thread.
/// </remarks>
public sealed class TimerScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    // A timer of .NET takes no longer delay.
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1.0);

    private static readonly TimeSpan s_madeUp = TimeSpan.FromSeconds(1);

    private readonly ILoggingAdapter _log;
    private volatile bool _isDisposed;

    /// <summary>Made by Akka.</summary>
    public TimerScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log) => _log = log;

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(0);

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => Stopwatch.GetElapsedTime(0);

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => TimeProvider.System.GetUtcNow();

    /// <summary>Nothing that is scheduled runs from now on, and nothing more can be scheduled.</summary>
    public void Dispose() => _isDisposed = true;

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(delay, null, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Schedule(delay, null, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) => Schedule(delay, null, action.Run, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Schedule(initialDelay, interval, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Schedule(initialDelay, interval, action.Run, cancelable);

    private void Schedule(TimeSpan delay, TimeSpan? interval, Action action, ICancelable? cancelable)
    {
        if (_isDisposed) throw new SchedulerException("the scheduler has ended with its actor system");
        if (cancelable is { IsCancellationRequested: true }) return;
        new Task(this, delay, interval, action).Start(cancelable);
    }

    /// <summary>One action, which is kept alive by its timer.</summary>
    private sealed class Task
    {
        private readonly TimerScheduler _scheduler;
        private readonly TimeSpan? _interval;
        private readonly Action _action;
        private readonly Timer _timer;
        private TimeSpan _dueAt;
        private CancellationTokenRegistration _cancellation;
        private volatile bool _hasEnded;

        public Task(TimerScheduler scheduler, TimeSpan delay, TimeSpan? interval, Action action)
        {
            _scheduler = scheduler;
            _interval = interval;
            _action = action;
            _dueAt = scheduler.MonotonicClock + delay;
            _timer = new Timer(static task => ((Task)task!).Elapsed(), this, Timeout.Infinite, Timeout.Infinite);
        }

        public void Start(ICancelable? cancelable)
        {
            if (cancelable is not null) _cancellation = cancelable.Token.UnsafeRegister(static task => ((Task)task!).End(), this);
            Wait();
        }

        /// <summary>One after the other, because the timer is set again at the end.</summary>
        private void Elapsed()
        {
            if (_hasEnded) return;
            if (_scheduler._isDisposed)
            {
                Finish();
                return;
            }
            // A clock that is coarser than ours wakes a little early, and a long delay comes in several parts.
            if (_scheduler.MonotonicClock < _dueAt)
            {
                Wait();
                return;
            }
            try
            {
                do _action();
                while (_interval is { } missed && _dueAt + missed <= _scheduler.MonotonicClock && IsMadeUp(missed));
            }
            catch (Exception fault)
            {
                // As with Akka's own: a repeated action that fails is not repeated.
                _scheduler._log.Error(fault, "a scheduled action failed");
                Finish();
                return;
            }
            if (_interval is { } interval) Repeat(interval);
            else Finish();
        }

        /// <summary>What the machine was too busy for is made up for, and after a longer standstill left out.</summary>
        private bool IsMadeUp(TimeSpan interval)
        {
            if (_hasEnded || _scheduler._isDisposed) return false;
            _dueAt += interval;
            var now = _scheduler.MonotonicClock;
            if (_dueAt >= now - s_madeUp) return true;
            _dueAt = now;
            return false;
        }

        private void Repeat(TimeSpan interval)
        {
            _dueAt += interval;
            Wait();
        }

        private void Wait()
        {
            var wait = _dueAt - _scheduler.MonotonicClock;
            if (wait < TimeSpan.Zero) wait = TimeSpan.Zero;
            if (wait > s_longest) wait = s_longest;
            // Whole milliseconds, rounded up: the timer knows no finer ones, and would wake early.
            if (!_hasEnded) Set(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)));
        }

        private void Set(TimeSpan wait)
        {
            try
            {
                _timer.Change(wait, Timeout.InfiniteTimeSpan);
            }
            catch (ObjectDisposedException)
            {
                // Cancelled meanwhile.
            }
        }

        private void Finish()
        {
            End();
            _cancellation.Unregister();
        }

        private void End()
        {
            _hasEnded = true;
            _timer.Dispose();
        }
    }
}
