using System.Reflection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Actors.Host.Telemetry;

/// <summary>Exports by OTLP. Where to, how and how often is read by OpenTelemetry itself, from its variables.</summary>
internal sealed class OtlpExport : IDisposable
{
    /// <summary>The meters and activity sources of this program.</summary>
    public static readonly string[] Names = ["Actors", "Actors.Grains"];

    private readonly OtlpSignals _signals;
    private readonly ResourceBuilder _resource;
    private readonly MeterProvider? _metrics;
    private readonly TracerProvider? _traces;

    private OtlpExport(OtlpSignals signals, string service)
    {
        _signals = signals;
        _resource = ResourceBuilder.CreateEmpty()
            .AddTelemetrySdk()
            .AddService(service, serviceVersion: typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion)
            // What the variables say goes before.
            .AddEnvironmentVariableDetector();
        if (signals.Metrics) _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(_resource).AddMeter(Names).AddOtlpExporter().Build();
        if (signals.Traces) _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(_resource).AddSource(Names).AddOtlpExporter().Build();
    }

    /// <param name="signals">What to export.</param>
    /// <param name="service">The name of the service, unless a variable gives it one.</param>
    public static OtlpExport Start(OtlpSignals signals, string service) => new(signals, service);

    /// <summary>Exports a log too, where that is asked for.</summary>
    public void AddLogs(ILoggingBuilder logging)
    {
        if (!_signals.Logs) return;
        logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.SetResourceBuilder(_resource).AddOtlpExporter();
        });
    }

    /// <summary>Sends what has been measured and traced so far.</summary>
    public void Flush()
    {
        _metrics?.ForceFlush();
        _traces?.ForceFlush();
    }

    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }
}
