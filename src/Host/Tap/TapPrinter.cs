using System.Globalization;
using System.Text;
using Actors.Host.Commands;
using Actors.Zmtp;

namespace Actors.Host.Tap;

/// <summary>Shows what passes a tap, as lines of text or of JSON. What happens on other threads is shown one after the other with the rest.</summary>
/// <param name="output">Where to.</param>
/// <param name="time">The clock.</param>
/// <param name="most">Bytes of a frame that are shown.</param>
/// <param name="isHex">Shows all frames as hexadecimal digits.</param>
/// <param name="isQuiet">Shows nothing.</param>
internal sealed class TapPrinter(ToolOutput output, TimeProvider time, int most, bool isHex, bool isQuiet)
{
    private readonly Lock _gate = new();
    private long _dropped;

    /// <summary>Messages that the ends have dropped.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Message(bool isForward, TapEnd from, List<ReadOnlyMemory<byte>> message, TapEnd to) => Print("message", isForward, from, message, to);

    public void Lost(bool isForward, TapEnd from, List<ReadOnlyMemory<byte>> message, TapEnd to)
    {
        Interlocked.Increment(ref _dropped);
        Print("unroutable", isForward, from, message, to);
    }

    public void Subscription(bool isForward, TapEnd from, List<ReadOnlyMemory<byte>> message)
    {
        if (isQuiet) return;
        var first = message[0];
        if (message.Count != 1 || first.IsEmpty || first.Span[0] > 1)
        {
            Write(new TapRecord(time.GetUtcNow(), "message", Direction(isForward), from.PeerOf(default), null, message.Sum(frame => (long)frame.Length), [.. message.Select(Show)]));
            return;
        }
        Write(new TapRecord(time.GetUtcNow(), first.Span[0] == 1 ? "subscribe" : "cancel", Direction(isForward), from.PeerOf(default), Topic: Show(first[1..])));
    }

    /// <summary>An end has dropped messages that it was to send.</summary>
    public void Drop(bool isForward, SocketEvent what)
    {
        Interlocked.Add(ref _dropped, what.Count);
        if (!isQuiet) Write(new TapRecord(time.GetUtcNow(), "dropped", Direction(isForward), what.PeerAddress, Count: what.Count));
    }

    private static string Direction(bool isForward) => isForward ? "forward" : "backward";

    private void Print(string kind, bool isForward, TapEnd from, List<ReadOnlyMemory<byte>> message, TapEnd to)
    {
        if (isQuiet) return;
        // The id in front of what a ROUTER has received, or of what it is to send.
        var skipped = from.IsRouter || to.IsRouter ? 1 : 0;
        var frames = message.Skip(skipped).Select(Show).ToArray();
        Write(new TapRecord(
            time.GetUtcNow(),
            kind,
            Direction(isForward),
            from.PeerOf(message[0]),
            skipped == 0 ? null : Probe.Text.TextOrHex(message[0].Span),
            frames.Sum(frame => (long)frame.Size),
            frames));
    }

    private TapFrame Show(ReadOnlyMemory<byte> frame)
    {
        var shown = frame.Length <= most ? frame.Span : frame.Span[..most];
        if (!isHex && frame.Length > most)
        {
            // Not in the middle of a character.
            while (shown.Length > 0 && most - shown.Length < 3 && (frame.Span[shown.Length] & 0xC0) == 0x80) shown = shown[..^1];
        }
        var text = isHex ? null : Probe.Text.TextOrNull(shown);
        return new TapFrame(frame.Length, text, text is null ? Convert.ToHexStringLower(shown) : null, frame.Length > shown.Length ? frame.Length - shown.Length : null);
    }

    private void Write(TapRecord record)
    {
        lock (_gate)
        {
            if (output.IsJson) output.WriteJson(record, TapJson.Default.TapRecord);
            else output.WriteLine(Line(record));
        }
    }

    private static string Line(TapRecord record)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{record.Time:HH:mm:ss.ffffff} {(record.Direction == "forward" ? "->" : "<-")} ");
        if (record.Peer is not null) line.Append(record.Peer).Append(' ');
        if (record.RoutingId is not null) line.Append(CultureInfo.InvariantCulture, $"[{record.RoutingId}] ");
        switch (record.Kind)
        {
            case "subscribe" or "cancel":
                return line.Append(CultureInfo.InvariantCulture, $"{record.Kind} {Shown(record.Topic!)}").ToString();
            case "dropped":
                return line.Append(CultureInfo.InvariantCulture, $"dropped {record.Count}").ToString();
            case "unroutable":
                line.Append("dropped, its receiver has gone: ");
                break;
        }
        line.Append(CultureInfo.InvariantCulture, $"{record.Size} B ");
        return line.AppendJoin(" | ", record.Frames!.Select(Shown)).ToString();
    }

    private static string Shown(TapFrame frame)
    {
        var shown = frame.Text is { } text ? $"\"{text}\"" : $"0x{frame.Hex}";
        return frame.Cut is { } cut ? string.Create(CultureInfo.InvariantCulture, $"{shown}...+{cut}") : shown;
    }
}
