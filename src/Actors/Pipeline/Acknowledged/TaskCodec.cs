using System.Buffers.Binary;
using Actors.Transport;

namespace Actors;

/// <summary>Writes and reads TASK and TASKS (docs/protocols/pipeline.md, section 4).</summary>
internal static class TaskCodec
{
    private const byte One = (byte)'T';
    private const byte Many = (byte)'M';
    private const int TryLength = sizeof(uint);
    private const int HeadLength = 1 + TryLength;
    private const int SizeLength = sizeof(uint);
    private const int MostFrames = byte.MaxValue;

    /// <summary>The octets that the task takes in a TASKS; null when it has too many frames for one.</summary>
    public static long? PackedSize(LedgerTask task) =>
        task.Payload.FrameCount > MostFrames ? null : TryLength + 1 + task.Id.Length + 1 + ((long)SizeLength * task.Payload.FrameCount) + task.Payload.Size;

    /// <summary>A TASK: the frames of the payload stay what they are.</summary>
    /// <param name="routingId">The peer of a ROUTER; null on a DEALER.</param>
    /// <param name="task">What is sent.</param>
    public static Message WriteOne(ReadOnlyMemory<byte>? routingId, LedgerTask task)
    {
        var head = new byte[HeadLength + task.Id.Length];
        head[0] = One;
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(1), (uint)task.Tries);
        task.Id.CopyTo(head.AsSpan(HeadLength));
        var at = routingId is null ? 1 : 2;
        var frames = new ReadOnlyMemory<byte>[at + task.Payload.FrameCount];
        if (routingId is { } peer) frames[0] = peer;
        frames[at - 1] = head;
        for (var i = 0; i < task.Payload.FrameCount; i++) frames[at + i] = task.Payload[i];
        return new Message(frames);
    }

    /// <summary>A TASKS: all in one frame.</summary>
    /// <param name="routingId">The peer of a ROUTER; null on a DEALER.</param>
    /// <param name="tasks">What is sent.</param>
    /// <param name="size">The sum of their packed sizes.</param>
    public static Message WriteMany(ReadOnlyMemory<byte>? routingId, IReadOnlyList<LedgerTask> tasks, int size)
    {
        var frame = GC.AllocateUninitializedArray<byte>(1 + size);
        frame[0] = Many;
        var at = 1;
        for (var i = 0; i < tasks.Count; i++) at += WritePacked(tasks[i], frame.AsSpan(at));
        return routingId is { } peer ? new Message(peer, frame) : new Message(frame);
    }

    private static int WritePacked(LedgerTask task, Span<byte> target)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target, (uint)task.Tries);
        var at = TryLength;
        at += WriteId(task.Id, target[at..]);
        var payload = task.Payload;
        target[at++] = (byte)payload.FrameCount;
        for (var i = 0; i < payload.FrameCount; i++)
        {
            var octets = payload[i].Span;
            BinaryPrimitives.WriteUInt32BigEndian(target[at..], (uint)octets.Length);
            octets.CopyTo(target[(at + SizeLength)..]);
            at += SizeLength + octets.Length;
        }
        return at;
    }

    public static TasksCommand? ReadOne(Message message, int at, TaskIdReader ids, out string? fault)
    {
        fault = null;
        var head = message[at].Span;
        if (head.Length <= HeadLength || head.Length > HeadLength + TaskId.MaxLength) fault = $"the first frame of TASK has {head.Length} octets: expected {HeadLength + 1} to {HeadLength + TaskId.MaxLength}";
        else if (message.FrameCount == at + 1) fault = "TASK has no payload: expected at least one frame behind the first";
        else return new TasksCommand([new SentTask(BinaryPrimitives.ReadUInt32BigEndian(head[1..]), ids.Read(head[HeadLength..]), message.Skip(at + 1))]);
        return null;
    }

    public static TasksCommand? ReadMany(ReadOnlyMemory<byte> frame, TaskIdReader ids, out string? fault)
    {
        fault = null;
        var tasks = new List<SentTask>();
        for (var at = 1; at < frame.Length;)
        {
            var begin = at;
            if (!TryReadPacked(frame, ref at, ids, out var task))
            {
                fault = $"TASKS breaks off at octet {at} of {frame.Length}, in the task that begins at {begin}: expected a try, an id, a count of frames from 1, and the size and octets of each";
                return null;
            }
            tasks.Add(task);
            // The number of tasks, if all are as large as the first.
            if (begin == 1) tasks.EnsureCapacity(frame.Length / at);
        }
        if (tasks.Count > 0) return new TasksCommand(tasks);
        fault = "TASKS has no task";
        return null;
    }

    private static bool TryReadPacked(ReadOnlyMemory<byte> frame, ref int at, TaskIdReader ids, out SentTask task)
    {
        task = default;
        var octets = frame.Span;
        if (octets.Length - at < TryLength) return false;
        var number = BinaryPrimitives.ReadUInt32BigEndian(octets[at..]);
        at += TryLength;
        if (!TryReadId(octets, ref at, ids, out var id) || at == octets.Length) return false;
        var count = octets[at++];
        if (count == 0) return false;
        Message payload;
        if (count == 1)
        {
            if (!TryReadFrame(frame, ref at, out var only)) return false;
            payload = new Message(only);
        }
        else
        {
            var frames = new ReadOnlyMemory<byte>[count];
            for (var i = 0; i < count; i++)
                if (!TryReadFrame(frame, ref at, out frames[i])) return false;
            payload = new Message(frames);
        }
        task = new SentTask(number, id, payload);
        return true;
    }

    private static bool TryReadFrame(ReadOnlyMemory<byte> frame, ref int at, out ReadOnlyMemory<byte> octets)
    {
        octets = default;
        if (frame.Length - at < SizeLength) return false;
        var size = BinaryPrimitives.ReadUInt32BigEndian(frame.Span[at..]);
        if (size > frame.Length - at - SizeLength) return false;
        octets = frame.Slice(at + SizeLength, (int)size);
        at += SizeLength + (int)size;
        return true;
    }

    /// <summary>Writes the id behind its length.</summary>
    /// <returns>The octets written.</returns>
    public static int WriteId(TaskId id, Span<byte> target)
    {
        target[0] = (byte)id.Length;
        id.CopyTo(target[1..]);
        return 1 + id.Length;
    }

    /// <summary>Reads an id behind its length.</summary>
    public static bool TryReadId(ReadOnlySpan<byte> octets, ref int at, TaskIdReader ids, out TaskId id)
    {
        id = default;
        if (at >= octets.Length) return false;
        int length = octets[at];
        if (length == 0 || length > octets.Length - at - 1) return false;
        id = ids.Read(octets.Slice(at + 1, length));
        at += 1 + length;
        return true;
    }
}
