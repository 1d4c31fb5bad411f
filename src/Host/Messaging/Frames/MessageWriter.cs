using System.CommandLine;
using System.Text;
using Actors.Host.Commands;
using Actors.Hosting.Handlers;

namespace Actors.Host.Messaging.Frames;

/// <summary>How messages stand on standard output.</summary>
internal enum MessageFormat
{
    Text,
    Hex,
    Json,
    Raw,
}

/// <summary><c>--format</c> and <c>--separator</c>.</summary>
internal sealed class FormatOptions
{
    private readonly Option<string?> _format = new("--format", "-f") { Description = "text: a line a message, frames with a separator between. hex: a line, frames with a space between. json: an object a line. raw: the bytes, with nothing added. Default text.", HelpName = "text|hex|json|raw" };
    private readonly Option<string> _separator = new("--separator") { Description = "What stands between the frames of a line of text. Default a tab.", DefaultValueFactory = _ => "\t", HelpName = "TEXT" };

    public FormatOptions(Command command)
    {
        _format.AcceptOnlyFromAmong("text", "hex", "json", "raw");
        command.Add(_format);
        command.Add(_separator);
    }

    /// <summary>Opens standard output in the format; <c>--output json</c> is a stream of JSON as well.</summary>
    public MessageWriter Open(ToolContext context)
    {
        var format = context.Get(_format) is { } name ? Enum.Parse<MessageFormat>(name, ignoreCase: true) : context.Output.IsJson ? MessageFormat.Json : MessageFormat.Text;
        if (context.Output.IsJson && format != MessageFormat.Json) throw ToolException.Usage("--output json has messages in JSON: expected no other --format");
        return new MessageWriter(context, format, InputOptions.Unescape(context.Get(_separator)!));
    }
}

/// <summary>Writes messages to standard output: buffered, until <see cref="Flush"/>.</summary>
internal sealed class MessageWriter : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly BufferedStream _output;
    private readonly MessageFormat _format;
    private readonly byte[] _separator;
    private readonly bool _escapes;
    private readonly TimeProvider _time;
    private long _unflushed;

    public MessageWriter(ToolContext context, MessageFormat format, string separator)
    {
        _output = new BufferedStream(context.Output.OpenRaw(), BufferSize);
        (_format, _separator, _time) = (format, Encoding.UTF8.GetBytes(separator), context.Invocation.Time);
        _escapes = context.Output.IsTerminal;
    }

    /// <exception cref="ToolException">Nobody reads standard output any more, or the disk is full.</exception>
    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        _unflushed++;
        OrFault(() =>
        {
            switch (_format)
            {
                case MessageFormat.Json:
                    FrameJson.Write(_output, frames, _time.GetUtcNow());
                    break;
                case MessageFormat.Hex:
                    _output.Write(Encoding.ASCII.GetBytes(string.Join(' ', frames.Select(frame => Convert.ToHexString(frame.Span)))));
                    break;
                default:
                    for (var i = 0; i < frames.Count; i++)
                    {
                        if (i > 0 && _format == MessageFormat.Text) _output.Write(_separator);
                        // A terminal would obey the control characters of a peer.
                        _output.Write(_escapes && _format == MessageFormat.Text ? Encoding.UTF8.GetBytes(EscapedText.Of(Encoding.UTF8.GetString(frames[i].Span))) : frames[i].Span);
                    }
                    break;
            }
            if (_format != MessageFormat.Raw) _output.WriteByte((byte)'\n');
        });
    }

    /// <summary>Hands on what is buffered.</summary>
    /// <exception cref="ToolException">Nobody reads standard output any more, or the disk is full.</exception>
    public void Flush()
    {
        if (_unflushed == 0) return;
        OrFault(_output.Flush);
        _unflushed = 0;
    }

    public void Dispose()
    {
        // What could not be flushed was said.
        if (_unflushed == 0) _output.Dispose();
    }

    private void OrFault(Action write)
    {
        try
        {
            write();
        }
        catch (IOException fault)
        {
            var lost = _unflushed;
            _unflushed = 0;
            throw new ToolException($"standard output: {fault.Message}; up to {lost} messages that were received are not written");
        }
    }
}
