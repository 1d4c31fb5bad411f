using Actors.Zmtp;

namespace Actors.Transport;

/// <summary>
/// What sockets drop inside, behind the API: what waits for a peer whose connection ends, what a peer that does not read
/// misses, and what had come when the socket was closed.
/// </summary>
internal static class SocketDrops
{
    /// <summary>Tells <paramref name="report"/> what the socket drops, from any thread, until all its connections have ended.</summary>
    public static void Watch(ZmqSocket socket, Action<long, DropReason, string?> report) =>
        // A closed socket drops as well, until its linger time is over; so the monitor is not disposed.
        socket.Monitor(SocketEvents.MessagesDropped, what => report(
            what.Count,
            what.DropReason switch
            {
                ZmqDropReason.Unsent => DropReason.Unsent,
                ZmqDropReason.Unread => DropReason.Unread,
                _ => DropReason.PeerFull,
            },
            what.PeerAddress.Length == 0 ? null : what.PeerAddress));
}
