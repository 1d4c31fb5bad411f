using Orleans;

namespace Benchmarks.Grains;

/// <summary>The counter as Orleans has it.</summary>
public interface IOrleansCounter : IGrainWithStringKey
{
    Task<long> Add(long n);

    Task<long> Get();
}

/// <summary>Calls the counter of its own key.</summary>
public interface IOrleansRelay : IGrainWithStringKey
{
    Task<long> Add(long n);
}

internal sealed class OrleansCounter : Grain, IOrleansCounter
{
    private long _value;

    public Task<long> Add(long n) => Task.FromResult(_value += n);

    public Task<long> Get() => Task.FromResult(_value);
}

internal sealed class OrleansRelay : Grain, IOrleansRelay
{
    public Task<long> Add(long n) => GrainFactory.GetGrain<IOrleansCounter>(this.GetPrimaryKeyString()).Add(n);
}
