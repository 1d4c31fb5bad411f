using System.Globalization;

namespace Benchmarks.Grains;

/// <summary>What this process holds after a collection that gives back what it can, in bytes.</summary>
/// <param name="Resident">Of the process.</param>
/// <param name="Heap">Of the managed heap: what is alive.</param>
internal readonly record struct ProcessMemory(long Resident, long Heap)
{
    public static ProcessMemory Now()
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return new(ResidentBytes(), heap);
    }

    private static long ResidentBytes()
    {
        const string Prefix = "VmRSS:";
        var line = File.ReadLines("/proc/self/status").First(status => status.StartsWith(Prefix, StringComparison.Ordinal));
        return 1024 * long.Parse(line[Prefix.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
