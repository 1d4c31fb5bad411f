using System.Text;

namespace Actors.Zmtp;

/// <summary>What the extension methods of the thread-safe sockets have in common: messages from bytes and text, and the asynchronous ways.</summary>
internal static class ThreadSafeMessages
{
    /// <summary>A message with a copy of the bytes.</summary>
    public static Msg FromBytes(byte[] data, int length, uint routingId = 0, string group = "")
    {
        ArgumentNullException.ThrowIfNull(data);
        if ((uint)length > (uint)data.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, $"The length must be between 0 and that of the array, {data.Length}.");
        }

        Msg msg = default;
        msg.InitPool(length);
        data.AsSpan(0, length).CopyTo(msg.Slice());
        return Address(msg, routingId, group);
    }

    /// <summary>A message of UTF-8 text.</summary>
    public static Msg FromText(string message, uint routingId = 0, string group = "")
    {
        ArgumentNullException.ThrowIfNull(message);
        Encoding encoding = SendReceiveConstants.DefaultEncoding;
        Msg msg = default;
        msg.InitPool(encoding.GetByteCount(message));
        encoding.GetBytes(message, msg.Slice());
        return Address(msg, routingId, group);
    }

    /// <summary>Sends and leaves no buffer behind, however it ends.</summary>
    public static bool TrySendAndClose(IThreadSafeSocket socket, TimeSpan timeout, Msg msg)
    {
        try
        {
            ArgumentNullException.ThrowIfNull(socket);
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

    /// <summary>Sends as soon as a peer can take the message.</summary>
    public static ValueTask SendAsync(IThreadSafeSocket socket, Msg msg)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket is ThreadSafeSocket ours
            ? ours.SendAsync(msg)
            : new ValueTask(Task.Run(() => TrySendAndClose(socket, SendReceiveConstants.InfiniteTimeout, msg)));
    }

    /// <summary>Receives and takes what is wanted of the message; false when there was none in time.</summary>
    public static bool TryReceive<T>(IThreadSafeSocket socket, TimeSpan timeout, CancellationToken cancellationToken, MessageReader<T> read, out T result)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Msg msg = default;
        msg.InitEmpty();
        try
        {
            bool received = socket.TryReceive(ref msg, timeout, cancellationToken);
            result = received ? read(ref msg) : default!;
            return received;
        }
        finally
        {
            msg.Close();
        }
    }

    /// <summary>Waits for a message and takes what is wanted of it.</summary>
    public static T Receive<T>(IThreadSafeSocket socket, CancellationToken cancellationToken, MessageReader<T> read)
    {
        return TryReceive(socket, SendReceiveConstants.InfiniteTimeout, cancellationToken, read, out T result)
            ? result
            : throw new InvalidOperationException($"A receive without a time limit came back from {socket.GetType().Name} without a message.");
    }

    /// <summary>Receives without holding up the thread.</summary>
    public static async ValueTask<T> ReceiveAsync<T>(IThreadSafeSocket socket, CancellationToken cancellationToken, MessageReader<T> read)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket is not ThreadSafeSocket ours)
        {
            return await Task.Run(() => Receive(socket, cancellationToken, read), cancellationToken).ConfigureAwait(false);
        }

        Msg msg = await ours.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return read(ref msg);
        }
        finally
        {
            msg.Close();
        }
    }

    /// <summary>Receives one after another until the token is cancelled, which throws.</summary>
    public static async IAsyncEnumerable<T> ReceiveAll<T>(
        IThreadSafeSocket socket,
        MessageReader<T> read,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            yield return await ReceiveAsync(socket, cancellationToken, read).ConfigureAwait(false);
        }
    }

    private static Msg Address(Msg msg, uint routingId, string group)
    {
        msg.RoutingId = routingId;
        msg.Group = group;
        return msg;
    }
}

/// <summary>Takes what is wanted of a message.</summary>
internal delegate T MessageReader<out T>(ref Msg msg);
