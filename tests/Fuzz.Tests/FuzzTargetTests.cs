namespace Fuzz.Tests;

/// <summary>The fuzzing finds what it is to find.</summary>
public class FuzzTargetTests
{
    [Fact]
    public void A_run_that_throws_is_told_with_its_seed()
    {
        var failure = Assert.Throws<FuzzFailure>(() => Target(onRun: seed => throw new FormatException("broken")).Run(firstSeed: 41, runs: 3));
        Assert.Contains("fake --runs 1 --seed 41", failure.Message, StringComparison.Ordinal);
        Assert.Contains("broken", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_no_longer_serves_a_good_peer_is_told()
    {
        var failure = Assert.Throws<FuzzFailure>(() => Target(onCheck: () => throw new TimeoutException("no answer")).Run(firstSeed: 1, runs: 7));
        Assert.Contains("--seed 7", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_that_an_IO_thread_catches_is_told_as_well()
    {
        var failure = Assert.Throws<FuzzFailure>(() => Target(onRun: _ => ThrowAndCatchOnThread("Zmtp I/O 7")).Run(firstSeed: 5, runs: 1));
        Assert.Contains(nameof(IndexOutOfRangeException), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_of_another_thread_is_its_own_affair() =>
        Assert.Equal(1, Target(onRun: _ => ThrowAndCatchOnThread("another")).Run(firstSeed: 5, runs: 1).Runs);

    [Fact]
    public void Memory_that_is_kept_is_told()
    {
        var kept = new List<byte[]>();
        var failure = Assert.Throws<FuzzFailure>(() => Target(onRun: _ => kept.Add(new byte[40 << 20])).Run(firstSeed: 1, runs: 3));
        Assert.Contains("are kept", failure.Message, StringComparison.Ordinal);
        GC.KeepAlive(kept);
    }

    [Fact]
    public void The_same_seed_gives_the_same_damage()
    {
        var stream = Corpus.Of("null-push-pull-client").Single();
        Assert.Equal(Mutation.Of(stream, new Random(3)), Mutation.Of(stream, new Random(3)));
        Assert.NotEqual(Mutation.Of(stream, new Random(3)), Mutation.Of(stream, new Random(4)));
    }

    private static void ThrowAndCatchOnThread(string name)
    {
        var thread = new Thread(() =>
        {
            try
            {
                throw new IndexOutOfRangeException();
            }
            catch (IndexOutOfRangeException)
            {
                // As an engine does that keeps a fault within its connection.
            }
        }) { Name = name };
        thread.Start();
        thread.Join();
    }

    private static FuzzTarget Target(Action<Random>? onRun = null, Action? onCheck = null) => new("fake", () => new FakeSession(onRun, onCheck));

    private sealed class FakeSession(Action<Random>? onRun, Action? onCheck) : IFuzzSession
    {
        public void Run(Random random) => onRun?.Invoke(random);

        public void CheckAlive() => onCheck?.Invoke();

        public void Dispose()
        {
        }
    }
}
