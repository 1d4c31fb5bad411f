using Actors.Zmtp;

namespace Actors.Transport;

/// <summary>Turns the events of a socket into <see cref="PeerEvent"/>s, on the poller's thread.</summary>
internal sealed class SocketEventSource : IDisposable
{
    private const SocketEvents Watched =
        SocketEvents.Accepted | SocketEvents.Connected | SocketEvents.Disconnected | SocketEvents.ConnectRetried | SocketEvents.AcceptFailed;

    private readonly string _name;
    private readonly ZmqPoller _poller;
    private readonly Action<PeerEvent> _report;
    private readonly ZmqQueue<SocketEvent> _events = new();
    private readonly IDisposable _monitor;

    /// <param name="name">The socket's name in the events.</param>
    /// <param name="socket">Not yet bound or connected, so that no event is missed.</param>
    /// <param name="poller">The poller of this thread.</param>
    /// <param name="report">Called on the poller's thread.</param>
    public SocketEventSource(string name, ZmqSocket socket, ZmqPoller poller, Action<PeerEvent> report)
    {
        _name = name;
        _poller = poller;
        _report = report;
        _events.ReceiveReady += Report;
        poller.Add(_events);
        _monitor = socket.Monitor(Watched, _events.Enqueue);
    }

    private void Report(object? sender, ZmqQueueEventArgs<SocketEvent> ready)
    {
        while (_events.TryDequeue(out var what, TimeSpan.Zero))
        {
            _report(what.Kind switch
            {
                SocketEvents.Disconnected => new PeerDisconnected(_name, what.Endpoint),
                SocketEvents.ConnectRetried => new PeerRetried(_name, what.Endpoint, what.Interval),
                SocketEvents.AcceptFailed => new PeerAcceptFailed(_name, what.Endpoint, what.Error.ToString()!),
                _ => new PeerConnected(_name, what.Endpoint),
            });
        }
    }

    public void Dispose()
    {
        _monitor.Dispose();
        _poller.Remove(_events);
        _events.Dispose();
    }
}
