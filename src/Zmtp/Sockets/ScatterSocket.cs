namespace Actors.Zmtp.Sockets;

/// <summary>SCATTER (RFC 49): sends to all its GATHER peers in turn, and waits when none can take a message.</summary>
public class ScatterSocket : ThreadSafeSocket, IThreadSafeOutSocket
{
    /// <summary>A socket without endpoints.</summary>
    public ScatterSocket()
        : base(ZmqSocketType.Scatter)
    {
    }
}
