using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Actors.Zmtp;

/// <summary>A whole message of a raw peer, for tests that read and build it frame by frame.</summary>
internal sealed class ZmqMessage : List<ZmqFrame>
{
    public ZmqMessage()
    {
    }

    public ZmqMessage(IEnumerable<ZmqFrame> frames)
        : base(frames)
    {
    }

    public int FrameCount => Count;

    public ZmqFrame Last => this[^1];

    public void Append(ZmqFrame frame) => Add(frame);

    public void Append(string text) => Add(new ZmqFrame(Encoding.UTF8.GetBytes(text)));

    public void AppendEmptyFrame() => Add(new ZmqFrame([]));

    /// <summary>Takes the first frame out.</summary>
    public ZmqFrame Pop()
    {
        ZmqFrame first = this[0];
        RemoveAt(0);
        return first;
    }
}

/// <summary>A frame of a <see cref="ZmqMessage"/>.</summary>
internal sealed record ZmqFrame(byte[] Buffer)
{
    public int BufferSize => Buffer.Length;

    public byte[] ToByteArray() => Buffer;

    public string ConvertToString() => Encoding.UTF8.GetString(Buffer);
}

/// <summary>Sending and receiving of <see cref="ZmqMessage"/>s.</summary>
internal static class ZmqMessages
{
    public static void SendMultipartMessage(this ZmqSocket socket, ZmqMessage message)
        => socket.SendMultipartBytes([.. message.Select(frame => frame.Buffer)]);

    public static bool TrySendMultipartMessage(this ZmqSocket socket, TimeSpan timeout, ZmqMessage message)
        => socket.TrySendMultipartBytes(timeout, [.. message.Select(frame => frame.Buffer)]);

    public static ZmqMessage ReceiveMultipartMessage(this ZmqSocket socket)
        => new(socket.ReceiveMultipartBytes().Select(frame => new ZmqFrame(frame)));

    public static bool TryReceiveMultipartMessage(this ZmqSocket socket, [NotNullWhen(true)] ref ZmqMessage? message)
        => socket.TryReceiveMultipartMessage(TimeSpan.Zero, ref message);

    public static bool TryReceiveMultipartMessage(this ZmqSocket socket, TimeSpan timeout, [NotNullWhen(true)] ref ZmqMessage? message)
    {
        List<byte[]>? frames = null;
        if (!socket.TryReceiveMultipartBytes(timeout, ref frames)) return false;
        message = new ZmqMessage(frames.Select(frame => new ZmqFrame(frame)));
        return true;
    }
}
