using Akka.Actor.Scheduler;
using Akka.Event;

namespace Akka.Actor.Scheduler
{
    /// <summary>A message that a timer tells, around the message it was given.</summary>
    public interface IScheduledTellMsg : IWrappedMessage, INoSerializationVerificationNeeded;
}

namespace Akka.Actor
{
    /// <summary>An actor that is given timers when it is created. They end with the instance.</summary>
    public interface IWithTimers
    {
        ITimerScheduler Timers { get; set; }
    }

    /// <summary>Timers by key: starting one ends the one of the same key, and what that one has told already is not delivered.</summary>
    public interface ITimerScheduler
    {
        IReadOnlyCollection<object> ActiveTimers { get; }

        void StartPeriodicTimer(object key, object msg, TimeSpan interval);

        void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender);

        void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

        void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender);

        void StartSingleTimer(object key, object msg, TimeSpan timeout);

        void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender);

        bool IsTimerActive(object key);

        void Cancel(object key);

        void CancelAll();
    }

    /// <summary>What a timer tells its actor; the generation shows whether the timer is still the one of its key.</summary>
    internal class TimerMessage(object key, object message, int generation, TimerScheduler owner) : IAutoReceivedMessage, IScheduledTellMsg
    {
        public object Key { get; } = key;

        public object Message { get; } = message;

        public int Generation { get; } = generation;

        public TimerScheduler Owner { get; } = owner;

        public override string ToString() => $"TimerMsg(key={Key}, generation={Generation}, owner={Owner})";
    }

    /// <summary>Around a message that does not count as activity.</summary>
    internal sealed class QuietTimerMessage(object key, object message, int generation, TimerScheduler owner)
        : TimerMessage(key, message, generation, owner), INotInfluenceReceiveTimeout;

    /// <summary>The timers of one instance of an actor.</summary>
    internal sealed class TimerScheduler : ITimerScheduler
    {
        private readonly ActorCell _cell;
        private readonly Dictionary<object, Timer> _timers = [];
        private int _generation;

        public TimerScheduler(ActorCell cell) => _cell = cell;

        public IReadOnlyCollection<object> ActiveTimers => [.. _timers.Keys];

        public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => StartTimer(key, msg, interval, interval, _cell.Self);

        public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) => StartTimer(key, msg, interval, interval, sender);

        public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) => StartTimer(key, msg, initialDelay, interval, _cell.Self);

        public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) => StartTimer(key, msg, initialDelay, interval, sender);

        public void StartSingleTimer(object key, object msg, TimeSpan timeout) => StartTimer(key, msg, timeout, null, _cell.Self);

        public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) => StartTimer(key, msg, timeout, null, sender);

        public bool IsTimerActive(object key) => _timers.ContainsKey(key);

        public void Cancel(object key)
        {
            if (_timers.Remove(key, out var timer))
                End(timer);
        }

        public void CancelAll()
        {
            foreach (var timer in _timers.Values)
                End(timer);
            _timers.Clear();
        }

        /// <summary>Whether a timer's message may be delivered: its timer must not have been ended or replaced meanwhile.</summary>
        internal bool Accept(TimerMessage message)
        {
            if (!ReferenceEquals(message.Owner, this) || !_timers.TryGetValue(message.Key, out var timer) || timer.Generation != message.Generation)
            {
                Debug($"Received timer [{message.Key}] that has been removed or replaced, discarding");
                return false;
            }

            if (!timer.Repeats)
            {
                _timers.Remove(message.Key);
            }

            return true;
        }

        private void StartTimer(object key, object msg, TimeSpan initialDelay, TimeSpan? interval, IActorRef sender)
        {
            ArgumentNullException.ThrowIfNull(key);
            ArgumentNullException.ThrowIfNull(msg);
            Cancel(key);
            var generation = ++_generation;
            var message = msg is INotInfluenceReceiveTimeout
                ? new QuietTimerMessage(key, msg, generation, this)
                : new TimerMessage(key, msg, generation, this);
            var scheduler = _cell.System.Scheduler;
            var cancelable = new Cancelable(scheduler);
            if (interval.HasValue)
                scheduler.ScheduleTellRepeatedly(initialDelay, interval.Value, _cell.Self, message, sender, cancelable);
            else
                scheduler.ScheduleTellOnce(initialDelay, _cell.Self, message, sender, cancelable);
            _timers.Add(key, new Timer(generation, interval.HasValue, cancelable));
            Debug($"Started timer [{key}] with generation [{generation}]");
        }

        private void End(Timer timer)
        {
            // Not disposed: the scheduler still looks at it when its time comes.
            timer.Cancelable.Cancel();
        }

        private void Debug(string message)
        {
            if (_cell.System.Settings.DebugTimerScheduler)
                _cell.System.EventStream.Publish(new Debug(_cell.Self.Path.ToString(), typeof(TimerScheduler), message));
        }

        private readonly record struct Timer(int Generation, bool Repeats, Cancelable Cancelable);
    }
}
