using System.Collections.Concurrent;
using Actors.Grains;

namespace Grains.Tests.Runtime;

/// <summary>What the grains of a test tell it, and what they wait for. One for each test, by dependency injection.</summary>
public sealed class Stage
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _signals = new();

    public ConcurrentQueue<string> Told { get; } = new();

    /// <summary>A step that was made, or that is waited for.</summary>
    public TaskCompletionSource this[string name] => _signals.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public async Task Wait(string name)
    {
        try
        {
            await this[name].Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"\"{name}\" has not happened within 30 s");
        }
    }

    /// <summary>True when it happens within a time.</summary>
    public async Task<bool> HasHappened(string name, TimeSpan within)
    {
        await this[name].Task.WaitAsync(within).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return this[name].Task.IsCompleted;
    }

    public void Tell(string what)
    {
        Told.Enqueue(what);
        this[what].TrySetResult();
    }
}

[Grain("tally")]
public interface ICounter
{
    Task<long> Add(long n, CancellationToken cancel = default);

    [ReadOnly]
    Task<long> Get();

    Task Clear();

    Task Leave();

    Task<long> AddAndFail(long n);

    [ReadOnly]
    Task<double> Half(double n);
}

public sealed class CounterState
{
    public long Count { get; set; }
}

public sealed class Counter(IState<CounterState> state) : Grain, ICounter
{
    public async Task<long> Add(long n, CancellationToken cancel = default)
    {
        state.Value.Count += n;
        await state.WriteAsync(cancel);
        return state.Value.Count;
    }

    public Task<long> Get() => Task.FromResult(state.Value.Count);

    public Task Clear() => state.ClearAsync();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<double> Half(double n) => Task.FromResult(n / 2);

    public async Task<long> AddAndFail(long n)
    {
        await Add(n);
        throw new InvalidOperationException("after the write");
    }
}

/// <summary>Steps through its calls as the test says.</summary>
[Grain("stepper")]
public interface IStepper
{
    Task Step(string name, CancellationToken cancel = default);

    [ReadOnly]
    Task Look(string name);

    Task Fail(string message);

    Task Nothing();

    Task StartTimer(TimeSpan due, TimeSpan period);
}

public sealed class Stepper(Stage stage) : Grain, IStepper
{
    private int _runs;

    protected override Task OnActivate(CancellationToken cancel)
    {
        stage.Tell($"{Key} active");
        return Task.CompletedTask;
    }

    protected override Task OnDeactivate(DeactivationReason reason, CancellationToken cancel)
    {
        stage.Tell($"{Key} {reason}");
        return Task.CompletedTask;
    }

    public Task Step(string name, CancellationToken cancel = default) => Run(name, cancel);

    public Task Look(string name) => Run(name, CancellationToken.None);

    public Task Fail(string message) => throw new InvalidOperationException(message);

    public Task Nothing() => Task.CompletedTask;

    public Task StartTimer(TimeSpan due, TimeSpan period)
    {
        RegisterTimer(_ =>
        {
            stage.Tell($"{Key} tick {++_runs}");
            return Task.CompletedTask;
        }, due, period);
        return Task.CompletedTask;
    }

    private async Task Run(string name, CancellationToken cancel)
    {
        stage.Tell($"{name} begins");
        await stage[$"{name} may end"].Task.WaitAsync(cancel);
        stage.Tell($"{name} ends");
    }
}

/// <summary>As a stepper, but its calls run beside each other.</summary>
[Grain("reentrant-stepper")]
public interface IReentrantStepper
{
    Task Step(string name);
}

[Reentrant]
public sealed class ReentrantStepper(Stage stage) : Grain, IReentrantStepper
{
    private int _inside;

    public async Task Step(string name)
    {
        // Only one thread at a time is in here, also behind an await.
        for (var n = 0; n < 100; n++)
        {
            if (++_inside != 1) stage.Tell("two at once");
            _inside--;
            await Task.Yield();
        }
        stage.Tell($"{name} begins");
        await stage[$"{name} may end"].Task;
        stage.Tell($"{name} ends");
    }
}

/// <summary>Calls another grain of its kind, which calls the next.</summary>
[Grain("link")]
public interface ILink
{
    /// <param name="keys">The grains to call, one behind the other, divided by commas.</param>
    Task<int> Follow(string keys);

    [ReadOnly]
    Task<int> FollowReading(string keys);
}

public sealed class Link : Grain, ILink
{
    public async Task<int> Follow(string keys)
    {
        var (first, rest) = Split(keys);
        return first.Length == 0 ? 0 : 1 + await Grains.Get<ILink>(first).Follow(rest);
    }

    public async Task<int> FollowReading(string keys)
    {
        var (first, rest) = Split(keys);
        return first.Length == 0 ? 0 : 1 + await Grains.Get<ILink>(first).FollowReading(rest);
    }

    private static (string First, string Others) Split(string keys) => keys.IndexOf(',') is var at and >= 0 ? (keys[..at], keys[(at + 1)..]) : (keys, "");
}

/// <summary>Works in parallel on each node.</summary>
[Grain("worker")]
public interface IWorker
{
    Task<string> Work(string name);
}

[StatelessWorker(4)]
public sealed class Worker(Stage stage) : Grain, IWorker
{
    public async Task<string> Work(string name)
    {
        stage.Tell($"{name} begins");
        await stage[$"{name} may end"].Task;
        return name;
    }
}

/// <summary>Is reminded.</summary>
[Grain("sleeper")]
public interface ISleeper
{
    Task Remind(string name, TimeSpan due, TimeSpan period);

    Task<bool> Forget(string name);
}

public sealed class Sleeper(Stage stage) : Grain, ISleeper, IRemindable
{
    private int _tries;

    public Task Remind(string name, TimeSpan due, TimeSpan period) => SetReminder(name, due, period);

    public Task<bool> Forget(string name) => RemoveReminder(name);

    public Task ReceiveReminder(string name, DateTimeOffset due, CancellationToken cancel)
    {
        stage.Tell($"{Key} {name} at {due - DateTimeOffset.UnixEpoch.AddYears(50)}");
        if (name.StartsWith("broken", StringComparison.Ordinal)) throw new InvalidOperationException("never");
        if (name != "failing") return Task.CompletedTask;
        stage.Tell($"{Key} try {++_tries}");
        return _tries < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
    }
}

/// <summary>Calls a link when it is activated, and can be called by it.</summary>
[Grain("early-caller")]
public interface IEarlyCaller
{
    Task<string> Ask(string key);
}

public sealed class EarlyCaller : Grain, IEarlyCaller
{
    private string _answer = "";

    public Task<string> Ask(string key) => Task.FromResult(_answer);

    protected override async Task OnActivate(CancellationToken cancel)
    {
        try
        {
            // The key names the one to call; two that name each other wait for each other.
            _answer = await Grains.Get<IEarlyCaller>(Key == "left" ? "right" : "left").Ask(Key);
        }
        catch (GrainException failure)
        {
            _answer = failure.Error.ToString();
        }
    }
}
