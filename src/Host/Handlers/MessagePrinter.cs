using System.Globalization;
using Actors.Transport;

namespace Actors.Host.Handlers;

/// <summary>A line to print for a message: {text}, {hex}, {size} and {frames} stand for it, anything else for itself.</summary>
internal sealed class LineTemplate(string template)
{
    /// <summary>Names in braces that mean nothing, for an error message; null when there are none.</summary>
    public static string? Fault(string template)
    {
        for (var open = template.IndexOf('{', StringComparison.Ordinal); open >= 0; open = template.IndexOf('{', open + 1))
        {
            var close = template.IndexOf('}', open);
            if (close < 0) return $"\"{template}\" has an open brace without its end";
            var name = template[(open + 1)..close];
            if (name is not ("text" or "hex" or "size" or "frames")) return $"\"{template}\" has the unknown placeholder {{{name}}}: expected {{text}}, {{hex}}, {{size}} or {{frames}}";
        }
        return null;
    }

    /// <param name="message">What to show.</param>
    /// <param name="escapes">Whether control characters of the message are shown as codes.</param>
    public string Render(Message message, bool escapes = false) =>
        !template.Contains('{', StringComparison.Ordinal)
            ? template
            : template
                .Replace("{size}", message.Size.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{frames}", message.FrameCount.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{hex}", Join(message, index => Convert.ToHexString(message[index].Span)), StringComparison.Ordinal)
                // Last, so that a message's own braces stay as they are.
                .Replace("{text}", Join(message, escapes ? index => EscapedText.Of(message.Text(index)) : message.Text), StringComparison.Ordinal);

    private static string Join(Message message, Func<int, string> frame) => string.Join(' ', Enumerable.Range(0, message.FrameCount).Select(frame));
}

/// <summary>Prints a line for each message, or nothing where no line is configured.</summary>
/// <param name="output">Where to; a <see cref="TerminalWriter"/> gets no control characters of a message.</param>
/// <param name="template">The line; null where there is none.</param>
/// <param name="errors">Where failures are said; null is the process's standard error.</param>
internal sealed class MessagePrinter(TextWriter output, string? template, TextWriter? errors = null)
{
    private readonly LineTemplate? _line = template is null ? null : new LineTemplate(template);

    public void Print(Message message)
    {
        if (_line is not null) output.WriteLine(_line.Render(message, output is TerminalWriter));
    }

    /// <summary>Prints what is not a message, to the same place.</summary>
    public void Note(string line) => output.WriteLine(line);

    /// <summary>Says that a request has failed.</summary>
    public void Failed(Exception cause) => (errors ?? Console.Error).WriteLine($"failed: {EscapedText.Of(cause.Message)}");
}
