using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Actors.Hosting.Handlers;
using Microsoft.Extensions.Logging;

namespace Actors.Host.Telemetry;

/// <summary>Makes a line of each log record, as text or as a JSON object, with the ids of the span that is current.</summary>
internal sealed class LineProvider(LogFormat format, LineQueue lines) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, format, lines);

    public void Dispose()
    {
    }

    /// <summary>A line of text; what peers sent may be part of it, and a line is a line.</summary>
    internal static string Text(DateTimeOffset time, LogLevel level, string category, string message, Exception? cause, Activity? span)
    {
        var why = cause is null ? "" : $": {cause.Message}";
        var trace = span is null ? "" : $" (trace {span.TraceId}, span {span.SpanId})";
        return $"{Time(time)} {Word(level)} [{category}] {EscapedText.Of($"{message}{why}")}{trace}";
    }

    /// <summary>A line of JSON.</summary>
    internal static string Json(DateTimeOffset time, LogLevel level, string category, string message, Exception? cause, Activity? span)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", Time(time));
            json.WriteString("level", Word(level));
            json.WriteString("role", category);
            json.WriteString("message", message);
            if (cause is not null)
            {
                json.WriteString("error", cause.Message);
                json.WriteString("errorType", cause.GetType().FullName);
                if (cause.StackTrace is { } stack) json.WriteString("stack", stack);
            }
            if (span is not null)
            {
                json.WriteString("traceId", span.TraceId.ToHexString());
                json.WriteString("spanId", span.SpanId.ToHexString());
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => "error",
    };

    private sealed class Logger(string category, LogFormat format, LineQueue lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var time = state is LogLine line ? line.Time : TimeProvider.System.GetUtcNow();
            var message = formatter(state, exception);
            // A span without W3C ids has nothing that another program knows.
            var span = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current : null;
            lines.Add(format == LogFormat.Json ? Json(time, logLevel, category, message, exception, span) : Text(time, logLevel, category, message, exception, span));
        }
    }
}
