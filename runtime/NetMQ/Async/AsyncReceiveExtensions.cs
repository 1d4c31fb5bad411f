using System.Text;

namespace NetMQ;

/// <summary>Receiving that does not hold the thread up. Needs a <see cref="NetMQRuntime"/> on the calling thread.</summary>
public static class AsyncReceiveExtensions
{
    private const int DefaultFrameCount = 4;

    /// <summary>Waits for a frame and returns its bytes, and whether another frame of the same message follows.</summary>
    public static async Task<(byte[], bool)> ReceiveFrameBytesAsync(this NetMQSocket socket, CancellationToken cancellationToken = default)
    {
        byte[]? bytes;
        bool more;
        while (!socket.TryReceiveFrameBytes(out bytes, out more))
            await NetMQRuntime.Current.WaitToReceive(socket, cancellationToken);
        return (bytes, more);
    }

    /// <summary>Waits for a frame and returns it as UTF-8 text, and whether another frame of the same message follows.</summary>
    public static Task<(string, bool)> ReceiveFrameStringAsync(this NetMQSocket socket, CancellationToken cancellationToken = default)
    {
        return ReceiveFrameStringAsync(socket, SendReceiveConstants.DefaultEncoding, cancellationToken);
    }

    /// <summary>Waits for a frame and returns it as text in an encoding, and whether another frame of the same message follows.</summary>
    public static async Task<(string, bool)> ReceiveFrameStringAsync(this NetMQSocket socket, Encoding encoding, CancellationToken cancellationToken = default)
    {
        string? text;
        bool more;
        while (!socket.TryReceiveFrameString(encoding, out text, out more))
            await NetMQRuntime.Current.WaitToReceive(socket, cancellationToken);
        return (text, more);
    }

    /// <summary>Waits for a message.</summary>
    public static async Task<NetMQMessage> ReceiveMultipartMessageAsync(this NetMQSocket socket, int expectedFrameCount = DefaultFrameCount, CancellationToken cancellationToken = default)
    {
        NetMQMessage? message = null;
        while (!socket.TryReceiveMultipartMessage(ref message, expectedFrameCount))
            await NetMQRuntime.Current.WaitToReceive(socket, cancellationToken);
        return message;
    }

    /// <summary>Waits for a frame and returns it as a routing key, and whether another frame of the same message follows.</summary>
    public static async Task<(RoutingKey, bool)> ReceiveRoutingKeyAsync(this NetMQSocket socket)
    {
        var (bytes, more) = await socket.ReceiveFrameBytesAsync();
        return (new RoutingKey(bytes), more);
    }

    /// <summary>Waits for a frame, drops it, and returns whether another frame of the same message follows.</summary>
    public static async Task<bool> SkipFrameAsync(this NetMQSocket socket, CancellationToken cancellationToken = default)
    {
        bool more;
        while (!socket.TrySkipFrame(out more))
            await NetMQRuntime.Current.WaitToReceive(socket, cancellationToken);
        return more;
    }

    /// <summary>Waits for a message and drops it.</summary>
    public static async Task SkipMultipartMessageAsync(this NetMQSocket socket)
    {
        while (await socket.SkipFrameAsync())
        {
        }
    }
}
