using System.Globalization;
using System.Text;
using Actors.Transport;

namespace Actors.Hosting.Handlers;

/// <summary>A line to print for a message: {text}, {hex}, {size} and {frames} stand for it, {peer} for the peer of a router that sent it, anything else for itself.</summary>
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
            if (name is not ("text" or "hex" or "size" or "frames" or "peer")) return $"\"{template}\" has the unknown placeholder {{{name}}}: expected {{text}}, {{hex}}, {{size}}, {{frames}} or {{peer}}";
        }
        return null;
    }

    /// <param name="message">The message.</param>
    /// <param name="peer">The routing id of the peer that sent it; null where it is not known.</param>
    /// <param name="escapes">Whether control characters of the message are shown as codes.</param>
    public string Render(Message message, ReadOnlyMemory<byte>? peer = null, bool escapes = false)
    {
        var line = new StringBuilder();
        var at = 0;
        for (var open = template.IndexOf('{', StringComparison.Ordinal); open >= 0; open = template.IndexOf('{', at))
        {
            var close = template.IndexOf('}', open);
            line.Append(template, at, open - at).Append(template[(open + 1)..close] switch
            {
                "size" => message.Size.ToString(CultureInfo.InvariantCulture),
                "frames" => message.FrameCount.ToString(CultureInfo.InvariantCulture),
                "hex" => Join(message, index => Convert.ToHexString(message[index].Span)),
                "peer" => peer is { } id ? PeerText(id) : "",
                _ => Join(message, escapes ? index => EscapedText.Of(message.Text(index)) : message.Text),
            });
            at = close + 1;
        }
        return line.Append(template, at, template.Length - at).ToString();
    }

    /// <summary>A routing id as text where it is printable ASCII, else in hex.</summary>
    private static string PeerText(ReadOnlyMemory<byte> id) =>
        id.Span.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? Convert.ToHexString(id.Span) : Encoding.ASCII.GetString(id.Span);

    private static string Join(Message message, Func<int, string> frame) => string.Join(' ', Enumerable.Range(0, message.FrameCount).Select(frame));
}

/// <summary>Prints a line for each message, or nothing where no line is configured.</summary>
/// <param name="output">Where to; a <see cref="TerminalWriter"/> gets no control characters of a message.</param>
/// <param name="template">The line; null where there is none.</param>
/// <param name="errors">Where failures are said; null for the errors of a <see cref="HandlerOutput"/>, or standard error where the output is none.</param>
internal sealed class MessagePrinter(TextWriter output, string? template, TextWriter? errors = null)
{
    private readonly LineTemplate? _line = template is null ? null : new LineTemplate(template);

    private readonly bool _escapes = output is TerminalWriter or HandlerOutput { IsTerminal: true };

    public void Print(Message message)
    {
        if (_line is not null) output.WriteLine(_line.Render(message, escapes: _escapes));
    }

    public void Print(PeerMessage message)
    {
        if (_line is not null) output.WriteLine(_line.Render(message.Message, message.Peer, _escapes));
    }

    /// <summary>Prints what is not a message, to the same place.</summary>
    public void Note(string line) => output.WriteLine(line);

    /// <summary>Says that a request has failed.</summary>
    public void Failed(Exception cause) => (errors ?? (output as HandlerOutput)?.Errors ?? Console.Error).WriteLine($"failed: {EscapedText.Of(cause.Message)}");
}
