using System.Diagnostics.CodeAnalysis;

namespace Actors.Zmtp;

public static partial class ReceivingSocketExtensions
{
    /// <summary>Waits for a frame and returns its bytes.</summary>
    public static byte[] ReceiveFrameBytes(this IReceivingSocket socket) => ReceiveFrameBytes(socket, out _);

    /// <summary>Waits for a frame and returns its bytes.</summary>
    /// <param name="socket">The socket to receive from.</param>
    /// <param name="more">Whether another frame of the same message follows.</param>
    public static byte[] ReceiveFrameBytes(this IReceivingSocket socket, out bool more)
    {
        var msg = default(Msg);
        msg.InitEmpty();
        Receive(socket, ref msg);
        var bytes = msg.CloneData();
        more = msg.HasMore;
        msg.Close();
        return bytes;
    }

    /// <summary>Takes the bytes of a frame if one is there.</summary>
    public static bool TryReceiveFrameBytes(this IReceivingSocket socket, [NotNullWhen(true)] out byte[]? bytes)
    {
        return TryReceiveFrameBytes(socket, TimeSpan.Zero, out bytes, out _);
    }

    /// <inheritdoc cref="TryReceiveFrameBytes(IReceivingSocket, out byte[])"/>
    public static bool TryReceiveFrameBytes(this IReceivingSocket socket, [NotNullWhen(true)] out byte[]? bytes, out bool more)
    {
        return TryReceiveFrameBytes(socket, TimeSpan.Zero, out bytes, out more);
    }

    /// <summary>Waits for a frame for at most the given time and returns its bytes.</summary>
    public static bool TryReceiveFrameBytes(this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] out byte[]? bytes)
    {
        return TryReceiveFrameBytes(socket, timeout, out bytes, out _);
    }

    /// <inheritdoc cref="TryReceiveFrameBytes(IReceivingSocket, TimeSpan, out byte[])"/>
    public static bool TryReceiveFrameBytes(this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] out byte[]? bytes, out bool more)
    {
        ArgumentNullException.ThrowIfNull(socket);
        var msg = default(Msg);
        msg.InitEmpty();
        var received = socket.TryReceive(ref msg, timeout);
        bytes = received ? msg.CloneData() : null;
        more = received && msg.HasMore;
        msg.Close();
        return received;
    }
}
