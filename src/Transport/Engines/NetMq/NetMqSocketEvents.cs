using System.Net;
using System.Runtime.CompilerServices;
using NetMQ;
using NetMQ.Monitoring;

namespace Actors.Transport;

/// <summary>Turns the monitor events of a NetMQ socket into <see cref="PeerEvent"/>s, on the poller's thread.</summary>
internal sealed class NetMqSocketEvents : IDisposable
{
    private const SocketEvents Watched =
        SocketEvents.Accepted | SocketEvents.Connected | SocketEvents.Disconnected | SocketEvents.ConnectRetried | SocketEvents.AcceptFailed;

    private readonly string _name;
    private readonly NetMQMonitor _monitor;
    private readonly NetMqAddresses _endpoints;

    // A system socket that has been closed no longer knows its peer's address.
    private readonly ConditionalWeakTable<object, string> _addresses = [];
    private readonly Dictionary<object, (IPEndPoint Local, IPEndPoint Remote)> _connections = [];

    /// <param name="name">The socket's name in the events.</param>
    /// <param name="socket">Not yet bound or connected, so that no event is missed.</param>
    /// <param name="monitors">Those of this thread.</param>
    /// <param name="addresses">Of the socket.</param>
    /// <param name="report">Called on the poller's thread.</param>
    public NetMqSocketEvents(string name, NetMQSocket socket, NetMqMonitors monitors, NetMqAddresses addresses, Action<PeerEvent> report)
    {
        _name = name;
        _endpoints = addresses;
        _monitor = new NetMQMonitor(socket, $"inproc://monitor-{Guid.NewGuid():N}", Watched);
        _monitor.Accepted += (_, e) => report(Connected(e));
        _monitor.Connected += (_, e) => report(Connected(e));
        _monitor.Disconnected += (_, e) =>
        {
            if (e.Socket is { } ended) _connections.Remove(ended);
            report(new PeerDisconnected(name, addresses.Of(e.Address), PeerOf(e)));
        };
        _monitor.ConnectRetried += (_, e) => report(new PeerRetried(name, e.Address, TimeSpan.FromMilliseconds(e.Interval)));
        _monitor.AcceptFailed += (_, e) => report(new PeerAcceptFailed(name, addresses.Of(e.Address), e.ErrorCode.ToString()));
        _monitor.AttachToPoller(monitors);
    }

    /// <summary>The connections that stand, as far as the monitor has told.</summary>
    public IEnumerable<(IPEndPoint Local, IPEndPoint Remote)> Connections => _connections.Values;

    public void Dispose()
    {
        _monitor.DetachFromPoller();
        _monitor.Dispose();
    }

    private PeerConnected Connected(NetMQMonitorSocketEventArgs e)
    {
        if (e.Socket is { } socket && EndsOf(socket) is { } ends)
        {
            _addresses.AddOrUpdate(socket, NetMqAddresses.Render(ends.Remote));
            _connections[socket] = ends;
        }
        return new PeerConnected(_name, _endpoints.Of(e.Address), PeerOf(e));
    }

    private Peer? PeerOf(NetMQMonitorSocketEventArgs e) =>
        e.Socket is { } socket && _addresses.TryGetValue(socket, out var address) ? new Peer(null, address) : null;

    private static (IPEndPoint Local, IPEndPoint Remote)? EndsOf(AsyncIO.AsyncSocket socket)
    {
        try
        {
            return socket is { LocalEndPoint: { } local, RemoteEndPoint: { } remote } ? (local, remote) : null;
        }
        catch (Exception gone) when (gone is ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            return null;
        }
    }
}
