using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using Actors.Host.Commands;

namespace Actors.Host.Messaging.Frames;

/// <summary>Messages from standard input, whose bytes are taken as they are.</summary>
internal static class StandardInput
{
    /// <param name="input">The stream.</param>
    /// <param name="kind"><c>lines</c>, <c>whole</c>, <c>hex</c> or <c>json</c>.</param>
    /// <param name="split">What separates the frames of a line; null where a line is a frame.</param>
    /// <param name="count">How many messages to read at most.</param>
    /// <param name="stop">Ends the reading.</param>
    public static MessageSource Source(Stream input, string kind, byte[]? split, long? count, CancellationToken stop) => new(kind switch
    {
        "whole" => OfWhole(input, stop),
        "hex" => Of(input, count, OfHex, stop),
        "json" => Of(input, count, FrameJson.Read, stop),
        _ => Of(input, count, (line, _) => split is null ? [line] : Split(line, split), stop),
    }, null, IsEndless: false);

    /// <summary>All of it.</summary>
    public static async Task<byte[]> Whole(Stream input, CancellationToken stop)
    {
        var bytes = new MemoryStream();
        // A read of standard input does not end when it is cancelled; the process does.
        await input.CopyToAsync(bytes, CancellationToken.None).WaitAsync(stop);
        return bytes.ToArray();
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>[]> OfWhole(Stream input, [EnumeratorCancellation] CancellationToken stop)
    {
        yield return [await Whole(input, stop)];
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>[]> Of(Stream input, long? count, Func<ReadOnlyMemory<byte>, long, ReadOnlyMemory<byte>[]> message, [EnumeratorCancellation] CancellationToken stop)
    {
        var reader = PipeReader.Create(input);
        var number = 0L;
        while (count is null || number < count)
        {
            var read = await reader.ReadAsync(CancellationToken.None).AsTask().WaitAsync(stop);
            var rest = read.Buffer;
            while ((count is null || number < count) && TakeLine(ref rest, read.IsCompleted) is { } line) yield return message(line, ++number);
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted && rest.IsEmpty) yield break;
        }
    }

    /// <summary>The next line without its end; at the end of the input also one that has none.</summary>
    private static byte[]? TakeLine(ref ReadOnlySequence<byte> buffer, bool isLast)
    {
        byte[] line;
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end).ToArray();
            buffer = buffer.Slice(buffer.GetPosition(1, end));
        }
        else
        {
            if (!isLast || buffer.IsEmpty) return null;
            line = buffer.ToArray();
            buffer = buffer.Slice(buffer.End);
        }
        return OperatingSystem.IsWindows() && line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private static ReadOnlyMemory<byte>[] Split(ReadOnlyMemory<byte> line, byte[] split)
    {
        var frames = new List<ReadOnlyMemory<byte>>();
        int at;
        while (split.Length > 0 && (at = line.Span.IndexOf(split)) >= 0)
        {
            frames.Add(line[..at]);
            line = line[(at + split.Length)..];
        }
        return [.. frames, line];
    }

    private static ReadOnlyMemory<byte>[] OfHex(ReadOnlyMemory<byte> line, long number)
    {
        try
        {
            var frames = Encoding.ASCII.GetString(line.Span).Trim().Split(' ');
            return Array.ConvertAll(frames, frame => (ReadOnlyMemory<byte>)Convert.FromHexString(frame));
        }
        catch (FormatException)
        {
            throw new ToolException($"line {number} of the input is no message in hex: expected pairs of hex digits, with a space between frames");
        }
    }
}
