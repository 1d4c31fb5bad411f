namespace Actors.Zmtp.Sockets;

/// <summary>CHANNEL (RFC 52): talks to exactly one peer.</summary>
public class ChannelSocket : ThreadSafeSocket, IThreadSafeOutSocket, IThreadSafeInSocket
{
    /// <summary>A socket without endpoints.</summary>
    public ChannelSocket()
        : base(ZmqSocketType.Channel)
    {
    }
}
