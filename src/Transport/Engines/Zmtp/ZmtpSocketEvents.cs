using Actors.Zmtp;
using Actors.Zmtp.Monitoring;

namespace Actors.Transport;

/// <summary>Turns the monitor events of a socket into <see cref="PeerEvent"/>s, on the poller's thread.</summary>
internal sealed class ZmtpSocketEvents : IDisposable
{
    private const SocketEvents Watched =
        SocketEvents.Accepted | SocketEvents.Connected | SocketEvents.Disconnected | SocketEvents.ConnectRetried | SocketEvents.AcceptFailed;

    private readonly ZmqMonitor _monitor;

    /// <param name="name">The socket's name in the events.</param>
    /// <param name="socket">Not yet bound or connected, so that no event is missed.</param>
    /// <param name="poller">The poller of this thread.</param>
    /// <param name="report">Called on the poller's thread.</param>
    public ZmtpSocketEvents(string name, ZmqSocket socket, ZmqPoller poller, Action<PeerEvent> report)
    {
        _monitor = new ZmqMonitor(socket, $"inproc://monitor-{Guid.NewGuid():N}", Watched);
        _monitor.Accepted += (_, e) => report(new PeerConnected(name, e.Address));
        _monitor.Connected += (_, e) => report(new PeerConnected(name, e.Address));
        _monitor.Disconnected += (_, e) => report(new PeerDisconnected(name, e.Address));
        _monitor.ConnectRetried += (_, e) => report(new PeerRetried(name, e.Address, TimeSpan.FromMilliseconds(e.Interval)));
        _monitor.AcceptFailed += (_, e) => report(new PeerAcceptFailed(name, e.Address, e.ErrorCode.ToString()));
        _monitor.AttachToPoller(poller);
    }

    public void Dispose()
    {
        _monitor.DetachFromPoller();
        _monitor.Dispose();
    }
}
