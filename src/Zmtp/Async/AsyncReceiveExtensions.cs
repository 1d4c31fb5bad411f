using System.Text;

namespace Actors.Zmtp;

/// <summary>Receiving that does not hold the thread up. Needs a <see cref="ZmqRuntime"/> on the calling thread.</summary>
public static class AsyncReceiveExtensions
{
    private const int DefaultFrameCount = 4;

    /// <summary>Waits for a frame and returns its bytes, and whether another frame of the same message follows.</summary>
    public static async Task<(byte[], bool)> ReceiveFrameBytesAsync(this ZmqSocket socket, CancellationToken cancellationToken = default)
    {
        byte[]? bytes;
        bool more;
        while (!socket.TryReceiveFrameBytes(out bytes, out more))
            await ZmqRuntime.Current.WaitToReceive(socket, cancellationToken);
        return (bytes, more);
    }

    /// <summary>Waits for a frame and returns it as UTF-8 text, and whether another frame of the same message follows.</summary>
    public static Task<(string, bool)> ReceiveFrameStringAsync(this ZmqSocket socket, CancellationToken cancellationToken = default)
    {
        return ReceiveFrameStringAsync(socket, SendReceiveConstants.DefaultEncoding, cancellationToken);
    }

    /// <summary>Waits for a frame and returns it as text in an encoding, and whether another frame of the same message follows.</summary>
    public static async Task<(string, bool)> ReceiveFrameStringAsync(this ZmqSocket socket, Encoding encoding, CancellationToken cancellationToken = default)
    {
        string? text;
        bool more;
        while (!socket.TryReceiveFrameString(encoding, out text, out more))
            await ZmqRuntime.Current.WaitToReceive(socket, cancellationToken);
        return (text, more);
    }

    /// <summary>Waits for a message.</summary>
    public static async Task<ZmqMessage> ReceiveMultipartMessageAsync(this ZmqSocket socket, int expectedFrameCount = DefaultFrameCount, CancellationToken cancellationToken = default)
    {
        ZmqMessage? message = null;
        while (!socket.TryReceiveMultipartMessage(ref message, expectedFrameCount))
            await ZmqRuntime.Current.WaitToReceive(socket, cancellationToken);
        return message;
    }

    /// <summary>Waits for a frame and returns it as a routing key, and whether another frame of the same message follows.</summary>
    public static async Task<(RoutingKey, bool)> ReceiveRoutingKeyAsync(this ZmqSocket socket)
    {
        var (bytes, more) = await socket.ReceiveFrameBytesAsync();
        return (new RoutingKey(bytes), more);
    }

    /// <summary>Waits for a frame, drops it, and returns whether another frame of the same message follows.</summary>
    public static async Task<bool> SkipFrameAsync(this ZmqSocket socket, CancellationToken cancellationToken = default)
    {
        bool more;
        while (!socket.TrySkipFrame(out more))
            await ZmqRuntime.Current.WaitToReceive(socket, cancellationToken);
        return more;
    }

    /// <summary>Waits for a message and drops it.</summary>
    public static async Task SkipMultipartMessageAsync(this ZmqSocket socket)
    {
        while (await socket.SkipFrameAsync())
        {
        }
    }
}
