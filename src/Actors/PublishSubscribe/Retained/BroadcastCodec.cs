using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Actors.Transport;

namespace Actors;

/// <summary>Writes and reads the commands of docs/protocols/broadcast.md, section 4.</summary>
/// <remarks>Reading never throws: it returns a text that says what is malformed.</remarks>
internal static class BroadcastCodec
{
    public const byte Version = 1;

    /// <summary>The most octets of a subscriber's name.</summary>
    public const int MaxNameLength = 255;

    /// <summary>The most prefixes of a subscription.</summary>
    public const int MaxPrefixes = 4096;

    private const byte Subscribe = (byte)'S';
    private const byte Subscribed = (byte)'I';
    private const byte Event = (byte)'M';
    private const byte Gap = (byte)'L';
    private const byte Credit = (byte)'C';
    private const byte Beat = (byte)'B';
    private const byte Goodbye = (byte)'G';
    private const byte Error = (byte)'E';

    private const int SubscribeLength = 34;
    private const int SubscribedLength = 33;
    private const int EventLength = 9;
    private const int GapLength = 17;
    private const int CreditLength = 5;
    private const int GoodbyeLength = 10;

    private static ReadOnlySpan<byte> Magic => "CAST"u8;

    public static Message Write(BroadcastCommand command) => command switch
    {
        BroadcastCommand.Subscribe subscribe => new Message([WriteSubscribe(subscribe), .. subscribe.Prefixes]),
        BroadcastCommand.Subscribed subscribed => new Message(WriteSubscribed(subscribed)),
        BroadcastCommand.Event sent => sent.Payload.Prepend(EventHead(sent.Number)),
        BroadcastCommand.Gap gap => new Message(WriteGap(gap)),
        BroadcastCommand.Credit credit => new Message(WriteCredit(credit)),
        BroadcastCommand.Heartbeat => new Message(new[] { Beat }),
        BroadcastCommand.Goodbye goodbye => new Message(WriteGoodbye(goodbye)),
        BroadcastCommand.Error error => new Message((byte[])[Error, (byte)error.Code, .. Encoding.UTF8.GetBytes(error.Reason)]),
        _ => throw new ArgumentException($"{command.GetType().Name} is not a command of the protocol", nameof(command)),
    };

