using Akka.Event;

namespace Akka.TestKit.Internal;

public partial class InternalEventFilterApplier
{
    /// <summary>Counts the events that filters match.</summary>
    protected class MatchedEventHandler
    {
        private readonly Lock _gate = new();
        private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
        private int _count;

        public int ReceivedCount => Volatile.Read(ref _count);

        public virtual void HandleEvent(EventFilterBase eventFilter, LogEvent logEvent)
        {
            lock (_gate)
            {
                _count++;
                foreach (var (_, reached) in _waiters.Where(waiter => waiter.Count <= _count))
                {
                    reached.TrySetResult();
                }
            }
        }

        /// <summary>Ends when that many events have been matched.</summary>
        internal Task Reached(int count)
        {
            lock (_gate)
            {
                if (_count >= count)
                {
                    return Task.CompletedTask;
                }

                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiters.Add((count, reached));
                return reached.Task;
            }
        }
    }
}
