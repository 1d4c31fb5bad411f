using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Actors.Transport;

namespace Actors;

/// <summary>Writes and reads the commands of docs/protocols/queue.md, section 2.</summary>
/// <remarks>Reading never throws: it returns a text that says what is malformed.</remarks>
internal static class QueueCodec
{
    public const byte Version = 1;

    private const byte Ready = (byte)'R';
    private const byte Exchange = (byte)'Q';
    private const byte Fail = (byte)'F';
    private const byte Beat = (byte)'H';
    private const byte Goodbye = (byte)'G';
    private const byte Error = (byte)'E';

    private const int ReadyLength = 31;
    private const int NumberedLength = 9;

    private static ReadOnlySpan<byte> Magic => "QUEUE"u8;

    public static Message Write(QueueCommand command) => command switch
    {
        QueueReady ready => new Message(WriteReady(ready)),
        QueueFail fail => new Message((byte[])[.. Numbered(Fail, fail.Number), .. Encoding.UTF8.GetBytes(fail.Reason)]),
        QueueHeartbeat beat => new Message(WriteBeat(beat)),
        QueueGoodbye => new Message(new[] { Goodbye }),
        QueueError error => new Message((byte[])[Error, (byte)error.Code, .. Encoding.UTF8.GetBytes(error.Reason)]),
        _ => throw new ArgumentException($"{command.GetType().Name} is not written from a command", nameof(command)),
    };

    /// <summary>The first frame of REQUEST, which its REPLY returns.</summary>
    public static byte[] ExchangeFrame(ulong number) => Numbered(Exchange, number);

    /// <summary>The number of the request that begins with this frame.</summary>
    public static bool TryReadExchangeFrame(ReadOnlySpan<byte> frame, out ulong number)
    {
        number = 0;
        if (frame.Length != NumberedLength || frame[0] != Exchange) return false;
        number = BinaryPrimitives.ReadUInt64BigEndian(frame[1..]);
        return true;
    }

    /// <param name="message">The message as it was received.</param>
    /// <param name="at">The index of the command's frame: 1 behind a routing id.</param>
    /// <param name="command">The command.</param>
    /// <param name="fault">What is wrong with it and what was expected.</param>
    public static bool TryRead(Message message, int at, [NotNullWhen(true)] out QueueCommand? command, [NotNullWhen(false)] out string? fault)
    {
        command = null;
        fault = null;
        var frame = at < message.FrameCount ? message[at].Span : default;
        if (frame.Length == 0)
        {
            fault = "there is no command: expected a first frame of at least one octet";
            return false;
        }
        var extra = message.FrameCount - at - 1;
        if (frame[0] != Exchange && extra > 0)
        {
            fault = $"{extra} frames follow the command 0x{frame[0]:X2}: only REQUEST and REPLY have further frames";
            return false;
        }
        switch (frame[0])
        {
            case Exchange: command = ReadExchange(message, at, out fault); break;
            case Ready: command = ReadReady(frame, out fault); break;
            case Fail when frame.Length >= NumberedLength: command = new QueueFail(BinaryPrimitives.ReadUInt64BigEndian(frame[1..]), Encoding.UTF8.GetString(frame[NumberedLength..])); break;
            case Fail: fault = $"FAIL has {frame.Length} octets: expected at least {NumberedLength}"; break;
            case Beat when frame.Length == 5: command = new QueueHeartbeat(ReadInterval(frame[1..])); break;
            case Beat: fault = $"HEARTBEAT has {frame.Length} octets: expected 5"; break;
            case Goodbye: command = new QueueGoodbye(); break;
            case Error when frame.Length >= 2: command = new QueueError((QueueErrorCode)frame[1], Encoding.UTF8.GetString(frame[2..])); break;
            case Error: fault = "ERROR has no code: expected at least 2 octets"; break;
            default: fault = $"the command octet is 0x{frame[0]:X2}: expected one of R Q F H G E"; break;
        }
        return command is not null;
    }

    private static QueueExchange? ReadExchange(Message message, int at, out string? fault)
    {
        fault = null;
        if (!TryReadExchangeFrame(message[at].Span, out var number))
        {
            fault = $"the first frame of a request or reply has {message[at].Length} octets: expected {NumberedLength}";
            return null;
        }
        for (var i = at + 1; i < message.FrameCount - 1; i++)
            if (message[i].Length == 0) return new QueueExchange(number, message.Skip(i + 1));
        fault = "a request or reply has no empty frame with a body behind it";
        return null;
    }

    private static byte[] WriteReady(QueueReady ready)
    {
        var frame = new byte[ReadyLength];
        frame[0] = Ready;
        Magic.CopyTo(frame.AsSpan(1));
        frame[6] = ready.Version;
        ready.Server.TryWriteBytes(frame.AsSpan(7), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(23), ready.Capacity);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(27), (uint)ready.Heartbeat.TotalMilliseconds);
        return frame;
    }

    private static QueueReady? ReadReady(ReadOnlySpan<byte> frame, out string? fault)
    {
        fault = null;
        if (frame.Length < 7 || !frame[1..6].SequenceEqual(Magic)) fault = "READY does not begin with \"RQUEUE\" and a version";
        // The version decides how to read what follows, so another version is refused before anything else is judged.
        else if (frame[6] != Version) return new QueueReady(frame[6], default, 0, default);
        else if (frame.Length != ReadyLength) fault = $"READY has {frame.Length} octets: expected {ReadyLength}";
        else
        {
            var ready = new QueueReady(Version, new Guid(frame.Slice(7, 16), bigEndian: true), BinaryPrimitives.ReadUInt32BigEndian(frame[23..]), ReadInterval(frame[27..]));
            if (ready.Capacity > 0) return ready;
            fault = "READY has the capacity 0: expected at least 1";
        }
        return null;
    }

    private static byte[] WriteBeat(QueueHeartbeat beat)
    {
        var frame = new byte[5];
        frame[0] = Beat;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)beat.Interval.TotalMilliseconds);
        return frame;
    }

    private static TimeSpan ReadInterval(ReadOnlySpan<byte> octets) => TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt32BigEndian(octets));

    private static byte[] Numbered(byte command, ulong number)
    {
        var frame = new byte[NumberedLength];
        frame[0] = command;
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(1), number);
        return frame;
    }
}
