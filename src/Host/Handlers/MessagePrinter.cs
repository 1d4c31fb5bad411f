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

    public string Render(Message message) =>
        !template.Contains('{', StringComparison.Ordinal)
            ? template
            : template
                .Replace("{size}", message.Size.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{frames}", message.FrameCount.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{hex}", Join(message, index => Convert.ToHexString(message[index].Span)), StringComparison.Ordinal)
                // Last, so that a message's own braces stay as they are.
                .Replace("{text}", Join(message, message.Text), StringComparison.Ordinal);

    private static string Join(Message message, Func<int, string> frame) => string.Join(' ', Enumerable.Range(0, message.FrameCount).Select(frame));
}

/// <summary>Prints a line for each message, or nothing where no line is configured.</summary>
internal sealed class MessagePrinter(TextWriter output, string? template)
{
    private readonly LineTemplate? _line = template is null ? null : new LineTemplate(template);

    public void Print(Message message)
    {
        if (_line is not null) output.WriteLine(_line.Render(message));
    }

    /// <summary>Prints what is not a message, to the same place.</summary>
    public void Note(string line) => output.WriteLine(line);
}
