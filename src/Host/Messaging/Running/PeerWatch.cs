using Actors.Host.Commands.Sockets;
using Actors.Zmtp;

namespace Actors.Host.Messaging.Running;

/// <summary>Watches whether a socket finds peers, and keeps the reason why not. Told on any thread.</summary>
internal sealed class PeerWatch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _refused = [];
    private readonly Dictionary<string, string> _reasons = [];
    private IDisposable? _monitor;
    private int _peers;
    private long _dropped;

    /// <summary>Connections whose handshake was done, those that have ended included.</summary>
    public int Peers => Volatile.Read(ref _peers);

    /// <summary>Messages that the socket said it has dropped.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Begins to watch; before the endpoints are opened, so that nothing is missed.</summary>
    public void Watch(ToolSocket socket) =>
        _monitor = socket.Monitor(SocketEvents.Handshakes | SocketEvents.ConnectRetried | SocketEvents.Disconnected | SocketEvents.MessagesDropped, Told);

    /// <summary>True when each endpoint that is connected has a peer that will not let this end in, so that waiting does not help.</summary>
    public bool IsHopeless(SocketPlan plan)
    {
        lock (_lock) return plan.Bind.Count == 0 && Peers == 0 && plan.Connect.Count > 0 && _refused.Count >= plan.Connect.Count;
    }

    /// <summary>Why there is no peer, endpoint by endpoint.</summary>
    public string Why(SocketPlan plan)
    {
        lock (_lock)
        {
            return _reasons.Count == 0
                ? $"{plan.Endpoints}: {(plan.Connect.Count > 0 ? "no connection" : "no peer has connected")}"
                : string.Join("; ", _reasons.Select(reason => $"{reason.Key}: {reason.Value}"));
        }
    }

    /// <summary>Why a peer that was there says nothing.</summary>
    public string WhySilent(SocketPlan plan)
    {
        lock (_lock)
        {
            if (_reasons.Count == 0 && Peers > 0) return $"{plan.Endpoints}: the peer has the request, or it is on its way";
        }
        return Why(plan);
    }

    public void Dispose() => _monitor?.Dispose();

    private void Told(SocketEvent told)
    {
        lock (_lock)
        {
            switch (told.Kind)
            {
                case SocketEvents.HandshakeSucceeded:
                    _reasons.Remove(told.Endpoint);
                    _refused.Remove(told.Endpoint);
                    Volatile.Write(ref _peers, _peers + 1);
                    break;
                case SocketEvents.MessagesDropped:
                    Volatile.Write(ref _dropped, _dropped + told.Count);
                    break;
                default:
                    if (told.Reason.Length > 0) _reasons[told.Endpoint] = told.Reason.TrimEnd('.');
                    if (told.Kind is SocketEvents.HandshakeFailedAuth or SocketEvents.HandshakeFailedProtocol) _refused.Add(told.Endpoint);
                    break;
            }
        }
    }
}
