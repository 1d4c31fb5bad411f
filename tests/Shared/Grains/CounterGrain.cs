using System.Text.Json;
using Actors.Grains;
using Actors.Grains.Calls;

namespace GrainSamples;

/// <summary>The grain that clients of the tests call.</summary>
[Grain("counter")]
public interface ICounter
{
    Task<long> Add(long n, CancellationToken cancel = default);

    [ReadOnly]
    Task<long> Get();

    Task<string> Fail(string message);

    /// <summary>Runs until it is cancelled or released.</summary>
    Task<string> Wait(CancellationToken cancel = default);

    Task<JsonElement> Echo(JsonElement value);

    /// <summary>Has a result that JSON has not when the divisor is 0.</summary>
    Task<double> Divide(double dividend, double divisor);

    /// <summary>The same, not at once.</summary>
    Task<double> DivideLater(double dividend, double divisor);

    Task<string> Greet(Picky name);
}

/// <summary>An argument whose constructor refuses values.</summary>
public sealed record Picky
{
    public Picky(string text) => Text = text.Length > 0 ? text : throw new ArgumentException("a picky name has letters");

    public string Text { get; }
}

public sealed class CounterState
{
    public long Value { get; set; }
}

/// <summary>A counter with a state.</summary>
public sealed class Counter(IState<CounterState> state) : Grain, ICounter
{
    public async Task<long> Add(long n, CancellationToken cancel = default)
    {
        state.Value.Value += n;
        await state.WriteAsync(cancel);
        return state.Value.Value;
    }

    public Task<long> Get() => Task.FromResult(state.Value.Value);

    public Task<string> Fail(string message) => throw new InvalidOperationException(message);

    public async Task<string> Wait(CancellationToken cancel = default)
    {
        var gate = WaitGate.Of(Key);
        gate.Begun.TrySetResult();
        try
        {
            return await gate.Release.Task.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            gate.Cancelled.TrySetResult();
            throw;
        }
    }

    public Task<JsonElement> Echo(JsonElement value) => Task.FromResult(value);

    public Task<double> Divide(double dividend, double divisor) => Task.FromResult(dividend / divisor);

    public async Task<double> DivideLater(double dividend, double divisor)
    {
        await Task.Yield();
        return dividend / divisor;
    }

    public Task<string> Greet(Picky name) => Task.FromResult($"hello {name.Text}");
}

/// <summary>What a test knows of the call <see cref="ICounter.Wait"/> of a key.</summary>
public sealed class WaitGate
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, WaitGate> s_gates = new();

    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<string> Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static WaitGate Of(string key) => s_gates.GetOrAdd(key, _ => new WaitGate());
}
