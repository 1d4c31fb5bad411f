using System.Diagnostics;
using System.Globalization;
using Actors.Zmtp;

namespace Benchmarks.Cycles;

/// <summary>
/// Connects and disconnects over tcp loopback, a message each, in two ways: with a new socket each time, and with one
/// socket that connects and disconnects. Memory and descriptors have to stay flat.
/// </summary>
internal static class ConnectCycles
{
    private const int Lines = 10;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Returns 1 when more was left behind at the end than after the first tenth.</summary>
    public static int Run(int count)
    {
        Console.WriteLine("kind      cycles   seconds  resident-MB  managed-MB  descriptors");
        using PullSocket pull = new();
        string endpoint = $"tcp://127.0.0.1:{pull.BindRandomPort("tcp://127.0.0.1")}";
        bool flat = Measure("sockets", count, () => NewSocket(pull, endpoint));
        using PushSocket push = new();
        flat &= Measure("endpoints", count, () => NewEndpoint(pull, push, endpoint));
        Console.WriteLine(flat ? "flat" : "NOT flat");
        return flat ? 0 : 1;
    }

    private static bool Measure(string kind, int count, Action cycle)
    {
        long began = Stopwatch.GetTimestamp();
        Footprint? first = null;
        Footprint last = default;
        for (int line = 1; line <= Lines; line++)
        {
            for (int i = 0; i < Math.Max(1, count / Lines); i++)
            {
                cycle();
            }

            last = Footprint.Take();
            first ??= last;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{kind,-9} {(long)line * count / Lines,7} {Stopwatch.GetElapsedTime(began).TotalSeconds,9:0.0} {last.Resident / 1e6,12:0.0} {last.Managed / 1e6,11:0.00} {last.Descriptors,12}"));
        }

        return last.IsNoMoreThan(first!.Value);
    }

    private static void NewSocket(PullSocket pull, string endpoint)
    {
        using PushSocket push = new();
        push.Connect(endpoint);
        Carry(pull, push);
    }

    private static void NewEndpoint(PullSocket pull, PushSocket push, string endpoint)
    {
        push.Connect(endpoint);
        Carry(pull, push);
        push.Disconnect(endpoint);
    }

    private static void Carry(PullSocket pull, PushSocket push)
    {
        push.SendFrame("x");
        if (!pull.TryReceiveFrameBytes(s_patience, out _))
        {
            throw new TimeoutException($"A message did not come within {s_patience.TotalSeconds} s.");
        }
    }

    private readonly record struct Footprint(long Resident, long Managed, int Descriptors)
    {
        /// <summary>What one collection or a late connection makes, more or less.</summary>
        private const int SlackBytes = 24_000_000;
        private const int SlackDescriptors = 20;

        public static Footprint Take()
        {
            long managed = GC.GetTotalMemory(forceFullCollection: true);
            return new Footprint(Environment.WorkingSet, managed, OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : 0);
        }

        public bool IsNoMoreThan(Footprint first)
            => Resident <= first.Resident + SlackBytes && Managed <= first.Managed + SlackBytes && Descriptors <= first.Descriptors + SlackDescriptors;
    }
}
