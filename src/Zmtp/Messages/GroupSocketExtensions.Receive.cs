using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Actors.Zmtp;

public static partial class GroupSocketExtensions
{
    /// <summary>Waits for a message and returns its group and its bytes.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static (string, byte[]) ReceiveBytes(this IGroupInSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.Receive(socket, cancellationToken, ReadBytes);

    /// <summary>Takes a message as bytes if one is there, with its group.</summary>
    public static bool TryReceiveBytes(this IGroupInSocket socket, [NotNullWhen(true)] out string? group, [NotNullWhen(true)] out byte[]? bytes)
        => TryReceiveBytes(socket, TimeSpan.Zero, out group, out bytes);

    /// <summary>Takes a message as bytes if one comes in time, with its group.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static bool TryReceiveBytes(this IGroupInSocket socket, TimeSpan timeout, [NotNullWhen(true)] out string? group, [NotNullWhen(true)] out byte[]? bytes, CancellationToken cancellationToken = default)
    {
        bool received = ThreadSafeMessages.TryReceive(socket, timeout, cancellationToken, ReadBytes, out (string Address, byte[] Content) message);
        (group, bytes) = message;
        return received;
    }

    /// <summary>Receives its group and bytes without holding up the thread.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static ValueTask<(string, byte[])> ReceiveBytesAsync(this IGroupInSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.ReceiveAsync(socket, cancellationToken, ReadBytes);

    /// <summary>Receives message after message until the token is cancelled, which throws.</summary>
    public static IAsyncEnumerable<(string, byte[])> ReceiveBytesAsyncEnumerable(this IGroupInSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.ReceiveAll(socket, ReadBytes, cancellationToken);

    /// <summary>Waits for a message and returns its group and its UTF-8 text.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static (string, string) ReceiveString(this IGroupInSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.Receive(socket, cancellationToken, ReadText);

    /// <summary>Takes a message as UTF-8 text if one is there, with its group.</summary>
    public static bool TryReceiveString(this IGroupInSocket socket, [NotNullWhen(true)] out string? group, [NotNullWhen(true)] out string? str)
        => TryReceiveString(socket, TimeSpan.Zero, out group, out str);

    /// <summary>Takes a message as UTF-8 text if one comes in time, with its group.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static bool TryReceiveString(this IGroupInSocket socket, TimeSpan timeout, [NotNullWhen(true)] out string? group, [NotNullWhen(true)] out string? str, CancellationToken cancellationToken = default)
    {
        bool received = ThreadSafeMessages.TryReceive(socket, timeout, cancellationToken, ReadText, out (string Address, string Content) message);
        (group, str) = message;
        return received;
    }

    /// <summary>Receives its group and UTF-8 text without holding up the thread.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static ValueTask<(string, string)> ReceiveStringAsync(this IGroupInSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.ReceiveAsync(socket, cancellationToken, ReadText);

    /// <summary>Receives message after message until the token is cancelled, which throws.</summary>
    public static IAsyncEnumerable<(string, string)> ReceiveStringAsyncEnumerable(this IGroupInSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.ReceiveAll(socket, ReadText, cancellationToken);

    /// <summary>Waits for a message and returns its group and its text in an encoding.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static (string, string) ReceiveString(this IGroupInSocket socket, Encoding encoding, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.Receive(socket, cancellationToken, Reader(encoding));

    /// <summary>Takes a message as text in an encoding if one is there, with its group.</summary>
    public static bool TryReceiveString(this IGroupInSocket socket, Encoding encoding, [NotNullWhen(true)] out string? group, [NotNullWhen(true)] out string? str)
        => TryReceiveString(socket, TimeSpan.Zero, encoding, out group, out str);

    /// <summary>Takes a message as text in an encoding if one comes in time, with its group.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static bool TryReceiveString(this IGroupInSocket socket, TimeSpan timeout, Encoding encoding, [NotNullWhen(true)] out string? group, [NotNullWhen(true)] out string? str, CancellationToken cancellationToken = default)
    {
        bool received = ThreadSafeMessages.TryReceive(socket, timeout, cancellationToken, Reader(encoding), out (string Address, string Content) message);
        (group, str) = message;
        return received;
    }

    private static (string, byte[]) ReadBytes(ref Msg msg) => (msg.Group, msg.ToArray());

    private static (string, string) ReadText(ref Msg msg) => (msg.Group, msg.GetString(SendReceiveConstants.DefaultEncoding));

    private static MessageReader<(string, string)> Reader(Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return (ref Msg msg) => (msg.Group, msg.GetString(encoding));
    }
}
