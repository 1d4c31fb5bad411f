using Actors.Hosting.Configuration;

namespace Actors.Host.Telemetry;

/// <summary>The keys of the section <c>host.log</c>.</summary>
internal static class LogKeys
{
    public static readonly Key Log = new("log", KeyType.Section, null, "The log on standard error. Its level is `akka.loglevel`.");

    public static readonly Key Format = new(
        "format",
        KeyType.Choice(("text", LogFormat.Text), ("json", LogFormat.Json)),
        "text",
        "text: time, level, role and message; json: an object a line, also for what the host says of itself. Both name the span in whose course something was logged (docs/telemetry.md).");

    public static readonly IReadOnlyList<Key> All = [Format];

    /// <summary>Reads them; mistakes are noted.</summary>
    public static LogFormat Read(Section host)
    {
        var section = host.Below(Log.Name);
        section.Allow(All, "host.log");
        return section.Get<LogFormat>(Format);
    }
}

/// <summary>How the lines of a host's log look.</summary>
internal enum LogFormat
{
    /// <summary>Time, level, role and message.</summary>
    Text,

    /// <summary>A JSON object each.</summary>
    Json,
}
