using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Actors.Host.Probe;

/// <summary>A report of a probe as text for monitoring systems.</summary>
internal static class ProbeFormats
{
    /// <summary>One line: the JSON of the report.</summary>
    public static string Json(ProbeReport report) => JsonSerializer.Serialize(report, ProbeJson.Default.ProbeReport);

    /// <summary>One line of a Nagios plugin, with performance data in seconds behind the bar.</summary>
    public static string Nagios(ProbeReport report, ProbeLimits limits)
    {
        var state = limits.StateOf(report);
        var line = new StringBuilder($"ZMTP {state.ToString().ToUpperInvariant()} - {report.Sentence.Replace('|', '/')}");
        var data = new List<string>();
        if (report.RoundTripSeconds is { } trip) data.Add(string.Create(CultureInfo.InvariantCulture, $"rtt={trip:0.000000}s;{Seconds(limits.Warning)};{Seconds(limits.Critical)};0"));
        if (report.ConnectSeconds is { } connect) data.Add(string.Create(CultureInfo.InvariantCulture, $"connect={connect:0.000000}s;;;0"));
        return data.Count == 0 ? line.ToString() : line.Append(" | ").AppendJoin(' ', data).ToString();
    }

    /// <summary>A line of a plugin that could not do its work.</summary>
    public static string NagiosUnknown(string reason) => $"ZMTP UNKNOWN - {reason.ReplaceLineEndings(" ").Replace('|', '/')}";

    /// <summary>Metrics in Prometheus' text format, as the textfile collector of the node exporter reads them.</summary>
    public static string Prometheus(ProbeReport report)
    {
        var endpoint = $"endpoint=\"{Escape(report.Endpoint)}\"";
        var text = new StringBuilder();
        Gauge("zmtp_probe_success", "1 if a ZMTP socket answers and lets the probe in, otherwise 0.", endpoint, report.Ok ? 1 : 0);
        Gauge(
            "zmtp_probe_info",
            "What the probe found.",
            $"{endpoint},outcome=\"{Text.Kebab(report.Outcome)}\",zmtp=\"{Escape(report.Zmtp)}\",mechanism=\"{Escape(report.Mechanism)}\",socket_type=\"{Escape(report.SocketType)}\",identity=\"{Escape(report.Identity)}\"",
            1);
        if (report.RoundTripSeconds is { } trip) Gauge("zmtp_probe_round_trip_seconds", "Time for a message to the peer and back.", $"{endpoint},by=\"{Text.Kebab(report.RoundTripBy!.Value)}\"", trip);
        if (report.ConnectSeconds is { } connect) Gauge("zmtp_probe_connect_seconds", "Time from the first packet to the connection.", endpoint, connect);
        return text.ToString();

        void Gauge(string name, string help, string labels, double value) =>
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n{name}{{{labels}}} {value:0.#########}\n");
    }

    private static string Seconds(TimeSpan? time) => time?.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture) ?? "";

    private static string Escape(string? value) => (value ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
