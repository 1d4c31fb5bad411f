using Actors.Host.Grains;
using Actors.Hosting.Configuration;

namespace Actors.Host.Telemetry;

/// <summary>The log of a host and, where the variables of OpenTelemetry ask for it, the export of metrics, traces and logs.</summary>
internal sealed class HostTelemetry : IDisposable
{
    private readonly OtlpExport? _export;

    private HostTelemetry(HostLog log, OtlpExport? export)
    {
        Log = log;
        _export = export;
    }

    public HostLog Log { get; }

    /// <param name="plan">Its file names the service, and how the log looks.</param>
    /// <param name="variable">Reads a variable of the environment.</param>
    public static HostTelemetry Start(HostPlan plan, Func<string, string?> variable)
    {
        var format = ProgramExtras.Of(plan).LogFormat;
        var signals = OtlpSignals.Of(variable);
        // Without a variable, no code of OpenTelemetry is loaded.
        if (signals == OtlpSignals.None) return new HostTelemetry(new HostLog(format), null);
        var export = OtlpExport.Start(signals, Path.GetFileNameWithoutExtension(plan.File.File));
        return new HostTelemetry(new HostLog(format, export.AddLogs), export);
    }

    /// <summary>Sends what has been measured so far, while the roles can still be read. Blocks until it is sent or cannot be.</summary>
    public void Flush() => _export?.Flush();

    public void Dispose()
    {
        Log.Dispose();
        _export?.Dispose();
    }
}
