namespace Actors.Grains.Generator.Tests;

/// <summary>The generated files as a whole, kept to be read.</summary>
public sealed class SnapshotTests
{
    private const string Code = """
        namespace Shop;

        [Grain("counter")]
        public interface ICounter
        {
            Task<long> Add(long n, CancellationToken cancel = default);

            [ReadOnly]
            ValueTask<string?> Describe(string? format = "a \"quoted\" text", params int[] widths);

            [Alias("reset")]
            Task Reset(CancellationToken cancel, DateTimeOffset @when);
        }

        public sealed class CounterState;

        [Reentrant]
        internal sealed class Counter(IState<CounterState> state, TimeProvider time) : Grain, ICounter
        {
            public Task<long> Add(long n, CancellationToken cancel) => Task.FromResult(state.Version + n);

            public ValueTask<string?> Describe(string? format, params int[] widths) => new(format);

            public Task Reset(CancellationToken cancel, DateTimeOffset when) => Task.Delay(when - time.GetUtcNow(), cancel);
        }
        """;

    [Theory]
    [InlineData("Actors.Grains.Generated.Shop.CounterProxy.g.cs", "CounterProxy.txt")]
    [InlineData("Actors.Grains.Generated.Registration_App.g.cs", "Registration.txt")]
    public void A_generated_file_is_the_one_that_is_kept(string file, string kept)
    {
        var compiled = Compiled.From(Code);
        using var stream = typeof(SnapshotTests).Assembly.GetManifestResourceStream(kept)!;
        using var reader = new StreamReader(stream);

        Assert.Empty(compiled.Complaints);
        Assert.Equal(reader.ReadToEnd(), compiled.File(file));
    }
}
