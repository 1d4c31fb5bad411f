using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Actors.Zmtp;

public static partial class ReceivingSocketExtensions
{
    /// <summary>Waits for a frame and returns it as UTF-8 text.</summary>
    public static string ReceiveFrameString(this IReceivingSocket socket)
    {
        return ReceiveFrameString(socket, SendReceiveConstants.DefaultEncoding, out _);
    }

    /// <inheritdoc cref="ReceiveFrameString(IReceivingSocket)"/>
    public static string ReceiveFrameString(this IReceivingSocket socket, out bool more)
    {
        return ReceiveFrameString(socket, SendReceiveConstants.DefaultEncoding, out more);
    }

    /// <summary>Waits for a frame and returns it as text in an encoding.</summary>
    public static string ReceiveFrameString(this IReceivingSocket socket, Encoding encoding)
    {
        return ReceiveFrameString(socket, encoding, out _);
    }

    /// <summary>Waits for a frame and returns it as text in an encoding.</summary>
    /// <param name="socket">The socket to receive from.</param>
    /// <param name="encoding">The encoding of the text.</param>
    /// <param name="more">Whether another frame of the same message follows.</param>
    public static string ReceiveFrameString(this IReceivingSocket socket, Encoding encoding, out bool more)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        var msg = default(Msg);
        msg.InitEmpty();
        Receive(socket, ref msg);
        try
        {
            more = msg.HasMore;
            return msg.GetString(encoding);
        }
        finally
        {
            msg.Close();
        }
    }

    /// <summary>Takes a frame as UTF-8 text if one is there.</summary>
    public static bool TryReceiveFrameString(this IReceivingSocket socket, [NotNullWhen(true)] out string? frameString)
    {
        return TryReceiveFrameString(socket, TimeSpan.Zero, SendReceiveConstants.DefaultEncoding, out frameString, out _);
    }

    /// <inheritdoc cref="TryReceiveFrameString(IReceivingSocket, out string)"/>
    public static bool TryReceiveFrameString(this IReceivingSocket socket, [NotNullWhen(true)] out string? frameString, out bool more)
    {
        return TryReceiveFrameString(socket, TimeSpan.Zero, SendReceiveConstants.DefaultEncoding, out frameString, out more);
    }

    /// <summary>Takes a frame as text in an encoding if one is there.</summary>
    public static bool TryReceiveFrameString(this IReceivingSocket socket, Encoding encoding, [NotNullWhen(true)] out string? frameString)
    {
        return TryReceiveFrameString(socket, TimeSpan.Zero, encoding, out frameString, out _);
    }

    /// <inheritdoc cref="TryReceiveFrameString(IReceivingSocket, Encoding, out string)"/>
    public static bool TryReceiveFrameString(this IReceivingSocket socket, Encoding encoding, [NotNullWhen(true)] out string? frameString, out bool more)
    {
        return TryReceiveFrameString(socket, TimeSpan.Zero, encoding, out frameString, out more);
    }

    /// <summary>Waits for a frame for at most the given time and returns it as UTF-8 text.</summary>
    public static bool TryReceiveFrameString(this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] out string? frameString)
    {
        return TryReceiveFrameString(socket, timeout, SendReceiveConstants.DefaultEncoding, out frameString, out _);
    }

    /// <inheritdoc cref="TryReceiveFrameString(IReceivingSocket, TimeSpan, out string)"/>
    public static bool TryReceiveFrameString(this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] out string? frameString, out bool more)
    {
        return TryReceiveFrameString(socket, timeout, SendReceiveConstants.DefaultEncoding, out frameString, out more);
    }

    /// <summary>Waits for a frame for at most the given time and returns it as text in an encoding.</summary>
    public static bool TryReceiveFrameString(this IReceivingSocket socket, TimeSpan timeout, Encoding encoding, [NotNullWhen(true)] out string? frameString)
    {
        return TryReceiveFrameString(socket, timeout, encoding, out frameString, out _);
    }

    /// <inheritdoc cref="TryReceiveFrameString(IReceivingSocket, TimeSpan, Encoding, out string)"/>
    public static bool TryReceiveFrameString(this IReceivingSocket socket, TimeSpan timeout, Encoding encoding, [NotNullWhen(true)] out string? frameString, out bool more)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(encoding);
        var msg = default(Msg);
        msg.InitEmpty();
        var received = socket.TryReceive(ref msg, timeout);
        try
        {
            frameString = received ? msg.GetString(encoding) : null;
            more = received && msg.HasMore;
            return received;
        }
        finally
        {
            msg.Close();
        }
    }
}
