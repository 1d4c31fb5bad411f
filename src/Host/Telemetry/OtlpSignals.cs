namespace Actors.Host.Telemetry;

/// <summary>Which signals the standard variables of OpenTelemetry ask to be exported.</summary>
/// <param name="Metrics">The meters.</param>
/// <param name="Traces">The spans.</param>
/// <param name="Logs">The log.</param>
internal readonly record struct OtlpSignals(bool Metrics, bool Traces, bool Logs)
{
    public static OtlpSignals None { get; }

    /// <summary>Each signal that has an endpoint, of its own or of all, and is not switched off.</summary>
    /// <param name="variable">Reads a variable of the environment.</param>
    public static OtlpSignals Of(Func<string, string?> variable)
    {
        if (string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)) return None;
        bool IsSet(string name) => !string.IsNullOrWhiteSpace(variable(name));
        var all = IsSet("OTEL_EXPORTER_OTLP_ENDPOINT");
        bool IsOn(string signal) => (all || IsSet($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")) && variable($"OTEL_{signal}_EXPORTER") != "none";
        return new OtlpSignals(IsOn("METRICS"), IsOn("TRACES"), IsOn("LOGS"));
    }
}
