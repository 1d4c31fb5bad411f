namespace Actors.Zmtp.Sockets;

/// <summary>GATHER (RFC 49): receives from all its SCATTER peers in turn.</summary>
public class GatherSocket : ThreadSafeSocket, IThreadSafeInSocket
{
    /// <summary>A socket without endpoints.</summary>
    public GatherSocket()
        : base(ZmqSocketType.Gather)
    {
    }
}
