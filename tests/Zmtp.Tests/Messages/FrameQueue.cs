namespace Actors.Zmtp.Tests.Messages;

/// <summary>A socket that keeps what is sent for who receives, and can be told to refuse.</summary>
internal sealed class FrameQueue : IOutgoingSocket, IReceivingSocket
{
    private readonly Queue<(byte[] Bytes, bool More)> _frames = new();

    public List<TimeSpan> Timeouts { get; } = [];

    public bool Refuses { get; set; }

    public int Count => _frames.Count;

    public IEnumerable<string> Frames => _frames.Select(frame => Convert.ToHexStringLower(frame.Bytes) + (frame.More ? "+" : "."));

    public bool TrySend(ref Msg msg, TimeSpan timeout, bool more)
    {
        Timeouts.Add(timeout);
        if (Refuses)
            return false;
        _frames.Enqueue((msg.CloneData(), more));
        msg.Close();
        msg.InitEmpty();
        return true;
    }

    public bool TryReceive(ref Msg msg, TimeSpan timeout)
    {
        Timeouts.Add(timeout);
        if (!_frames.TryDequeue(out var frame))
            return false;
        msg.Close();
        msg.InitPool(frame.Bytes.Length);
        frame.Bytes.CopyTo(msg.Slice());
        if (frame.More)
            msg.SetFlags(MsgFlags.More);
        return true;
    }
}
