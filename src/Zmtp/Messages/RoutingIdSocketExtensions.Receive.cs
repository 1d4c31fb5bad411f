using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Actors.Zmtp;

public static partial class RoutingIdSocketExtensions
{
    /// <summary>Waits for a message and returns the routing id of its peer and its bytes.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static (uint, byte[]) ReceiveBytes(this IRoutingIdSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.Receive(socket, cancellationToken, ReadBytes);

    /// <summary>Takes a message as bytes if one is there, with the routing id of its peer.</summary>
    public static bool TryReceiveBytes(this IRoutingIdSocket socket, out uint routingId, [NotNullWhen(true)] out byte[]? bytes)
        => TryReceiveBytes(socket, TimeSpan.Zero, out routingId, out bytes);

    /// <summary>Takes a message as bytes if one comes in time, with the routing id of its peer.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static bool TryReceiveBytes(this IRoutingIdSocket socket, TimeSpan timeout, out uint routingId, [NotNullWhen(true)] out byte[]? bytes, CancellationToken cancellationToken = default)
    {
        bool received = ThreadSafeMessages.TryReceive(socket, timeout, cancellationToken, ReadBytes, out (uint Address, byte[] Content) message);
        (routingId, bytes) = message;
        return received;
    }

    /// <summary>Receives the routing id of its peer and bytes without holding up the thread.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static ValueTask<(uint, byte[])> ReceiveBytesAsync(this IRoutingIdSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.ReceiveAsync(socket, cancellationToken, ReadBytes);

    /// <summary>Receives message after message until the token is cancelled, which throws.</summary>
    public static IAsyncEnumerable<(uint, byte[])> ReceiveBytesAsyncEnumerable(this IRoutingIdSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.ReceiveAll(socket, ReadBytes, cancellationToken);

    /// <summary>Waits for a message and returns the routing id of its peer and its UTF-8 text.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static (uint, string) ReceiveString(this IRoutingIdSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.Receive(socket, cancellationToken, ReadText);

    /// <summary>Takes a message as UTF-8 text if one is there, with the routing id of its peer.</summary>
    public static bool TryReceiveString(this IRoutingIdSocket socket, out uint routingId, [NotNullWhen(true)] out string? str)
        => TryReceiveString(socket, TimeSpan.Zero, out routingId, out str);

    /// <summary>Takes a message as UTF-8 text if one comes in time, with the routing id of its peer.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static bool TryReceiveString(this IRoutingIdSocket socket, TimeSpan timeout, out uint routingId, [NotNullWhen(true)] out string? str, CancellationToken cancellationToken = default)
    {
        bool received = ThreadSafeMessages.TryReceive(socket, timeout, cancellationToken, ReadText, out (uint Address, string Content) message);
        (routingId, str) = message;
        return received;
    }

    /// <summary>Receives the routing id of its peer and UTF-8 text without holding up the thread.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static ValueTask<(uint, string)> ReceiveStringAsync(this IRoutingIdSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.ReceiveAsync(socket, cancellationToken, ReadText);

    /// <summary>Receives message after message until the token is cancelled, which throws.</summary>
    public static IAsyncEnumerable<(uint, string)> ReceiveStringAsyncEnumerable(this IRoutingIdSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.ReceiveAll(socket, ReadText, cancellationToken);

    /// <summary>Waits for a message and returns the routing id of its peer and its text in an encoding.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static (uint, string) ReceiveString(this IRoutingIdSocket socket, Encoding encoding, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.Receive(socket, cancellationToken, Reader(encoding));

    /// <summary>Takes a message as text in an encoding if one is there, with the routing id of its peer.</summary>
    public static bool TryReceiveString(this IRoutingIdSocket socket, Encoding encoding, out uint routingId, [NotNullWhen(true)] out string? str)
        => TryReceiveString(socket, TimeSpan.Zero, encoding, out routingId, out str);

    /// <summary>Takes a message as text in an encoding if one comes in time, with the routing id of its peer.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static bool TryReceiveString(this IRoutingIdSocket socket, TimeSpan timeout, Encoding encoding, out uint routingId, [NotNullWhen(true)] out string? str, CancellationToken cancellationToken = default)
    {
        bool received = ThreadSafeMessages.TryReceive(socket, timeout, cancellationToken, Reader(encoding), out (uint Address, string Content) message);
        (routingId, str) = message;
        return received;
    }

    private static (uint, byte[]) ReadBytes(ref Msg msg) => (msg.RoutingId, msg.ToArray());

    private static (uint, string) ReadText(ref Msg msg) => (msg.RoutingId, msg.GetString(SendReceiveConstants.DefaultEncoding));

    private static MessageReader<(uint, string)> Reader(Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return (ref Msg msg) => (msg.RoutingId, msg.GetString(encoding));
    }
}
