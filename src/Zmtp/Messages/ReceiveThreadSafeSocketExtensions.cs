using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Actors.Zmtp;

/// <summary>Receiving of bytes and text by thread-safe sockets.</summary>
public static class ReceiveThreadSafeSocketExtensions
{
    /// <summary>Waits for a message and returns its bytes.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static byte[] ReceiveBytes(this IThreadSafeInSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.Receive(socket, cancellationToken, ReadBytes);

    /// <summary>Takes a message as bytes if one is there.</summary>
    public static bool TryReceiveBytes(this IThreadSafeInSocket socket, [NotNullWhen(true)] out byte[]? bytes)
        => TryReceiveBytes(socket, TimeSpan.Zero, out bytes);

    /// <summary>Takes a message as bytes if one comes in time.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static bool TryReceiveBytes(this IThreadSafeInSocket socket, TimeSpan timeout, [NotNullWhen(true)] out byte[]? bytes, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.TryReceive(socket, timeout, cancellationToken, ReadBytes, out bytes);

    /// <summary>Receives bytes without holding up the thread.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static ValueTask<byte[]> ReceiveBytesAsync(this IThreadSafeInSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.ReceiveAsync(socket, cancellationToken, ReadBytes);

    /// <summary>Receives message after message until the token is cancelled, which throws.</summary>
    public static IAsyncEnumerable<byte[]> ReceiveBytesAsyncEnumerable(this IThreadSafeInSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.ReceiveAll(socket, ReadBytes, cancellationToken);

    /// <summary>Waits for a message and returns its UTF-8 text.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static string ReceiveString(this IThreadSafeInSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.Receive(socket, cancellationToken, ReadText);

    /// <summary>Takes a message as UTF-8 text if one is there.</summary>
    public static bool TryReceiveString(this IThreadSafeInSocket socket, [NotNullWhen(true)] out string? str)
        => TryReceiveString(socket, TimeSpan.Zero, out str);

    /// <summary>Takes a message as UTF-8 text if one comes in time.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static bool TryReceiveString(this IThreadSafeInSocket socket, TimeSpan timeout, [NotNullWhen(true)] out string? str, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.TryReceive(socket, timeout, cancellationToken, ReadText, out str);

    /// <summary>Receives UTF-8 text without holding up the thread.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static ValueTask<string> ReceiveStringAsync(this IThreadSafeInSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.ReceiveAsync(socket, cancellationToken, ReadText);

    /// <summary>Receives message after message until the token is cancelled, which throws.</summary>
    public static IAsyncEnumerable<string> ReceiveStringAsyncEnumerable(this IThreadSafeInSocket socket, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.ReceiveAll(socket, ReadText, cancellationToken);

    /// <summary>Waits for a message and returns its text in an encoding.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static string ReceiveString(this IThreadSafeInSocket socket, Encoding encoding, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.Receive(socket, cancellationToken, Reader(encoding));

    /// <summary>Takes a message as text in an encoding if one is there.</summary>
    public static bool TryReceiveString(this IThreadSafeInSocket socket, Encoding encoding, [NotNullWhen(true)] out string? str)
        => TryReceiveString(socket, TimeSpan.Zero, encoding, out str);

    /// <summary>Takes a message as text in an encoding if one comes in time.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static bool TryReceiveString(this IThreadSafeInSocket socket, TimeSpan timeout, Encoding encoding, [NotNullWhen(true)] out string? str, CancellationToken cancellationToken = default)
        => ThreadSafeMessages.TryReceive(socket, timeout, cancellationToken, Reader(encoding), out str);

    private static byte[] ReadBytes(ref Msg msg) => msg.ToArray();

    private static string ReadText(ref Msg msg) => msg.GetString(SendReceiveConstants.DefaultEncoding);

    private static MessageReader<string> Reader(Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return (ref Msg msg) => msg.GetString(encoding);
    }
}
