using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Actors.Transport;

namespace Actors;

/// <summary>Writes and reads the commands of docs/protocols/pipeline.md, section 4.</summary>
/// <remarks>Reading never throws: what is malformed is told as a text.</remarks>
internal static class PipelineCodec
{
    public const byte Version = 1;

    private const byte Hello = (byte)'H';
    private const byte Ready = (byte)'R';
    private const byte Task = (byte)'T';
    private const byte Ack = (byte)'A';
    private const byte Nack = (byte)'N';
    private const byte Beat = (byte)'B';
    private const byte Goodbye = (byte)'G';
    private const byte Error = (byte)'E';

    private const int HelloLength = 15;
    private const int TaskPrefix = 5;

    private static ReadOnlySpan<byte> Magic => "PIPE"u8;

    public static Message Write(PipelineCommand command) => command switch
    {
        HelloCommand hello => new Message(WriteHello(hello)),
        ReadyCommand ready => new Message(WithNumber(Ready, ready.Credit, 0)),
        TaskCommand task => WriteTask(null, task.Try, task.Id, task.Payload),
        AckCommand ack => new Message(WriteAck(ack.Ids)),
        NackCommand nack => new Message(WriteNack(nack)),
        HeartbeatCommand => new Message(new[] { Beat }),
        GoodbyeCommand => new Message(new[] { Goodbye }),
        ErrorCommand error => new Message((byte[])[Error, (byte)error.Code, .. Encoding.UTF8.GetBytes(error.Reason)]),
        _ => throw new ArgumentException($"{command.GetType().Name} is not a command of the protocol", nameof(command)),
    };

    /// <param name="routingId">Where a ROUTER is to send it.</param>
    /// <param name="number">The try, from 1.</param>
    /// <param name="id">The task.</param>
    /// <param name="payload">Its frames.</param>
    public static Message WriteTask(ReadOnlyMemory<byte>? routingId, uint number, TaskId id, Message payload)
    {
        var head = WithNumber(Task, number, id.Bytes.Length);
        id.Bytes.Span.CopyTo(head.AsSpan(TaskPrefix));
        var at = routingId is null ? 1 : 2;
        var frames = new ReadOnlyMemory<byte>[at + payload.FrameCount];
        if (routingId is { } peer) frames[0] = peer;
        frames[at - 1] = head;
        for (var i = 0; i < payload.FrameCount; i++) frames[at + i] = payload[i];
        return new Message(frames);
    }

    /// <param name="message">As it was received.</param>
    /// <param name="at">The index of the command's frame: 1 behind a routing id.</param>
    /// <param name="command">What it says.</param>
    /// <param name="fault">What is wrong with it and what was expected.</param>
    public static bool TryRead(Message message, int at, [NotNullWhen(true)] out PipelineCommand? command, [NotNullWhen(false)] out string? fault)
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
            case Task: command = ReadTask(message, at, frame, extra, out fault); break;
            case Ack: command = ReadAck(frame, out fault); break;
            case Nack: command = ReadNack(frame, out fault); break;
            case Beat: command = new HeartbeatCommand(); break;
            case Goodbye: command = new GoodbyeCommand(); break;
            case Error when bytes.Length >= 2: command = new ErrorCommand((PipelineError)bytes[1], Encoding.UTF8.GetString(bytes[2..])); break;
            case Error: fault = "ERROR has no code: expected at least 2 octets"; break;
            default: fault = $"the command octet is 0x{bytes[0]:X2}: expected one of H R T A N B G E"; break;
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
        // What follows the version belongs to it, so another version is told before anything else is judged.
        if (bytes[5] != Version) return new HelloCommand(bytes[5], PipelineEndKind.Sending, 0, TimeSpan.Zero);
        if (bytes.Length != HelloLength) fault = $"HELLO has {bytes.Length} octets: expected {HelloLength}";
        else if (bytes[6] is not ((byte)PipelineEndKind.Sending or (byte)PipelineEndKind.Receiving)) fault = $"HELLO names the end 0x{bytes[6]:X2}: expected 'S' or 'R'";
        else return new HelloCommand(bytes[5], (PipelineEndKind)bytes[6], BinaryPrimitives.ReadUInt32BigEndian(bytes[7..]), TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt32BigEndian(bytes[11..])));
        return null;
    }

    private static TaskCommand? ReadTask(Message message, int at, ReadOnlyMemory<byte> frame, int payload, out string? fault)
    {
        fault = null;
        if (frame.Length <= TaskPrefix || frame.Length > TaskPrefix + TaskId.MaxLength) fault = $"the first frame of TASK has {frame.Length} octets: expected {TaskPrefix + 1} to {TaskPrefix + TaskId.MaxLength}";
        else if (payload == 0) fault = "TASK has no payload: expected at least one frame behind the first";
        else return new TaskCommand(BinaryPrimitives.ReadUInt32BigEndian(frame.Span[1..]), new TaskId(frame[TaskPrefix..]), message.Skip(at + 1));
        return null;
    }

    private static byte[] WriteAck(IReadOnlyList<TaskId> ids)
    {
        var frame = new byte[1 + ids.Count + ids.Sum(id => id.Bytes.Length)];
        frame[0] = Ack;
        var at = 1;
        foreach (var id in ids)
        {
            frame[at++] = (byte)id.Bytes.Length;
            id.Bytes.Span.CopyTo(frame.AsSpan(at));
            at += id.Bytes.Length;
        }
        return frame;
    }

    private static AckCommand? ReadAck(ReadOnlyMemory<byte> frame, out string? fault)
    {
        fault = null;
        var ids = new List<TaskId>();
        for (var at = 1; at < frame.Length;)
        {
            if (!TryReadId(frame, ref at, out var id))
            {
                fault = $"ACK breaks off at octet {at} of {frame.Length}: expected a length from 1 and as many octets of an id";
                return null;
            }
            ids.Add(id);
        }
        if (ids.Count > 0) return new AckCommand(ids);
        fault = "ACK names no task";
        return null;
    }

    private static byte[] WriteNack(NackCommand nack) =>
        [Nack, nack.Final ? (byte)1 : (byte)0, (byte)nack.Id.Bytes.Length, .. nack.Id.Bytes.Span, .. Encoding.UTF8.GetBytes(nack.Reason)];

    private static NackCommand? ReadNack(ReadOnlyMemory<byte> frame, out string? fault)
    {
        fault = null;
        var at = 2;
        if (frame.Length < 4 || frame.Span[1] > 1 || !TryReadId(frame, ref at, out var id))
        {
            fault = "NACK is malformed: expected 0 or 1, a length from 1, as many octets of an id, and a text";
            return null;
        }
        return new NackCommand(id, frame.Span[1] == 1, Encoding.UTF8.GetString(frame.Span[at..]));
    }

    private static bool TryReadId(ReadOnlyMemory<byte> frame, ref int at, out TaskId id)
    {
        var length = frame.Span[at];
        id = default;
        if (length == 0 || at + 1 + length > frame.Length) return false;
        id = new TaskId(frame.Slice(at + 1, length));
        at += 1 + length;
        return true;
    }

    private static byte[] WithNumber(byte command, uint number, int more)
    {
        var frame = new byte[TaskPrefix + more];
        frame[0] = command;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), number);
        return frame;
    }
}
