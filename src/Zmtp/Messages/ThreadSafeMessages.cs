using System.Diagnostics.CodeAnalysis;

namespace Actors.Zmtp;

/// <summary>
/// Sending and receiving of bytes and text by thread-safe sockets, from any thread. The routing id names the peer of a
/// SERVER, the group that of a RADIO; they throw what <see cref="ThreadSafeSocket.TrySend"/> and
/// <see cref="ThreadSafeSocket.TryReceive"/> throw.
/// </summary>
public static class ThreadSafeMessages
{
    /// <summary>Sends a copy of the bytes, and waits without end for a peer that can take it.</summary>
    public static void Send(this ThreadSafeSocket socket, ReadOnlySpan<byte> data, uint routingId = 0, string group = "")
        => socket.TrySend(Timeout.InfiniteTimeSpan, data, routingId, group);

    /// <summary>Sends text in UTF-8, and waits without end for a peer that can take it.</summary>
    public static void Send(this ThreadSafeSocket socket, string text, uint routingId = 0, string group = "")
        => TrySendAndClose(socket, Timeout.InfiniteTimeSpan, Msg.OfText(text), routingId, group);

    /// <summary>Sends a copy of the bytes if a peer can take it in time.</summary>
    public static bool TrySend(this ThreadSafeSocket socket, TimeSpan timeout, ReadOnlySpan<byte> data, uint routingId = 0, string group = "")
        => TrySendAndClose(socket, timeout, Msg.OfCopy(data), routingId, group);

    /// <summary>Waits without end for a message, and returns its bytes.</summary>
    public static byte[] Receive(this ThreadSafeSocket socket, CancellationToken cancellationToken = default)
        => socket.TryReceive(Timeout.InfiniteTimeSpan, out byte[]? data, cancellationToken)
            ? data
            : throw new InvalidOperationException($"A receive without a time limit came back from {socket.GetType().Name} without a message.");

    /// <summary>Receives the bytes of a message if one comes in time.</summary>
    public static bool TryReceive(this ThreadSafeSocket socket, TimeSpan timeout, [NotNullWhen(true)] out byte[]? data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Msg msg = default;
        data = socket.TryReceive(ref msg, timeout, cancellationToken) ? msg.TakeArray() : null;
        return data is not null;
    }

    /// <summary>Sends and leaves no buffer behind, however it ends.</summary>
    private static bool TrySendAndClose(ThreadSafeSocket socket, TimeSpan timeout, Msg msg, uint routingId, string group)
    {
        try
        {
            ArgumentNullException.ThrowIfNull(socket);
            msg.RoutingId = routingId;
            msg.Group = group;
            return socket.TrySend(ref msg, timeout);
        }
        finally
        {
            if (msg.IsInitialised)
            {
                msg.Close();
            }
        }
    }
}
