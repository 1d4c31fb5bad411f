using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Wire;

/// <summary>How fast the disk syncs, where the journals of a measurement are.</summary>
internal static class DiskSync
{
    private const int Size = 4096;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    public static string Describe() => string.Create(CultureInfo.InvariantCulture, $"the disk of {Path.GetTempPath()}: {Rate():F0} times a second {Size} bytes and fsync");

    private static double Rate()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        var block = new byte[Size];
        var began = Stopwatch.GetTimestamp();
        var syncs = 0;
        do
        {
            // A log that is written over, as SQLite's is.
            file.Position = syncs % 256 * Size;
            file.Write(block);
            file.Flush(flushToDisk: true);
            syncs++;
        }
        while (Stopwatch.GetElapsedTime(began) < Duration);
        return syncs / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
