using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Actors.Transport;

namespace Actors;

/// <summary>Writes and reads the commands of docs/protocols/pipeline.md, section 4.</summary>
/// <remarks>Reading never throws: it returns a text that says what is malformed.</remarks>
internal static class PipelineCodec
{
    public const byte Version = 1;

    private const byte Hello = (byte)'H';
    private const byte Ready = (byte)'R';
    private const byte Task = (byte)'T';
    private const byte Tasks = (byte)'M';
    private const byte Ack = (byte)'A';
    private const byte Nack = (byte)'N';
    private const byte Drain = (byte)'D';
    private const byte Beat = (byte)'B';
    private const byte Goodbye = (byte)'G';
    private const byte Error = (byte)'E';

    private const int HelloLength = 15;

    private static ReadOnlySpan<byte> Magic => "PIPE"u8;

    public static Message Write(PipelineCommand command) => command switch
    {
        HelloCommand hello => new Message(WriteHello(hello)),
        ReadyCommand ready => new Message(WriteReady(ready)),
        AckCommand ack => new Message(WriteAck(ack.Ids)),
        NackCommand nack => new Message(WriteNack(nack)),
        DrainCommand => new Message(new[] { Drain }),
        HeartbeatCommand => new Message(new[] { Beat }),
        GoodbyeCommand => new Message(new[] { Goodbye }),
        ErrorCommand error => new Message((byte[])[Error, (byte)error.Code, .. Encoding.UTF8.GetBytes(error.Reason)]),
        _ => throw new ArgumentException($"{command.GetType().Name} is not a command of the protocol", nameof(command)),
    };

    /// <param name="message">The message as it was received.</param>
    /// <param name="at">The index of the command's frame: 1 behind a routing id.</param>
    /// <param name="ids">The reader of its task ids.</param>
    /// <param name="command">The command.</param>
    /// <param name="fault">What is wrong with it and what was expected.</param>
    public static bool TryRead(Message message, int at, TaskIdReader ids, [NotNullWhen(true)] out PipelineCommand? command, [NotNullWhen(false)] out string? fault)
    {
        command = null;
        fault = null;
        var frame = at < message.FrameCount ? message[at] : default;
        if (frame.Length == 0)
        {
            fault = "there is no command: expected a first frame of at least one octet";
            return false;
        }
        var extra = message.FrameCount - at - 1;
        var bytes = frame.Span;
        if (bytes[0] != Task && extra > 0)
        {
            fault = $"{extra} frames follow the command '{(char)bytes[0]}': only TASK has further frames";
            return false;
        }
        switch (bytes[0])
        {
            case Hello: command = ReadHello(bytes, out fault); break;
            case Ready when bytes.Length == 5: command = new ReadyCommand(BinaryPrimitives.ReadUInt32BigEndian(bytes[1..])); break;
            case Ready: fault = $"READY has {bytes.Length} octets: expected 5"; break;
            case Task: command = TaskCodec.ReadOne(message, at, ids, out fault); break;
            case Tasks: command = TaskCodec.ReadMany(frame, ids, out fault); break;
            case Ack: command = ReadAck(bytes, ids, out fault); break;
            case Nack: command = ReadNack(bytes, ids, out fault); break;
            case Drain: command = new DrainCommand(); break;
            case Beat: command = new HeartbeatCommand(); break;
            case Goodbye: command = new GoodbyeCommand(); break;
            case Error when bytes.Length >= 2: command = new ErrorCommand((PipelineError)bytes[1], Encoding.UTF8.GetString(bytes[2..])); break;
            case Error: fault = "ERROR has no code: expected at least 2 octets"; break;
            default: fault = $"the command octet is 0x{bytes[0]:X2}: expected one of H R T M A N D B G E"; break;
        }
        return command is not null;
    }

    private static byte[] WriteHello(HelloCommand hello)
    {
        var frame = new byte[HelloLength];
        frame[0] = Hello;
        Magic.CopyTo(frame.AsSpan(1));
        frame[5] = hello.Version;
        frame[6] = (byte)hello.End;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(7), hello.Session);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(11), (uint)hello.Heartbeat.TotalMilliseconds);
        return frame;
    }

    private static HelloCommand? ReadHello(ReadOnlySpan<byte> bytes, out string? fault)
    {
        fault = null;
        if (bytes.Length < 6 || !bytes[1..5].SequenceEqual(Magic))
        {
            fault = "HELLO does not begin with \"HPIPE\" and a version";
            return null;
        }
        // The version decides how to read what follows, so another version is refused before anything else is judged.
        if (bytes[5] != Version) return new HelloCommand(bytes[5], PipelineEndKind.Sending, 0, TimeSpan.Zero);
        if (bytes.Length != HelloLength) fault = $"HELLO has {bytes.Length} octets: expected {HelloLength}";
        else if (bytes[6] is not ((byte)PipelineEndKind.Sending or (byte)PipelineEndKind.Receiving)) fault = $"HELLO names the end 0x{bytes[6]:X2}: expected 'S' or 'R'";
        else return new HelloCommand(bytes[5], (PipelineEndKind)bytes[6], BinaryPrimitives.ReadUInt32BigEndian(bytes[7..]), TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt32BigEndian(bytes[11..])));
        return null;
    }

    private static byte[] WriteReady(ReadyCommand ready)
    {
        var frame = new byte[1 + sizeof(uint)];
        frame[0] = Ready;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), ready.Credit);
        return frame;
    }

    private static byte[] WriteAck(IReadOnlyList<TaskId> ids)
    {
        var size = 1;
        for (var i = 0; i < ids.Count; i++) size += 1 + ids[i].Length;
        var frame = new byte[size];
        frame[0] = Ack;
        var at = 1;
        for (var i = 0; i < ids.Count; i++) at += TaskCodec.WriteId(ids[i], frame.AsSpan(at));
        return frame;
    }

    private static AckCommand? ReadAck(ReadOnlySpan<byte> bytes, TaskIdReader ids, out string? fault)
    {
        fault = null;
        if (bytes.Length == 1)
        {
            fault = "ACK names no task";
            return null;
        }
        // The number of ids, if all are as long as the first.
        var acknowledged = new List<TaskId>(bytes.Length / (1 + bytes[1]));
        for (var at = 1; at < bytes.Length;)
        {
            if (!TaskCodec.TryReadId(bytes, ref at, ids, out var id))
            {
                fault = $"ACK breaks off at octet {at} of {bytes.Length}: expected a length from 1 and as many octets of an id";
                return null;
            }
            acknowledged.Add(id);
        }
        return new AckCommand(acknowledged);
    }

    private static byte[] WriteNack(NackCommand nack) =>
        [Nack, (byte)nack.How, (byte)nack.Id.Length, .. nack.Id.ToArray(), .. Encoding.UTF8.GetBytes(nack.Reason)];

    private static NackCommand? ReadNack(ReadOnlySpan<byte> bytes, TaskIdReader ids, out string? fault)
    {
        fault = null;
        var at = 2;
        if (bytes.Length < 4 || bytes[1] > (byte)TaskReturn.NotBegun || !TaskCodec.TryReadId(bytes, ref at, ids, out var id))
        {
            fault = "NACK is malformed: expected 0, 1 or 2, a length from 1, as many octets of an id, and a text";
            return null;
        }
        return new NackCommand(id, (TaskReturn)bytes[1], Encoding.UTF8.GetString(bytes[at..]));
    }
}
