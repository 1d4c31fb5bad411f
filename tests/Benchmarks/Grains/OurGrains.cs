using Actors.Grains;

namespace Benchmarks.Grains;

/// <summary>The counter.</summary>
[Grain("counter")]
public interface ICounter
{
    Task<long> Add(long n);

    [ReadOnly]
    Task<long> Get();
}

/// <summary>Calls the counter of its own key.</summary>
[Grain("relay")]
public interface IRelay
{
    Task<long> Add(long n);
}

/// <summary>A counter that writes its state with every call.</summary>
[Grain("stored-counter")]
public interface IStoredCounter
{
    Task<long> Add(long n);
}

public sealed class CounterState
{
    public long Value { get; set; }

    /// <summary>Makes the state as long as a row of the plain program.</summary>
    public string Note { get; set; } = new('x', WrittenRows.BodySize - 24);
}

internal sealed class Counter : Grain, ICounter
{
    private long _value;

    public Task<long> Add(long n) => Task.FromResult(_value += n);

    public Task<long> Get() => Task.FromResult(_value);
}

internal sealed class Relay : Grain, IRelay
{
    public Task<long> Add(long n) => Grains.Get<ICounter>(Key).Add(n);
}

internal sealed class StoredCounter(IState<CounterState> state) : Grain, IStoredCounter
{
    public async Task<long> Add(long n)
    {
        state.Value.Value += n;
        await state.WriteAsync();
        return state.Value.Value;
    }
}
