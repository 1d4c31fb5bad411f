using System.Diagnostics;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// One thread and a wheel of buckets, one for each tick; a timer waits in the bucket of its tick for as many rounds
/// as it needs. Adding and cancelling cost the same however many timers there are, and nothing is due too soon.
/// The thread sleeps without a tick while no timer is set.
/// </summary>
public sealed class HashedWheelTimerScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly List<Timer>?[] _wheel;
    private readonly long _tickTicks;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _shutdownTimeout;
    private readonly Thread _thread;
    private readonly List<Timer> _due = [];
    private long _tick;
    private int _timers;
    private bool _stopped;

    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log)
    {
        var wheelSize = scheduler.GetInt("akka.scheduler.ticks-per-wheel", 512);
        var tick = scheduler.GetTimeSpan("akka.scheduler.tick-duration", TimeSpan.FromMilliseconds(10));
        if (wheelSize <= 0)
            throw new ConfigurationException($"akka.scheduler.ticks-per-wheel must be above 0, and is {wheelSize}");
        if (tick < TimeSpan.FromMilliseconds(1))
            throw new ConfigurationException($"akka.scheduler.tick-duration must be 1ms at least, and is {tick}");
        _shutdownTimeout = scheduler.GetTimeSpan("akka.scheduler.shutdown-timeout", TimeSpan.FromSeconds(5));
        _wheel = new List<Timer>?[wheelSize];
        _tickTicks = tick.Ticks;
        _thread = new Thread(Run) { IsBackground = true, Name = "akka-scheduler" };
        _thread.Start();
    }

    public override TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(0);

    public override TimeSpan HighResMonotonicClock => Stopwatch.GetElapsedTime(0);

    protected override DateTimeOffset TimeNow => TimeProvider.System.GetUtcNow();

    /// <summary>Stops; timers that are not due yet are dropped. Setting one afterwards throws <see cref="SchedulerException"/>.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopped)
                return;
            _stopped = true;
        }

        _wake.Set();
        if (Thread.CurrentThread != _thread && !_thread.Join(_shutdownTimeout))
            Log.Warning("Failed to shutdown the scheduler within {0}", _shutdownTimeout);
    }

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(delay, TimeSpan.Zero, new TellWork(receiver, message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(initialDelay, interval, new TellWork(receiver, message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Add(delay, TimeSpan.Zero, new ActionRunnable(action), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Add(delay, TimeSpan.Zero, action, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Add(initialDelay, interval, new ActionRunnable(action), cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Add(initialDelay, interval, action, cancelable);

    private long Elapsed => Stopwatch.GetElapsedTime(_started).Ticks;

    private void Add(TimeSpan delay, TimeSpan interval, IRunnable work, ICancelable? cancelable)
    {
        if (cancelable?.IsCancellationRequested == true)
            return;
        var timer = new Timer(work, interval.Ticks, cancelable) { DueTicks = Elapsed + delay.Ticks };
        bool wasEmpty;
        lock (_gate)
        {
            if (_stopped)
                throw new SchedulerException("cannot enqueue after timer shutdown");
            wasEmpty = _timers == 0;
            if (wasEmpty)
                _tick = Math.Max(_tick, Elapsed / _tickTicks);
            Place(timer);
        }

        // With another timer set, the thread wakes up at the next tick anyway.
        if (wasEmpty)
            _wake.Set();
    }

    private void Place(Timer timer)
    {
        // Rounded up: the bucket is emptied at the end of its tick.
        timer.DueTick = Math.Max((timer.DueTicks + _tickTicks - 1) / _tickTicks, _tick + 1);
        (_wheel[timer.DueTick % _wheel.Length] ??= []).Add(timer);
        _timers++;
    }

    private void Run()
    {
        while (true)
        {
            int wait;
            lock (_gate)
            {
                if (_stopped)
                    return;
                wait = _timers == 0
                    ? Timeout.Infinite
                    : (int)Math.Clamp((((_tick + 1) * _tickTicks) - Elapsed + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond, 0, int.MaxValue);
            }

            if (wait != 0)
            {
                _wake.WaitOne(wait);
                continue;
            }

            lock (_gate)
            {
                _tick++;
                TakeDue();
            }

            RunDue();
        }
    }

    private void TakeDue()
    {
        var bucket = _wheel[_tick % _wheel.Length];
        if (bucket is null)
            return;
        var kept = 0;
        for (var i = 0; i < bucket.Count; i++)
        {
            var timer = bucket[i];
            if (timer.Cancelable?.IsCancellationRequested == true)
                _timers--;
            else if (timer.DueTick <= _tick)
                _due.Add(timer);
            else
                bucket[kept++] = timer;
        }

        _timers -= _due.Count;
        bucket.RemoveRange(kept, bucket.Count - kept);
    }

    private void RunDue()
    {
        foreach (var timer in _due)
        {
            if (timer.Cancelable?.IsCancellationRequested == true)
                continue;
            try
            {
                timer.Work.Run();
            }
            catch (Exception failure)
            {
                Log.Error(failure, "Scheduled work failed: {0}", failure.Message);
                if (timer.IntervalTicks > 0)
                    Log.Error("Work scheduled repeatedly failed and will not run again");
                continue;
            }

            if (timer.IntervalTicks == 0)
                continue;

            // From when it was due, not from when it ran, so that the rate holds; what was missed altogether is not made up for.
            timer.DueTicks = Math.Max(timer.DueTicks + timer.IntervalTicks, Elapsed);
            lock (_gate)
            {
                if (!_stopped)
                    Place(timer);
            }
        }

        _due.Clear();
    }

    private sealed class Timer(IRunnable work, long intervalTicks, ICancelable? cancelable)
    {
        public IRunnable Work { get; } = work;

        public long IntervalTicks { get; } = intervalTicks;

        public ICancelable? Cancelable { get; } = cancelable;

        /// <summary>When it is due, in ticks of 100 ns since the start.</summary>
        public long DueTicks { get; set; }

        /// <summary>The tick of the wheel in which it is due.</summary>
        public long DueTick { get; set; }
    }

    private sealed class TellWork(ICanTell receiver, object message, IActorRef sender) : IRunnable
    {
        public void Run() => receiver.Tell(message, sender);

        public void Execute() => Run();
    }
}
