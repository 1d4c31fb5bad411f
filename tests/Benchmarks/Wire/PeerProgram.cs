using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Wire;

/// <summary>How to start an end of a benchmark: this program again in its peer mode, or the one on libzmq.</summary>
internal sealed record PeerProgram(string Name, string File, IReadOnlyList<string> Prefix)
{
    /// <param name="verb">The verb of this program under which the ends are.</param>
    public static PeerProgram Ours(string verb)
    {
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("The system does not tell the path of this program.");
        var underHost = Path.GetFileNameWithoutExtension(self) == "dotnet";
        return new("ours", self, underHost ? [typeof(PeerProgram).Assembly.Location, verb] : [verb]);
    }

    public PeerProcess StartBinding(WireRow row, Timing timing)
    {
        return row.Measurer == Measurer.Binding
            ? Start(row.Binds, row.Endpoint, Number(row.Size), Number(timing.WarmUp), Number(timing.Duration))
            : Start(row.Binds, row.Endpoint, Number(row.Size));
    }

    public PeerProcess StartConnecting(WireRow row, Timing timing, string endpoint)
    {
        return row.Measurer == Measurer.Connecting
            ? Start(row.Connects, endpoint, Number(row.Size), Number(timing.WarmUp), Number(timing.Duration))
            : Start(row.Connects, endpoint, Number(row.Size));
    }

    private PeerProcess Start(params string[] arguments)
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
        return new PeerProcess($"{Name} {arguments[0]}", process);
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How long an end warms up and measures, in seconds.</summary>
internal readonly record struct Timing(double WarmUp, double Duration);
