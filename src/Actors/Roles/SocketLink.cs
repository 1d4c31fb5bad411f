using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>One socket of a role, and the lanes on it.</summary>
internal sealed class SocketLink(SocketSpec spec, InboundLane? inbound, int inboundWindow, OutboundLane? outbound)
{
    public SocketSpec Spec { get; } = spec;

    public InboundLane? Inbound { get; } = inbound;

    public OutboundLane? Outbound { get; } = outbound;

    public IActorRef? Socket { get; private set; }

    /// <summary>Empty while the socket is not open.</summary>
    public IReadOnlyList<string> Endpoints { get; set; } = [];

    /// <summary>Transport connections that stand.</summary>
    public int Peers { get; private set; }

    /// <summary>Messages for peers while there is none: those that wait here, and those that the socket has taken since the last one left.</summary>
    public long WaitingForPeer => Outbound is { } lane ? lane.Waiting + lane.Sent - _sentBefore : 0;

    private bool _windowGranted;
    private long _sentBefore;

    // How often each endpoint of the connect list has been connected.
    private readonly Dictionary<string, int> _connected = [];

    /// <summary>Connections that were made again to an endpoint of the connect list. Who comes back to a bound endpoint is not known again.</summary>
    public long Reconnects { get; private set; }

    /// <param name="endpoint">The endpoint of ours, as the engine tells it.</param>
    public void Connected(string endpoint)
    {
        Peers++;
        if (Spec.Connect.Count == 0 || Endpoints.Take(Spec.Bind.Count).Contains(endpoint)) return;
        if (!_connected.TryGetValue(endpoint, out var before)) before = 0;
        _connected[endpoint] = before + 1;
        // An endpoint may stand in the list twice.
        if (before >= Math.Max(1, Spec.Connect.Count(listed => listed == endpoint))) Reconnects++;
    }

    public void Disconnected()
    {
        if (Peers > 0 && --Peers == 0) _sentBefore = Outbound?.Sent ?? 0;
    }

    /// <summary>The socket is open anew or has failed: its connections have ended, and what it held is gone.</summary>
    public void Reset()
    {
        Peers = 0;
        _sentBefore = Outbound?.Sent ?? 0;
    }

    public void Created(IActorRef socket)
    {
        Socket = socket;
        Outbound?.Attach(socket);
        Inbound?.Attach(socket, inboundWindow);
    }

    public void Granted(int messages)
    {
        // The first grant is the window itself; each later one gives back the credit of messages that were sent.
        Outbound?.Granted(messages, atStart: !_windowGranted);
        _windowGranted = true;
    }
}
