using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Wire;

/// <summary>How to start an end of a benchmark: this program again in its peer mode, or the one on libzmq.</summary>
internal sealed record PeerProgram(string Name, string File, IReadOnlyList<string> Prefix)
{
    /// <param name="verb">The verb of this program under which the ends are.</param>
    /// <param name="options">What stands behind the verb for each of them.</param>
    public static PeerProgram Ours(string verb, params string[] options)
    {
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("The system does not tell the path of this program.");
        var underHost = Path.GetFileNameWithoutExtension(self) == "dotnet";
        return new("ours", self, underHost ? [typeof(PeerProgram).Assembly.Location, verb, .. options] : [verb, .. options]);
    }

    public PeerProcess StartBinding(WireRow row, Timing timing) => Start(row, timing, row.Binds, row.Endpoint, row.Measurer == Measurer.Binding);

    public PeerProcess StartConnecting(WireRow row, Timing timing, string endpoint) => Start(row, timing, row.Connects!, endpoint, row.Measurer == Measurer.Connecting);

    private PeerProcess Start(WireRow row, Timing timing, string peer, string endpoint, bool measures)
    {
        List<string> arguments = [peer, endpoint, Number(row.Size)];
        if (row.Count is { } count) arguments.Add(Number(count));
        if (measures) arguments.AddRange([Number(timing.WarmUp), Number(timing.Duration)]);
        return Start(arguments);
    }

    public PeerProcess Start() => Start([]);

    private PeerProcess Start(List<string> arguments)
    {
        var info = new ProcessStartInfo(File)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var argument in Prefix.Concat(arguments))
            info.ArgumentList.Add(argument);
        var process = Process.Start(info) ?? throw new InvalidOperationException($"{File} did not start.");
        return new PeerProcess($"{Name} {arguments.FirstOrDefault()}", process);
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The programs of a comparison; the neutral one is the end that connects of rows that measure only the other.</summary>
internal sealed record Programs(PeerProgram Ours, PeerProgram Libzmq, PeerProgram Neutral);

/// <summary>How long an end warms up and measures, in seconds.</summary>
internal readonly record struct Timing(double WarmUp, double Duration);
