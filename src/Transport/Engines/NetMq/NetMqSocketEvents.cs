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
        _monitor.Disconnected += (_, e) => report(new PeerDisconnected(name, addresses.Of(e.Address), PeerOf(e)));
        _monitor.ConnectRetried += (_, e) => report(new PeerRetried(name, e.Address, TimeSpan.FromMilliseconds(e.Interval)));
        _monitor.AcceptFailed += (_, e) => report(new PeerAcceptFailed(name, addresses.Of(e.Address), e.ErrorCode.ToString()));
        _monitor.AttachToPoller(monitors);
    }

    public void Dispose()
    {
        _monitor.DetachFromPoller();
        _monitor.Dispose();
    }

    private PeerConnected Connected(NetMQMonitorSocketEventArgs e)
    {
        if (e.Socket is { } socket && RemoteAddress(socket) is { } address) _addresses.AddOrUpdate(socket, address);
        return new PeerConnected(_name, _endpoints.Of(e.Address), PeerOf(e));
    }

    private Peer? PeerOf(NetMQMonitorSocketEventArgs e) =>
        e.Socket is { } socket && _addresses.TryGetValue(socket, out var address) ? new Peer(null, address) : null;

    private static string? RemoteAddress(AsyncIO.AsyncSocket socket)
    {
        try
        {
            return socket.RemoteEndPoint is { } peer ? NetMqAddresses.Render(peer) : null;
        }
        catch (Exception gone) when (gone is ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            return null;
        }
    }
}
