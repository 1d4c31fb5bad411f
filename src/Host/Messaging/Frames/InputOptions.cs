using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using System.Text.Json;
using Actors.Host.Commands;

namespace Actors.Host.Messaging.Frames;

/// <summary>
/// What a verb sends: frames on the command line, in their order, or messages from standard input. <c>TEXT</c>, <c>--frame</c>, <c>--hex</c>,
/// <c>--json</c>, <c>--file</c> and <c>--template</c> each give a frame; without any, standard input has a message a line.
/// </summary>
internal sealed class InputOptions
{
    private readonly Argument<string[]> _texts = new("text") { Description = "Frames of text. Without any frame, messages are read from standard input.", Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _frames = Repeated("--frame", "TEXT", "A frame of text, as TEXT without the option.");
    private readonly Option<string[]> _hex = Repeated("--hex", "HEX", "A frame in hex.");
    private readonly Option<string[]> _json = Repeated("--json", "JSON", "A frame of JSON, which is checked.");
    private readonly Option<string[]> _files = Repeated("--file", "FILE", "A frame with the bytes of a file; - for all of standard input.");
    private readonly Option<string[]> _templates;
    private readonly Option<string?>? _input;
    private readonly Option<string?>? _split;
    private readonly bool _isReply;

    /// <param name="command">The verb.</param>
    /// <param name="isReply">Whether it answers requests, and so has no messages from standard input.</param>
    public InputOptions(Command command, bool isReply = false)
    {
        _isReply = isReply;
        _templates = Repeated("--template", "TEXT", $"A frame of text with fields: {MessageTemplate.Fields}{(isReply ? $", {MessageTemplate.ReplyFields}" : "")}.");
        if (isReply) _texts.Description = "Frames of text to answer with.";
        command.Add(_texts);
        foreach (var option in (Option[])[_frames, _hex, _json, _files, _templates]) command.Add(option);
        if (isReply) return;
        _input = new Option<string?>("--input") { Description = "Standard input has: lines, a message each; whole, one message; hex, a line a message with frames between spaces; json, a line a message as --format json writes it. Default lines.", HelpName = "lines|whole|hex|json" };
        _input.AcceptOnlyFromAmong("lines", "whole", "hex", "json");
        _split = new Option<string?>("--split") { Description = "Splits each line of standard input into frames at this text; \\t is a tab.", HelpName = "TEXT" };
        command.Add(_input);
        command.Add(_split);
    }

    /// <summary><c>\t</c>, <c>\n</c>, <c>\0</c> and <c>\\</c> as the characters that they stand for.</summary>
    public static string Unescape(string text) => text.Replace("\\\\", "\0\0", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\0", "\0", StringComparison.Ordinal).Replace("\0\0", "\\", StringComparison.Ordinal);

    /// <summary>The frames of the command line as a maker of messages; null where there is none.</summary>
    /// <exception cref="ToolException">A frame is malformed, or its file cannot be read.</exception>
    public async Task<FrameMaker?> Frames(ToolContext context, CancellationToken stop)
    {
        var makers = new List<Func<long, DateTimeOffset, IReadOnlyList<ReadOnlyMemory<byte>>?, ReadOnlyMemory<byte>>>();
        foreach (var (symbol, text) in InOrder(context.Line))
        {
            if (symbol == _templates)
            {
                var template = new MessageTemplate(text, _isReply);
                makers.Add((number, now, request) => template.Render(number, now, request));
                continue;
            }
            ReadOnlyMemory<byte> frame =
                symbol == _hex ? Hex(text) :
                symbol == _json ? Json(text) :
                symbol == _files ? await Bytes(text, context, stop) :
                Encoding.UTF8.GetBytes(text);
            makers.Add((_, _, _) => frame);
        }
        return makers.Count == 0 ? null : new FrameMaker([.. makers]);
    }

    /// <summary>The messages to send.</summary>
    /// <param name="context">The run.</param>
    /// <param name="count">How many at most; for frames of the command line, null is one.</param>
    /// <param name="isEndless">Whether frames of the command line without a count are sent without end.</param>
    /// <param name="stop">Ends the reading.</param>
    public async Task<MessageSource> Open(ToolContext context, long? count, bool isEndless, CancellationToken stop)
    {
        var (input, split) = (context.Get(_input!), context.Get(_split!));
        if (await Frames(context, stop) is { } frames)
        {
            if (input is not null || split is not null) throw ToolException.Usage("--input and --split are for messages from standard input, and there are frames on the command line: expected one of the two");
            return frames.Source(isEndless ? count : count ?? 1, context.Invocation.Time, stop);
        }
        if (split is not null && input is not (null or "lines")) throw ToolException.Usage($"--split is for lines, and --input is {input}: expected one of the two");
        if (context.Invocation.InputIsTerminal) context.Output.Errors.WriteLine("each line is a message; Ctrl-D ends the input");
        return StandardInput.Source(context.Invocation.Input(), input ?? "lines", split is null ? null : Encoding.UTF8.GetBytes(Unescape(split)), count, stop) with { IsTyped = context.Invocation.InputIsTerminal };
    }

    /// <summary>The values of the arguments and of all frame options, as the user has ordered them.</summary>
    private IEnumerable<(Symbol Symbol, string Text)> InOrder(ParseResult line)
    {
        var owners = new Dictionary<Token, Symbol>(ReferenceEqualityComparer.Instance);
        foreach (var token in line.GetResult(_texts)?.Tokens ?? []) owners[token] = _texts;
        foreach (var option in (Option<string[]>[])[_frames, _hex, _json, _files, _templates])
        {
            foreach (var token in line.GetResult(option)?.Tokens ?? []) owners[token] = option;
        }
        return line.Tokens.Where(owners.ContainsKey).Select(token => (owners[token], token.Value));
    }

    private static Option<string[]> Repeated(string name, string value, string description) => new(name) { Description = description, HelpName = value, DefaultValueFactory = _ => [] };

    private static byte[] Hex(string text)
    {
        try
        {
            return Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
        }
        catch (FormatException)
        {
            throw ToolException.Usage($"--hex is \"{text}\": expected pairs of hex digits, as in 00FF");
        }
    }

    private static byte[] Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Encoding.UTF8.GetBytes(text);
        }
        catch (JsonException fault)
        {
            throw ToolException.Usage($"--json is not JSON: {fault.Message}");
        }
    }

    private static async Task<byte[]> Bytes(string file, ToolContext context, CancellationToken stop)
    {
        if (file == "-") return await StandardInput.Whole(context.Invocation.Input(), stop);
        try
        {
            return await File.ReadAllBytesAsync(file, stop);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"--file cannot be read: {fault.Message}");
        }
    }
}
