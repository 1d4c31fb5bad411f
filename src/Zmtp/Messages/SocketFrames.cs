using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Actors.Zmtp;

/// <summary>
/// Sending and receiving of frames as bytes and as text in UTF-8. Send and Receive wait without end; TrySend and TryReceive
/// wait for the given time, or without one not at all, and return false when it was over. They run on the thread of the
/// socket, and throw what <see cref="ZmqSocket.TrySend(ref Msg, TimeSpan, bool)"/> and
/// <see cref="ZmqSocket.TryReceive(ref Msg, TimeSpan)"/> throw.
/// </summary>
public static class SocketFrames
{
    /// <summary>Sends a frame, which leaves it empty.</summary>
    public static void Send(this ZmqSocket socket, ref Msg msg, bool more = false)
        => Sent(socket.TrySend(ref msg, Timeout.InfiniteTimeSpan, more), socket);

    /// <summary>Sends a copy of the bytes.</summary>
    public static void SendFrame(this ZmqSocket socket, byte[] data, bool more = false)
        => Sent(socket.TrySendFrame(Timeout.InfiniteTimeSpan, data, more), socket);

    /// <summary>Sends text.</summary>
    public static void SendFrame(this ZmqSocket socket, string text, bool more = false)
        => Sent(socket.TrySendFrame(Timeout.InfiniteTimeSpan, text, more), socket);

    /// <summary>Sends a copy of the bytes as a frame that others follow.</summary>
    public static ZmqSocket SendMoreFrame(this ZmqSocket socket, byte[] data)
    {
        socket.SendFrame(data, more: true);
        return socket;
    }

    /// <summary>Sends text as a frame that others follow.</summary>
    public static ZmqSocket SendMoreFrame(this ZmqSocket socket, string text)
    {
        socket.SendFrame(text, more: true);
        return socket;
    }

    /// <summary>Sends an empty frame that others follow, as the delimiter of an envelope (RFC 28).</summary>
    public static ZmqSocket SendMoreFrameEmpty(this ZmqSocket socket) => socket.SendMoreFrame([]);

    /// <summary>Sends a copy of the bytes if the socket takes it now.</summary>
    public static bool TrySendFrame(this ZmqSocket socket, byte[] data, bool more = false) => socket.TrySendFrame(TimeSpan.Zero, data, more);

    /// <summary>Sends text if the socket takes it now.</summary>
    public static bool TrySendFrame(this ZmqSocket socket, string text, bool more = false) => socket.TrySendFrame(TimeSpan.Zero, text, more);

