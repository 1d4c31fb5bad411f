namespace Actors.Zmtp;

public static partial class ReceivingSocketExtensions
{
    /// <summary>Waits for a frame and drops it.</summary>
    public static void SkipFrame(this IReceivingSocket socket) => SkipFrame(socket, out _);

    /// <summary>Waits for a frame and drops it.</summary>
    /// <param name="socket">The socket to receive from.</param>
    /// <param name="more">Whether another frame of the same message follows.</param>
    public static void SkipFrame(this IReceivingSocket socket, out bool more)
    {
        TrySkip(socket, SendReceiveConstants.InfiniteTimeout, out more);
    }

    /// <summary>Drops a frame if one is there.</summary>
    public static bool TrySkipFrame(this IReceivingSocket socket) => TrySkip(socket, TimeSpan.Zero, out _);

    /// <inheritdoc cref="TrySkipFrame(IReceivingSocket)"/>
    public static bool TrySkipFrame(this IReceivingSocket socket, out bool more) => TrySkip(socket, TimeSpan.Zero, out more);

    /// <summary>Waits for a frame for at most the given time and drops it.</summary>
    public static bool TrySkipFrame(this IReceivingSocket socket, TimeSpan timeout) => TrySkip(socket, timeout, out _);

    /// <inheritdoc cref="TrySkipFrame(IReceivingSocket, TimeSpan)"/>
    public static bool TrySkipFrame(this IReceivingSocket socket, TimeSpan timeout, out bool more) => TrySkip(socket, timeout, out more);

    /// <summary>Waits for a message and drops it, or drops what is left of the one of which frames were received.</summary>
    public static void SkipMultipartMessage(this IReceivingSocket socket)
    {
        TrySkipMultipartMessage(socket, SendReceiveConstants.InfiniteTimeout);
    }

    /// <summary>Drops a message if one is there.</summary>
    public static bool TrySkipMultipartMessage(this IReceivingSocket socket)
    {
        return TrySkipMultipartMessage(socket, TimeSpan.Zero);
    }

    /// <summary>Waits for a message for at most the given time and drops it.</summary>
    public static bool TrySkipMultipartMessage(this IReceivingSocket socket, TimeSpan timeout)
    {
        if (!TrySkip(socket, timeout, out var more))
            return false;
        while (more)
            TrySkip(socket, SendReceiveConstants.InfiniteTimeout, out more);
        return true;
    }
}
