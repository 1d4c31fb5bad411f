using Microsoft.Extensions.DependencyInjection;

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

    public ValueTask Put(params string[] texts)
    {
        state.Value.Total = texts.Length;
        return default;
    }

    public ValueTask<string?> Get(string? @class) => new(@class);

    public Task<string> Describe(string text, decimal money, DayOfWeek day, DayOfWeek? maybe, Guid id, char unit, double number, float small, ulong large, sbyte negative, string? none, TimeSpan? span, bool truth) =>
        Task.FromResult($"{text} {time.GetUtcNow().Year}");
}

/// <summary>Tells what its constructor was given.</summary>
[Grain("services")]
public interface IServices
{
    [ReadOnly]
    Task<string[]> Given();
}

/// <summary>A service.</summary>
public sealed record Paint(string Color);

/// <summary>A service that the app does not have.</summary>
public sealed class Missing;

/// <summary>A grain whose constructor takes services in each way.</summary>
public sealed class ServicesGrain(
    [FromKeyedServices("red")] Paint red,
    [FromKeyedServices(DayOfWeek.Friday)] Paint friday,
    [FromKeyedServices(typeof(string))] Paint ofType,
    Paint plain,
    [FromKeyedServices('x')] Paint? perhaps = null,
    [FromKeyedServices("none")] Paint? noKey = null,
    Missing? missing = null,
    Paint? present = null,
    int number = 5) : Grain, IServices
{
    public Task<string[]> Given() => Task.FromResult((string[])[red.Color, friday.Color, ofType.Color, plain.Color, $"{perhaps?.Color}", $"{noKey?.Color}", $"{missing}", $"{present?.Color}", $"{number}"]);
}
