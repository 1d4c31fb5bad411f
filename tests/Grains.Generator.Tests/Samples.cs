namespace Actors.Grains.Generator.Tests;

/// <summary>Has a method of each shape. The generator runs on this project too.</summary>
[Grain("sample")]
public interface ISample
{
    Task Nothing();

    Task<long> Sum(long first, CancellationToken cancel, int second);

    ValueTask Put(params string[] texts);

    [ReadOnly]
    ValueTask<string?> Get(string? @class);

    [Alias("describe-all")]
    Task<string> Describe(
        string text = "a \"b\"\n\\",
        decimal money = -1.50m,
        DayOfWeek day = DayOfWeek.Friday,
        DayOfWeek? maybe = (DayOfWeek)9,
        Guid id = default,
        char unit = '\'',
        double number = double.NegativeInfinity,
        float small = 1.1f,
        ulong large = ulong.MaxValue,
        sbyte negative = -3,
        string? none = null,
        TimeSpan? time = null,
        bool truth = true);
}

/// <summary>A state.</summary>
public sealed class SampleState
{
    public long Total { get; set; }
}

/// <summary>A grain whose constructor takes a state and a service.</summary>
internal sealed class SampleGrain(IState<SampleState> state, TimeProvider time) : Grain, ISample
{
    public Task Nothing() => Task.CompletedTask;

    public Task<long> Sum(long first, CancellationToken cancel, int second) => Task.FromResult(state.Value.Total += first + second);

    public ValueTask Put(params string[] texts) => default;

    public ValueTask<string?> Get(string? @class) => new(@class);

    public Task<string> Describe(string text, decimal money, DayOfWeek day, DayOfWeek? maybe, Guid id, char unit, double number, float small, ulong large, sbyte negative, string? none, TimeSpan? time1, bool truth) =>
        Task.FromResult(time.GetUtcNow().ToString());
}
