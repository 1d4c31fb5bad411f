namespace Actors.Zmtp;

public static partial class OutgoingSocketExtensions
{
    /// <summary>Sends a message with a frame for each array.</summary>
    public static void SendMultipartBytes(this IOutgoingSocket socket, params byte[][] frames)
    {
        TrySendMultipartBytes(socket, SendReceiveConstants.InfiniteTimeout, frames);
    }

    /// <inheritdoc cref="SendMultipartBytes(IOutgoingSocket, byte[][])"/>
    public static void SendMultipartBytes(this IOutgoingSocket socket, IEnumerable<byte[]> frames)
    {
        TrySendMultipartBytes(socket, SendReceiveConstants.InfiniteTimeout, frames);
    }

    /// <summary>Sends all frames of a message.</summary>
    public static void SendMultipartMessage(this IOutgoingSocket socket, ZmqMessage message)
    {
        TrySendMultipartMessage(socket, SendReceiveConstants.InfiniteTimeout, message);
    }

    /// <summary>Sends a message with a frame for each array if that is possible at once.</summary>
    public static bool TrySendMultipartBytes(this IOutgoingSocket socket, params byte[][] frames)
    {
        return TrySendMultipartBytes(socket, TimeSpan.Zero, frames);
    }

    /// <inheritdoc cref="TrySendMultipartBytes(IOutgoingSocket, byte[][])"/>
    public static bool TrySendMultipartBytes(this IOutgoingSocket socket, IEnumerable<byte[]> frames)
    {
        return TrySendMultipartBytes(socket, TimeSpan.Zero, frames);
    }

    /// <summary>Tries to send a message with a frame for each array, for at most the given time: the whole message or nothing.</summary>
    public static bool TrySendMultipartBytes(this IOutgoingSocket socket, TimeSpan timeout, params byte[][] frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Length == 0)
            throw NoFrames(nameof(frames));
        for (var i = 0; i < frames.Length; i++)
        {
            if (!TrySendPart(socket, timeout, first: i == 0, frames[i], Checked(frames[i]).Length, more: i < frames.Length - 1))
                return false;
        }

        return true;
    }

    /// <inheritdoc cref="TrySendMultipartBytes(IOutgoingSocket, TimeSpan, byte[][])"/>
    public static bool TrySendMultipartBytes(this IOutgoingSocket socket, TimeSpan timeout, IEnumerable<byte[]> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        using var enumerator = frames.GetEnumerator();
        if (!enumerator.MoveNext())
            throw NoFrames(nameof(frames));
        var first = true;
        bool more;
        do
        {
            var frame = Checked(enumerator.Current);
            more = enumerator.MoveNext();
            if (!TrySendPart(socket, timeout, first, frame, frame.Length, more))
                return false;
            first = false;
        }
        while (more);
        return true;
    }

    /// <summary>Sends all frames of a message if that is possible at once.</summary>
    public static bool TrySendMultipartMessage(this IOutgoingSocket socket, ZmqMessage message)
    {
        return TrySendMultipartMessage(socket, TimeSpan.Zero, message);
    }

    /// <summary>Tries to send all frames of a message, for at most the given time: the whole message or nothing.</summary>
    public static bool TrySendMultipartMessage(this IOutgoingSocket socket, TimeSpan timeout, ZmqMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.IsEmpty)
            throw NoFrames(nameof(message));
        for (var i = 0; i < message.FrameCount; i++)
        {
            var frame = message[i];
            if (!TrySendPart(socket, timeout, first: i == 0, frame.Buffer, frame.MessageSize, more: i < message.FrameCount - 1))
                return false;
        }

        return true;
    }

    /// <summary>A socket that took the first frame of a message has to take the others; only the first one may be refused.</summary>
    private static bool TrySendPart(IOutgoingSocket socket, TimeSpan timeout, bool first, byte[] data, int length, bool more)
    {
        return TrySendBytes(socket, first ? timeout : SendReceiveConstants.InfiniteTimeout, data, length, more);
    }

    private static byte[] Checked(byte[] frame)
    {
        return frame ?? throw new ArgumentException("A frame of the message is null.", nameof(frame));
    }

    private static ArgumentException NoFrames(string parameter) => new("The message has no frames; at least one is needed.", parameter);
}
