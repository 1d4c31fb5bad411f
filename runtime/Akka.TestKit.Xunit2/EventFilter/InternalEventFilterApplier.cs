using Akka.Actor;
using Akka.TestKit.TestEvent;

namespace Akka.TestKit.Internal;

public partial class InternalEventFilterApplier : IEventFilterApplier
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    public InternalEventFilterApplier(TestKitBase testkit, ActorSystem system, IReadOnlyList<EventFilterBase> filters)
    {
        _testkit = testkit;
        _system = system;
        _filters = filters;
    }

    public EventFilterFactory And => new(_testkit, _system, _filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);

    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, func, cancellationToken);

    public Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, Async(action), cancellationToken);

    public Task ExpectOneAsync(Func<Task> action, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, action, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, action, cancellationToken);

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, func, cancellationToken);

    public Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, func, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Intercept(Value(action), _system, null, expectedCount, null, cancellationToken);

    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Intercept(Value(action), _system, timeout, expectedCount, null, cancellationToken);

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Intercept(func, _system, null, expectedCount, null, cancellationToken);

    public T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Intercept(func, _system, timeout, expectedCount, null, cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, actionAsync, null, cancellationToken);

    public Task ExpectAsync(
        int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default) =>
        InterceptAsync(Value(actionAsync), _system, timeout, expectedCount, null, cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, Async(action), timeout, cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, action, timeout, cancellationToken);

    public Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        InterceptAsync(func, _system, null, expectedCount, null, cancellationToken);

    public Task<T> ExpectAsync<T>(
        int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        InterceptAsync(func, _system, timeout, expectedCount, null, cancellationToken);

    public void Mute(Action action, CancellationToken cancellationToken = default) =>
        Intercept(Value(action), _system, null, null, null, cancellationToken);

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Intercept(func, _system, null, null, null, cancellationToken);

    public Task MuteAsync(Action action, CancellationToken cancellationToken = default) =>
        MuteAsync(Async(action), cancellationToken);

    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) =>
        InterceptAsync(Value(action), _system, null, null, null, cancellationToken);

    public Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        InterceptAsync(func, _system, null, null, null, cancellationToken);

    public IUnmutableFilter Mute()
    {
        _system.EventStream.Publish(new Mute(_filters));
        return new InternalUnmutableFilter(_filters, _system);
    }

    protected static string GetMessageString(int number) => number == 1 ? "1 message" : $"{number} messages";

    /// <param name="expectedOccurrences">Null: any number.</param>
    protected T Intercept<T>(
        Func<T> func,
        ActorSystem system,
        TimeSpan? timeout,
        int? expectedOccurrences,
        MatchedEventHandler? matchedEventHandler = null,
        CancellationToken cancellationToken = default)
    {
        var handler = matchedEventHandler ?? new MatchedEventHandler();
        var leeway = Leeway(system, timeout);
        Begin(system, handler);
        try
        {
            var result = func();
            Verify(AwaitDone(leeway, expectedOccurrences, handler, cancellationToken), leeway, expectedOccurrences, handler);
            return result;
        }
        finally
        {
            End(system, handler);
        }
    }

    protected async Task<T> InterceptAsync<T>(
        Func<Task<T>> func,
        ActorSystem system,
        TimeSpan? timeout,
        int? expectedOccurrences,
        MatchedEventHandler? matchedEventHandler = null,
        CancellationToken cancellationToken = default)
    {
        var handler = matchedEventHandler ?? new MatchedEventHandler();
        var leeway = Leeway(system, timeout);
        Begin(system, handler);
        try
        {
            var result = await func();
            Verify(await AwaitDoneAsync(leeway, expectedOccurrences, handler, cancellationToken), leeway, expectedOccurrences, handler);
            return result;
        }
        finally
        {
            End(system, handler);
        }
    }

    protected bool AwaitDone(
        TimeSpan timeout,
        int? expectedOccurrences,
        MatchedEventHandler matchedEventHandler,
        CancellationToken cancellationToken = default)
    {
        if (expectedOccurrences is not { } expected)
        {
            return true;
        }

        matchedEventHandler.Reached(expected).Wait((int)timeout.TotalMilliseconds, cancellationToken);
        return matchedEventHandler.ReceivedCount == expected;
    }

    protected async Task<bool> AwaitDoneAsync(
        TimeSpan timeout,
        int? expectedOccurrences,
        MatchedEventHandler matchedEventHandler,
        CancellationToken cancellationToken = default)
    {
        if (expectedOccurrences is not { } expected)
        {
            return true;
        }

        var reached = matchedEventHandler.Reached(expected);
        await Task.WhenAny(reached, Task.Delay(timeout, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return matchedEventHandler.ReceivedCount == expected;
    }

    private static Func<Task> Async(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };

    private static Func<object?> Value(Action action) => () =>
    {
        action();
        return null;
    };

    private static Func<Task<object?>> Value(Func<Task> action) => async () =>
    {
        await action();
        return null;
    };

    private TimeSpan Leeway(ActorSystem system, TimeSpan? timeout) => _testkit.Dilated(
        timeout ?? (system.HasExtension<TestKitSettings>() ? TestKitExtension.For(system) : _testkit.TestKitSettings).TestEventFilterLeeway);

    private void Begin(ActorSystem system, MatchedEventHandler handler)
    {
        foreach (var filter in _filters)
        {
            filter.EventMatched += handler.HandleEvent;
        }

        system.EventStream.Publish(new Mute(_filters));
    }

    private void End(ActorSystem system, MatchedEventHandler handler)
    {
        system.EventStream.Publish(new Unmute(_filters));
        foreach (var filter in _filters)
        {
            filter.EventMatched -= handler.HandleEvent;
        }
    }

    private void Verify(bool done, TimeSpan leeway, int? expected, MatchedEventHandler handler)
    {
        if (done)
        {
            return;
        }

        var filters = string.Join(", ", _filters);
        var received = handler.ReceivedCount;
        var assertions = TestKitAssertionsExtension.For(_testkit.Sys).Assertions;
        assertions.Fail("{0}", received > expected
            ? $"Received {GetMessageString(received - expected.Value)} too many. Expected {GetMessageString(expected.Value)} but received {received} that matched filter [{filters}]."
            : $"Timeout ({leeway}) while waiting for messages. Only received {received}/{expected} messages that matched filter [{filters}]."
                + (HasListener() ? "" : $" The system has no {nameof(TestEventListener)} among its akka.loggers, so no filter can match."));
    }

    private bool HasListener() =>
        _system.Settings.Loggers.Any(logger => logger.Contains(nameof(TestEventListener), StringComparison.Ordinal));

    protected class InternalUnmutableFilter : IUnmutableFilter
    {
        private readonly IReadOnlyCollection<EventFilterBase> _filters;
        private readonly ActorSystem _system;
        private bool _unmuted;

        public InternalUnmutableFilter(IReadOnlyCollection<EventFilterBase> filters, ActorSystem system)
        {
            _filters = filters;
            _system = system;
        }

        public void Unmute()
        {
            if (!_unmuted)
            {
                _unmuted = true;
                _system.EventStream.Publish(new Unmute(_filters));
            }
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (disposing)
            {
                Unmute();
            }
        }
    }
}
