using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Hosting.Handlers;
using Spectre.Console;

namespace Actors.Host.Commands;

/// <summary>
/// The output of a command, and the one place that knows what it is: a terminal (colours and tables), a pipe (plain text), or
/// JSON (<c>--output json</c>: one document, or for a stream one object a line).
/// </summary>
internal sealed class ToolOutput
{
    private readonly ToolInvocation _invocation;

    public ToolOutput(ToolInvocation invocation, bool isJson)
    {
        _invocation = invocation;
        IsJson = isJson;
        Console = invocation.ConsoleOf(invocation.Output, IsTerminal);
        ErrorConsole = invocation.ConsoleOf(invocation.Error, invocation.ErrorIsTerminal);
    }

    /// <summary>The user wants JSON on standard output, and nothing else there.</summary>
    public bool IsJson { get; }

    /// <summary>Standard output is a terminal and is to be written for people.</summary>
    public bool IsTerminal => _invocation.OutputIsTerminal && !IsJson;

    /// <summary>Standard error is a terminal, where progress may be drawn.</summary>
    public bool ShowsProgress => _invocation.ErrorIsTerminal;

    /// <summary>Standard output.</summary>
    public TextWriter Writer => _invocation.Output;

    /// <summary>Standard error: mistakes and summaries, never what the command was asked for.</summary>
    public TextWriter Errors => _invocation.Error;

    /// <summary>Standard output for Spectre's live displays; use <see cref="Write(ToolTable)"/> for tables.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Standard error for Spectre's progress.</summary>
    public IAnsiConsole ErrorConsole { get; }

    /// <summary>Writes a line. Control characters of strangers' text are escaped on a terminal.</summary>
    public void WriteLine(string line) => Writer.WriteLine(IsTerminal ? EscapedText.Of(line) : line);

    /// <summary>Writes a JSON document, or the next object of a stream, in one line.</summary>
    public void WriteJson<T>(T value, JsonTypeInfo<T> type) => Writer.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>Writes a table: with lines and colours on a terminal, as aligned columns in a pipe.</summary>
    public void Write(ToolTable table)
    {
        if (IsTerminal) Console.Write(table.ForTerminal());
        else table.WritePlain(Writer);
    }

    /// <summary>Opens standard output for bytes.</summary>
    public Stream OpenRaw() => _invocation.RawOutput?.Invoke() ?? new TextStream(Writer);

    /// <summary>Bytes for a writer that takes text only.</summary>
    private sealed class TextStream(TextWriter writer) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => writer.Write(System.Text.Encoding.UTF8.GetString(buffer));
    }
}
