using System.Globalization;
using System.Runtime.InteropServices;

namespace Benchmarks.Idle;

/// <summary>What a process has used so far: its processor time, to the nanosecond, and the context switches of its threads.</summary>
/// <param name="Cpu">The time of all threads, also of those that have ended.</param>
/// <param name="Switches">Voluntary and other switches by thread; those of threads that have ended are unknown.</param>
internal sealed partial record ProcessUsage(TimeSpan Cpu, IReadOnlyDictionary<string, long> Switches)
{
    // The clock of a process, as clock_getcpuclockid(3) makes it of the process id.
    private const int ClockOfProcess = 2;

    public static ProcessUsage Of(int process)
    {
        if (GetTime((~process << 3) | ClockOfProcess, out var time) != 0) throw new InvalidOperationException($"the clock of process {process} cannot be read: error {Marshal.GetLastPInvokeError()}");
        var switches = new Dictionary<string, long>();
        foreach (var thread in Directory.GetDirectories($"/proc/{process}/task"))
        {
            try
            {
                switches.Add(thread, File.ReadLines(Path.Combine(thread, "status")).Where(line => line.Contains("ctxt_switches", StringComparison.Ordinal)).Sum(line => long.Parse(line.Split(':')[1], CultureInfo.InvariantCulture)));
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
            }
        }
        return new(TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick), switches);
    }

    public (TimeSpan Cpu, long Switches) Since(ProcessUsage before) =>
        (Cpu - before.Cpu, Switches.Sum(thread => thread.Value - before.Switches.GetValueOrDefault(thread.Key)));

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
