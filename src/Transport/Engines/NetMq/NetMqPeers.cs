namespace Actors.Transport;

/// <summary>
/// Finds out which peer of a ROUTER has disconnected, which NetMQ does not tell: after a connection has ended, a probe goes to
/// every peer that was heard from, and the one that cannot be reached is gone.
/// </summary>
/// <remarks>
/// A pipe may outlive the event of its connection for a moment, so the probes are repeated a few times, further apart each
/// time. Belongs to the poller's thread.
/// </remarks>
internal sealed class NetMqPeers : IDisposable
{
    private static readonly TimeSpan[] s_waits =
        [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2)];

    private readonly string _name;
    private readonly Message _probe;
    private readonly Func<Message, SendResult> _trySend;
    private readonly IEngineSocketObserver _observer;
    private readonly HashSet<ReadOnlyMemory<byte>> _known = new(RoutingIdComparer.Instance);
    private readonly Queue<PeerDisconnected> _ended = new();
    private readonly NetMqTimer _timer;
    private int _round;
    private int _reportedEarly;

    public NetMqPeers(string name, Message probe, Func<Message, SendResult> trySend, NetMqPollerThread thread, IEngineSocketObserver observer)
    {
        _name = name;
        _probe = probe;
        _trySend = trySend;
        _observer = observer;
        _timer = new NetMqTimer(thread, Probe);
    }

    public void Dispose() => _timer.Dispose();

    public void HeardFrom(ReadOnlyMemory<byte> routingId) => _known.Add(routingId);

    /// <summary>A message for the peer could not be routed: it is gone, whether the monitor has told so or will.</summary>
    public void NotFound(ReadOnlyMemory<byte> routingId)
    {
        if (!_known.Remove(routingId)) return;
        if (!_ended.TryDequeue(out var ended))
        {
            // The monitor tells of this end later; it must not be reported twice.
            _reportedEarly++;
            ended = new PeerDisconnected(_name, "");
        }
        _observer.OnPeer(ended with { Peer = new Peer(routingId, ended.Peer?.Address) });
    }

    /// <summary>A connection has ended; the event goes on when it is known whose it was, or cannot be found out.</summary>
    public void ConnectionEnded(PeerDisconnected ended)
    {
        if (_reportedEarly > 0)
        {
            _reportedEarly--;
            return;
        }
        _ended.Enqueue(ended);
        _round = 0;
        Wait();
    }

    private void Probe()
    {
        foreach (var routingId in _known.ToArray())
            if (_trySend(_probe.Prepend(routingId)) == SendResult.Unroutable) NotFound(routingId);
        if (_ended.Count > 0 && ++_round < s_waits.Length)
        {
            Wait();
            return;
        }
        // The connection ended before its peer was heard from, or the peer is back already under the same routing id.
        _timer.Stop();
        while (_ended.TryDequeue(out var unknown)) _observer.OnPeer(unknown);
    }

    private void Wait() => _timer.Start(s_waits[_round]);
}
