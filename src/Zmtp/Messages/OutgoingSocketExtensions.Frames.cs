namespace Actors.Zmtp;

public static partial class OutgoingSocketExtensions
{
    /// <summary>Sends a frame of these bytes. The array may be changed when the call returns.</summary>
    public static void SendFrame(this IOutgoingSocket socket, byte[] data, bool more = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        TrySendBytes(socket, SendReceiveConstants.InfiniteTimeout, data, data.Length, more);
    }

    /// <summary>Sends a frame of the first bytes of an array. The array may be changed when the call returns.</summary>
    public static void SendFrame(this IOutgoingSocket socket, byte[] data, int length, bool more = false)
    {
        TrySendBytes(socket, SendReceiveConstants.InfiniteTimeout, data, length, more);
    }

    /// <summary>Sends a frame of the text in UTF-8.</summary>
    public static void SendFrame(this IOutgoingSocket socket, string message, bool more = false)
    {
        TrySendText(socket, SendReceiveConstants.InfiniteTimeout, message, more);
    }

    /// <summary>Sends a frame without bytes.</summary>
    public static void SendFrameEmpty(this IOutgoingSocket socket, bool more = false)
    {
        TrySendEmpty(socket, SendReceiveConstants.InfiniteTimeout, more);
    }

    /// <summary>Sends a frame that others of the same message follow.</summary>
    /// <returns>The socket, to go on with.</returns>
    public static IOutgoingSocket SendMoreFrame(this IOutgoingSocket socket, byte[] data)
    {
        SendFrame(socket, data, more: true);
        return socket;
    }

    /// <inheritdoc cref="SendMoreFrame(IOutgoingSocket, byte[])"/>
    public static IOutgoingSocket SendMoreFrame(this IOutgoingSocket socket, byte[] data, int length)
    {
        SendFrame(socket, data, length, more: true);
        return socket;
    }

    /// <inheritdoc cref="SendMoreFrame(IOutgoingSocket, byte[])"/>
    public static IOutgoingSocket SendMoreFrame(this IOutgoingSocket socket, string message)
    {
        SendFrame(socket, message, more: true);
        return socket;
    }

    /// <inheritdoc cref="SendMoreFrame(IOutgoingSocket, byte[])"/>
    public static IOutgoingSocket SendMoreFrameEmpty(this IOutgoingSocket socket)
    {
        SendFrameEmpty(socket, more: true);
        return socket;
    }

    /// <summary>Tries to send a frame of these bytes, for at most the given time.</summary>
    public static bool TrySendFrame(this IOutgoingSocket socket, TimeSpan timeout, byte[] data, bool more = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        return TrySendBytes(socket, timeout, data, data.Length, more);
    }

    /// <summary>Tries to send a frame of the first bytes of an array, for at most the given time.</summary>
    public static bool TrySendFrame(this IOutgoingSocket socket, TimeSpan timeout, byte[] data, int length, bool more = false)
    {
        return TrySendBytes(socket, timeout, data, length, more);
    }

    /// <summary>Tries to send a frame of the text in UTF-8, for at most the given time.</summary>
    public static bool TrySendFrame(this IOutgoingSocket socket, TimeSpan timeout, string message, bool more = false)
    {
        return TrySendText(socket, timeout, message, more);
    }

    /// <summary>Sends a frame of these bytes if that is possible at once.</summary>
    public static bool TrySendFrame(this IOutgoingSocket socket, byte[] data, bool more = false)
    {
        return TrySendFrame(socket, TimeSpan.Zero, data, more);
    }

    /// <summary>Sends a frame of the first bytes of an array if that is possible at once.</summary>
    public static bool TrySendFrame(this IOutgoingSocket socket, byte[] data, int length, bool more = false)
    {
        return TrySendBytes(socket, TimeSpan.Zero, data, length, more);
    }

    /// <summary>Sends a frame of the text in UTF-8 if that is possible at once.</summary>
    public static bool TrySendFrame(this IOutgoingSocket socket, string message, bool more = false)
    {
        return TrySendText(socket, TimeSpan.Zero, message, more);
    }

    /// <summary>Tries to send a frame without bytes, for at most the given time.</summary>
    public static bool TrySendFrameEmpty(this IOutgoingSocket socket, TimeSpan timeout, bool more = false)
    {
        return TrySendEmpty(socket, timeout, more);
    }

    /// <summary>Sends a frame without bytes if that is possible at once.</summary>
    public static bool TrySendFrameEmpty(this IOutgoingSocket socket, bool more = false)
    {
        return TrySendEmpty(socket, TimeSpan.Zero, more);
    }
}