    /// <summary>The first frame of EVENT, which is the same for all subscribers.</summary>
    public static byte[] EventHead(ulong number)
    {
        var frame = new byte[EventLength];
        frame[0] = Event;
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(1), number);
        return frame;
    }

    /// <param name="message">The message as it was received.</param>
    /// <param name="at">The index of the command's frame: 1 behind a routing id.</param>
    /// <param name="command">The command.</param>
    /// <param name="fault">What is wrong with it and what was expected.</param>
    public static bool TryRead(Message message, int at, [NotNullWhen(true)] out BroadcastCommand? command, [NotNullWhen(false)] out string? fault)
    {
        command = null;
        fault = null;
        var frame = at < message.FrameCount ? message[at] : default;
        if (frame.Length == 0)
        {
            fault = "there is no command: expected a first frame of at least one octet";
            return false;
        }
        var further = message.FrameCount - at - 1;
        var octets = frame.Span;
        if (further > 0 && octets[0] is not (Subscribe or Event))
        {
            fault = $"{further} frames follow the command '{(char)octets[0]}': only SUBSCRIBE and EVENT have further frames";
            return false;
        }
        switch (octets[0])
        {
            case Subscribe: command = ReadSubscribe(message, at, octets, out fault); break;
            case Subscribed when Has(SubscribedLength, "SUBSCRIBED", octets, out fault): command = ReadSubscribed(octets); break;
            case Event when Has(EventLength, "EVENT", octets, out fault):
                if (further > 0) command = new BroadcastCommand.Event(Number(octets, 1), message.Skip(at + 1));
                else fault = "EVENT has no payload: expected at least one frame behind the first";
                break;
            case Gap when Has(GapLength, "GAP", octets, out fault):
                command = new BroadcastCommand.Gap(Number(octets, 1), Number(octets, 9));
                break;
            case Credit when Has(CreditLength, "CREDIT", octets, out fault): command = new BroadcastCommand.Credit(BinaryPrimitives.ReadUInt32BigEndian(octets[1..])); break;
            case Beat: command = new BroadcastCommand.Heartbeat(); break;
            case Goodbye when octets.Length >= GoodbyeLength:
                command = new BroadcastCommand.Goodbye((GoodbyeReason)octets[1], Number(octets, 2), Encoding.UTF8.GetString(octets[GoodbyeLength..]));
                break;
            case Goodbye: fault = $"GOODBYE has {octets.Length} octets: expected at least {GoodbyeLength}"; break;
            case Error when octets.Length >= 2: command = new BroadcastCommand.Error((BroadcastError)octets[1], Encoding.UTF8.GetString(octets[2..])); break;
            case Error: fault = "ERROR has no code: expected at least 2 octets"; break;
            case Subscribed or Event or Gap or Credit: break;
            default: fault = $"the command octet is 0x{octets[0]:X2}: expected one of S I M L C B G E"; break;
        }
        if (command is null) fault ??= "it is malformed";
        return command is not null;
    }

    private static byte[] WriteSubscribe(BroadcastCommand.Subscribe subscribe)
    {
        var name = Encoding.UTF8.GetBytes(subscribe.Name);
        if (name.Length > MaxNameLength) name = name[..MaxNameLength];
        var frame = new byte[SubscribeLength + name.Length];
        frame[0] = Subscribe;
        Magic.CopyTo(frame.AsSpan(1));
        frame[5] = subscribe.Version;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(6), subscribe.Session);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(10), (uint)subscribe.Interval.TotalMilliseconds);
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(14), subscribe.Epoch);
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(22), subscribe.Position);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(30), subscribe.Window);
        name.CopyTo(frame.AsSpan(SubscribeLength));
        return frame;
    }

    private static BroadcastCommand.Subscribe? ReadSubscribe(Message message, int at, ReadOnlySpan<byte> octets, out string? fault)
    {
        fault = null;
        if (octets.Length < 6 || !octets[1..5].SequenceEqual(Magic))
        {
            fault = "SUBSCRIBE does not begin with \"SCAST\" and a version";
            return null;
        }
        // The version decides how to read what follows, so another version is refused before anything else is judged.
        if (octets[5] != Version) return new BroadcastCommand.Subscribe(octets[5], 0, TimeSpan.Zero, 0, 0, 0, "", []);
        var prefixes = message.FrameCount - at - 1;
        if (octets.Length is < SubscribeLength or > SubscribeLength + MaxNameLength) fault = $"SUBSCRIBE has {octets.Length} octets: expected {SubscribeLength} to {SubscribeLength + MaxNameLength}";
        else if (prefixes > MaxPrefixes) fault = $"SUBSCRIBE has {prefixes} prefixes: expected at most {MaxPrefixes}";
        else
        {
            return new BroadcastCommand.Subscribe(
                octets[5],
                BinaryPrimitives.ReadUInt32BigEndian(octets[6..]),
                Milliseconds(octets, 10),
                Number(octets, 14),
                Number(octets, 22),
                BinaryPrimitives.ReadUInt32BigEndian(octets[30..]),
                Encoding.UTF8.GetString(octets[SubscribeLength..]),
                [.. Enumerable.Range(at + 1, prefixes).Select(index => message[index])]);
        }
        return null;
    }

    private static byte[] WriteSubscribed(BroadcastCommand.Subscribed subscribed)
    {
        var frame = new byte[SubscribedLength];
        frame[0] = Subscribed;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), subscribed.Session);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(5), (uint)subscribed.Interval.TotalMilliseconds);
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(9), subscribed.Epoch);
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(17), subscribed.Position);
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(25), subscribed.Latest);
        return frame;
    }

    private static BroadcastCommand.Subscribed ReadSubscribed(ReadOnlySpan<byte> octets) =>
        new(BinaryPrimitives.ReadUInt32BigEndian(octets[1..]), Milliseconds(octets, 5), Number(octets, 9), Number(octets, 17), Number(octets, 25));

    private static byte[] WriteGap(BroadcastCommand.Gap gap)
    {
        var frame = new byte[GapLength];
        frame[0] = Gap;
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(1), gap.First);
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(9), gap.Last);
        return frame;
    }

    private static byte[] WriteCredit(BroadcastCommand.Credit credit)
    {
        var frame = new byte[CreditLength];
        frame[0] = Credit;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), credit.Commands);
        return frame;
    }

    private static byte[] WriteGoodbye(BroadcastCommand.Goodbye goodbye)
    {
        var text = Encoding.UTF8.GetBytes(goodbye.Text);
        var frame = new byte[GoodbyeLength + text.Length];
        frame[0] = Goodbye;
        frame[1] = (byte)goodbye.Why;
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), goodbye.Latest);
        text.CopyTo(frame.AsSpan(GoodbyeLength));
        return frame;
    }

    private static bool Has(int length, string name, ReadOnlySpan<byte> octets, out string? fault)
    {
        fault = octets.Length == length ? null : $"the first frame of {name} has {octets.Length} octets: expected {length}";
        return fault is null;
    }

    private static ulong Number(ReadOnlySpan<byte> octets, int at) => BinaryPrimitives.ReadUInt64BigEndian(octets[at..]);

    private static TimeSpan Milliseconds(ReadOnlySpan<byte> octets, int at) => TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt32BigEndian(octets[at..]));
}
