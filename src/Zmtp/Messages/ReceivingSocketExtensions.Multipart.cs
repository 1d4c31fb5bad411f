using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Actors.Zmtp;

public static partial class ReceivingSocketExtensions
{
    /// <summary>Waits for a message and returns the bytes of its frames.</summary>
    public static List<byte[]> ReceiveMultipartBytes(this IReceivingSocket socket, int expectedFrameCount = DefaultFrameCount)
    {
        List<byte[]>? frames = null;
        ReceiveMultipartBytes(socket, ref frames!, expectedFrameCount);
        return frames;
    }

    /// <summary>Waits for a message and puts the bytes of its frames into the list, which is cleared before, or made.</summary>
    public static void ReceiveMultipartBytes(this IReceivingSocket socket, ref List<byte[]> frames, int expectedFrameCount = DefaultFrameCount)
    {
        TryReceiveMultipartBytes(socket, SendReceiveConstants.InfiniteTimeout, ref frames!, expectedFrameCount);
    }

    /// <summary>Takes the bytes of the frames of a message if one is there.</summary>
    public static bool TryReceiveMultipartBytes(this IReceivingSocket socket, [NotNullWhen(true)] ref List<byte[]>? frames, int expectedFrameCount = DefaultFrameCount)
    {
        return TryReceiveMultipartBytes(socket, TimeSpan.Zero, ref frames, expectedFrameCount);
    }

    /// <summary>Waits for a message for at most the given time and puts the bytes of its frames into the list, which is cleared before, or made.</summary>
    public static bool TryReceiveMultipartBytes(this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] ref List<byte[]>? frames, int expectedFrameCount = DefaultFrameCount)
    {
        if (!TryReceiveFrameBytes(socket, timeout, out var bytes, out var more))
            return false;
        frames ??= new List<byte[]>(expectedFrameCount);
        frames.Clear();
        frames.Add(bytes);
        while (more)
            frames.Add(ReceiveFrameBytes(socket, out more));
        return true;
    }

    /// <summary>Waits for a message and returns its frames as UTF-8 text.</summary>
    public static List<string> ReceiveMultipartStrings(this IReceivingSocket socket, int expectedFrameCount = DefaultFrameCount)
    {
        return ReceiveMultipartStrings(socket, SendReceiveConstants.DefaultEncoding, expectedFrameCount);
    }

    /// <summary>Waits for a message and returns its frames as text in an encoding.</summary>
    public static List<string> ReceiveMultipartStrings(this IReceivingSocket socket, Encoding encoding, int expectedFrameCount = DefaultFrameCount)
    {
        List<string>? frames = null;
        TryReceiveMultipartStrings(socket, SendReceiveConstants.InfiniteTimeout, encoding, ref frames, expectedFrameCount);
        return frames!;
    }

    /// <summary>Takes the frames of a message as UTF-8 text if one is there.</summary>
    public static bool TryReceiveMultipartStrings(this IReceivingSocket socket, [NotNullWhen(true)] ref List<string>? frames, int expectedFrameCount = DefaultFrameCount)
    {
        return TryReceiveMultipartStrings(socket, TimeSpan.Zero, SendReceiveConstants.DefaultEncoding, ref frames, expectedFrameCount);
    }

    /// <summary>Takes the frames of a message as text in an encoding if one is there.</summary>
    public static bool TryReceiveMultipartStrings(this IReceivingSocket socket, Encoding encoding, [NotNullWhen(true)] ref List<string>? frames, int expectedFrameCount = DefaultFrameCount)
    {
        return TryReceiveMultipartStrings(socket, TimeSpan.Zero, encoding, ref frames, expectedFrameCount);
    }

    /// <summary>Waits for a message for at most the given time and puts its frames as UTF-8 text into the list.</summary>
    public static bool TryReceiveMultipartStrings(this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] ref List<string>? frames, int expectedFrameCount = DefaultFrameCount)
    {
        return TryReceiveMultipartStrings(socket, timeout, SendReceiveConstants.DefaultEncoding, ref frames, expectedFrameCount);
    }

    /// <summary>Waits for a message for at most the given time and puts its frames as text into the list, which is cleared before, or made.</summary>
    public static bool TryReceiveMultipartStrings(this IReceivingSocket socket, TimeSpan timeout, Encoding encoding, [NotNullWhen(true)] ref List<string>? frames, int expectedFrameCount = DefaultFrameCount)
    {
        if (!TryReceiveFrameString(socket, timeout, encoding, out var text, out var more))
            return false;
        frames ??= new List<string>(expectedFrameCount);
        frames.Clear();
        frames.Add(text);
        while (more)
            frames.Add(ReceiveFrameString(socket, encoding, out more));
        return true;
    }

    /// <summary>Waits for a message.</summary>
    public static ZmqMessage ReceiveMultipartMessage(this IReceivingSocket socket, int expectedFrameCount = DefaultFrameCount)
    {
        ZmqMessage? message = null;
        TryReceiveMultipartMessage(socket, SendReceiveConstants.InfiniteTimeout, ref message, expectedFrameCount);
        return message!;
    }

    /// <summary>Takes a message if one is there.</summary>
    public static bool TryReceiveMultipartMessage(this IReceivingSocket socket, [NotNullWhen(true)] ref ZmqMessage? message, int expectedFrameCount = DefaultFrameCount)
    {
        return TryReceiveMultipartMessage(socket, TimeSpan.Zero, ref message, expectedFrameCount);
    }

    /// <summary>Waits for a message for at most the given time and puts its frames into the given one, which is cleared before, or made.</summary>
    public static bool TryReceiveMultipartMessage(this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] ref ZmqMessage? message, int expectedFrameCount = DefaultFrameCount)
    {
        if (!TryReceiveFrameBytes(socket, timeout, out var bytes, out var more))
            return false;
        message ??= new ZmqMessage(expectedFrameCount);
        message.Clear();
        message.Append(bytes);
        while (more)
            message.Append(ReceiveFrameBytes(socket, out more));
        return true;
    }
}
