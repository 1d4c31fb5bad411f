using System.Globalization;
using Benchmarks.Wire;

namespace Benchmarks.Grains;

/// <summary>What a grain costs that was called once and does nothing.</summary>
internal static class IdleGrains
{
    public const int Count = 100_000;

    // Enough that what is made once is made before.
    private const int First = 1000;
    private const int InFlight = 64;

    /// <summary>Bytes a grain: of the process' memory, and of the managed heap.</summary>
    public static async Task<(double Resident, double Heap)> Measure(IGrainSide side)
    {
        await Create(side, 0, First).ConfigureAwait(false);
        var before = ProcessMemory.Now();
        await Create(side, First, Count).ConfigureAwait(false);
        var after = ProcessMemory.Now();
        return ((double)(after.Resident - before.Resident) / Count, (double)(after.Heap - before.Heap) / Count);
    }

    /// <summary>Calls each counter of a range of keys once.</summary>
    public static Task Create(IGrainSide side, int first, int count) => Parallel.ForEachAsync(
        Enumerable.Range(first, count),
        new ParallelOptions { MaxDegreeOfParallelism = InFlight },
        async (key, _) => await side.Counter(key.ToString(CultureInfo.InvariantCulture))().ConfigureAwait(false));
}
