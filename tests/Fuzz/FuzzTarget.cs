namespace Fuzz;

/// <summary>A part of the project with an input that others choose.</summary>
internal sealed class FuzzTarget(string name, Func<IFuzzSession> open)
{
    // A series may grow until its buffers are warm; what it keeps above that is lost memory.
    private const long MostMemoryKept = 64L * 1024 * 1024;
    private const int RunsBetweenChecks = 50;

    public string Name => name;

    /// <summary>Gives the target an input for each seed from the first on.</summary>
    /// <exception cref="FuzzFailure">A run threw, hung, or broke what came after it; the message has the seed.</exception>
    public FuzzReport Run(int firstSeed, int runs)
    {
        using var faults = new FaultWatch();
        using var session = open();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < runs; i++)
        {
            var seed = firstSeed + i;
            try
            {
                session.Run(new Random(seed));
                if (i % RunsBetweenChecks == RunsBetweenChecks - 1 || i == runs - 1) session.CheckAlive();
                faults.Check();
            }
            catch (Exception failure) when (failure is not FuzzFailure)
            {
                throw new FuzzFailure(name, seed, failure.ToString());
            }
        }
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        return kept <= MostMemoryKept
            ? new FuzzReport(runs, kept)
            : throw new FuzzFailure(name, firstSeed, $"after {runs} runs {kept} bytes are kept, at most {MostMemoryKept} were expected");
    }
}

/// <summary>The target while it is fuzzed.</summary>
internal interface IFuzzSession : IDisposable
{
    /// <summary>Gives the target one input; the random numbers decide which.</summary>
    void Run(Random random);

    /// <summary>Shows that the target still serves a peer that behaves.</summary>
    void CheckAlive();
}

/// <summary>What a series of runs found: nothing.</summary>
/// <param name="Runs">How many there were.</param>
/// <param name="MemoryKept">Bytes that the process holds more than before.</param>
internal sealed record FuzzReport(int Runs, long MemoryKept)
{
    public override string ToString() => $"{Runs} runs, no fault, {MemoryKept / 1024} KiB kept";
}

/// <summary>An input broke the target.</summary>
internal sealed class FuzzFailure(string target, int seed, string what)
    : Exception($"{target}: seed {seed} found a fault; repeat it with: {target} --runs 1 --seed {seed}{Environment.NewLine}{what}");
