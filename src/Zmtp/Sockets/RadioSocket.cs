namespace Actors.Zmtp.Sockets;

/// <summary>RADIO (RFC 48): sends each message to the DISH peers that joined its <see cref="Msg.Group"/>.</summary>
public class RadioSocket : ThreadSafeSocket, IGroupOutSocket
{
    /// <summary>A socket without endpoints.</summary>
    public RadioSocket()
        : base(ZmqSocketType.Radio)
    {
    }
}