    /// <summary>Sends a copy of the bytes if the socket takes it in time.</summary>
    public static bool TrySendFrame(this ZmqSocket socket, TimeSpan timeout, byte[] data, bool more = false)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(data);
        Msg msg = default;
        // The socket copies what it keeps.
        msg.InitBorrowed(data);
        return TrySendAndClose(socket, ref msg, timeout, more);
    }

    /// <summary>Sends text if the socket takes it in time.</summary>
    public static bool TrySendFrame(this ZmqSocket socket, TimeSpan timeout, string text, bool more = false)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Msg msg = Msg.OfText(text);
        return TrySendAndClose(socket, ref msg, timeout, more);
    }

    /// <summary>Sends a message of copies of the frames.</summary>
    /// <exception cref="ArgumentException">There are no frames.</exception>
    public static void SendMultipartBytes(this ZmqSocket socket, params IReadOnlyList<byte[]> frames)
        => Sent(socket.TrySendMultipartBytes(Timeout.InfiniteTimeSpan, frames), socket);

    /// <summary>Sends a message of copies of the frames, all or none, if the socket takes it in time.</summary>
    /// <exception cref="ArgumentException">There are no frames.</exception>
    public static bool TrySendMultipartBytes(this ZmqSocket socket, TimeSpan timeout, params IReadOnlyList<byte[]> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count == 0)
        {
            throw new ArgumentException("The message has no frames; it needs at least one.", nameof(frames));
        }

        if (!socket.TrySendFrame(timeout, frames[0], more: frames.Count > 1))
        {
            return false;
        }

        for (int i = 1; i < frames.Count; i++)
        {
            socket.SendFrame(frames[i], more: i < frames.Count - 1);
        }

        return true;
    }

    /// <summary>Waits for a frame, which takes the place of what the value held.</summary>
    public static void Receive(this ZmqSocket socket, ref Msg msg) => Received(socket.TryReceive(ref msg, Timeout.InfiniteTimeSpan), socket);

    /// <summary>Waits for a frame, and returns its bytes.</summary>
    public static byte[] ReceiveFrameBytes(this ZmqSocket socket) => socket.ReceiveFrameBytes(out _);

    /// <summary>Waits for a frame, and returns its bytes and whether others of the message follow.</summary>
    public static byte[] ReceiveFrameBytes(this ZmqSocket socket, out bool more)
    {
        Received(socket.TryReceiveFrameBytes(Timeout.InfiniteTimeSpan, out byte[]? data, out more), socket);
        return data!;
    }

    /// <summary>Receives the bytes of a frame if one is there.</summary>
    public static bool TryReceiveFrameBytes(this ZmqSocket socket, [NotNullWhen(true)] out byte[]? data)
        => socket.TryReceiveFrameBytes(TimeSpan.Zero, out data, out _);

    /// <summary>Receives the bytes of a frame if one comes in time.</summary>
    public static bool TryReceiveFrameBytes(this ZmqSocket socket, TimeSpan timeout, [NotNullWhen(true)] out byte[]? data)
        => socket.TryReceiveFrameBytes(timeout, out data, out _);

    /// <summary>Receives the bytes of a frame if one comes in time, and whether others of the message follow.</summary>
    public static bool TryReceiveFrameBytes(this ZmqSocket socket, TimeSpan timeout, [NotNullWhen(true)] out byte[]? data, out bool more)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Msg msg = default;
        bool received = socket.TryReceive(ref msg, timeout);
        more = msg.HasMore;
        data = received ? msg.TakeArray() : null;
        return received;
    }

    /// <summary>Waits for a frame, and returns it as text.</summary>
    public static string ReceiveFrameString(this ZmqSocket socket) => Encoding.UTF8.GetString(socket.ReceiveFrameBytes());

    /// <summary>Receives a frame as text if one is there.</summary>
    public static bool TryReceiveFrameString(this ZmqSocket socket, [NotNullWhen(true)] out string? text)
        => socket.TryReceiveFrameString(TimeSpan.Zero, out text);

    /// <summary>Receives a frame as text if one comes in time.</summary>
    public static bool TryReceiveFrameString(this ZmqSocket socket, TimeSpan timeout, [NotNullWhen(true)] out string? text)
    {
        text = socket.TryReceiveFrameBytes(timeout, out byte[]? data) ? Encoding.UTF8.GetString(data) : null;
        return text is not null;
    }

    /// <summary>Waits for a message, and returns its frames.</summary>
    public static List<byte[]> ReceiveMultipartBytes(this ZmqSocket socket)
    {
        List<byte[]>? frames = null;
        Received(socket.TryReceiveMultipartBytes(Timeout.InfiniteTimeSpan, ref frames), socket);
        return frames!;
    }

    /// <summary>Receives the frames of a message if one is there.</summary>
    public static bool TryReceiveMultipartBytes(this ZmqSocket socket, [NotNullWhen(true)] ref List<byte[]>? frames)
        => socket.TryReceiveMultipartBytes(TimeSpan.Zero, ref frames);

    /// <summary>Receives the frames of a message if one comes in time, into the list, which is emptied before, or into a new one.</summary>
    public static bool TryReceiveMultipartBytes(this ZmqSocket socket, TimeSpan timeout, [NotNullWhen(true)] ref List<byte[]>? frames)
    {
        if (!socket.TryReceiveFrameBytes(timeout, out byte[]? data, out bool more))
        {
            return false;
        }

        frames ??= [];
        frames.Clear();
        frames.Add(data);
        while (more)
        {
            frames.Add(socket.ReceiveFrameBytes(out more));
        }

        return true;
    }

    /// <summary>Drops a message, or what is left of one, if one comes in time; by default, if one is there.</summary>
    public static bool TrySkipMultipartMessage(this ZmqSocket socket, TimeSpan timeout = default)
    {
        if (!socket.TryReceiveFrameBytes(timeout, out _, out bool more))
        {
            return false;
        }

        while (more)
        {
            socket.ReceiveFrameBytes(out more);
        }

        return true;
    }

    /// <summary>Sends and leaves no buffer behind, however it ends.</summary>
    private static bool TrySendAndClose(ZmqSocket socket, ref Msg msg, TimeSpan timeout, bool more)
    {
        try
        {
            return socket.TrySend(ref msg, timeout, more);
        }
        finally
        {
            if (msg.IsInitialised)
            {
                msg.Close();
            }
        }
    }

    private static void Sent(bool sent, ZmqSocket socket)
    {
        if (!sent)
        {
            throw new InvalidOperationException($"A send without a time limit came back from {socket.GetType().Name} without having sent.");
        }
    }

    private static void Received(bool received, ZmqSocket socket)
    {
        if (!received)
        {
            throw new InvalidOperationException($"A receive without a time limit came back from {socket.GetType().Name} without a frame.");
        }
    }
}
