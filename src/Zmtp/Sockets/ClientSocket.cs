namespace Actors.Zmtp.Sockets;

/// <summary>CLIENT (RFC 41): sends to all its SERVER peers in turn, and receives from them.</summary>
public class ClientSocket : ThreadSafeSocket, IThreadSafeOutSocket, IThreadSafeInSocket
{
    /// <summary>A socket without endpoints.</summary>
    public ClientSocket()
        : base(ZmqSocketType.Client)
    {
    }
}
