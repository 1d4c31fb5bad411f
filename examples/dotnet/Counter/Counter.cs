using Actors.Grains;

namespace Examples;

/// <summary>Counts, once for each key. Other programs call it by the name of its kind.</summary>
[Grain("counter")]
public interface ICounter
{
    Task<long> Add(long n, CancellationToken cancel = default);

    [ReadOnly]
    Task<long> Get();
}

public sealed class CounterState
{
    public long Value { get; set; }
}

public sealed class Counter(IState<CounterState> state) : Grain, ICounter
{
    public async Task<long> Add(long n, CancellationToken cancel = default)
    {
        state.Value.Value += n;
        await state.WriteAsync(cancel);
        return state.Value.Value;
    }

    public Task<long> Get() => Task.FromResult(state.Value.Value);
}
