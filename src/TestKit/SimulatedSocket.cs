using System.Text;
using Actors.Transport;
using Akka.Actor;

namespace Actors.TestKit;

/// <summary>A socket of a role on a <see cref="SimulatedNetwork"/>.</summary>
/// <remarks>
/// <para>
/// Simulated: the connection events, fair credit in both directions, subscriptions, the failure of a socket and its opening
/// after the backoff, opening anew, and the drops that a socket reports (<see cref="DropReason.Unroutable"/>,
/// <see cref="DropReason.Stopped"/>, <see cref="DropReason.Unread"/>). A ROUTER sends by routing id, a publishing socket to the
/// peers that have subscribed, and any other to its peers in turn.
/// </para>
/// <para>
/// Not simulated: high-water marks and what a socket buffers for a peer that is not there (a message waits until a peer is
/// connected, and is then there at once), handshakes and security, and the far sides of our own protocols. A peer comes back
/// after a failure only when the test connects it again.
/// </para>
/// </remarks>
public sealed class SimulatedSocket
{
    private readonly SocketSpec _spec;
    private readonly IActorRef _owner;
    private readonly SimulatedNetwork _network;
    private readonly SentMessages _sent = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // What follows belongs to the socket's actor: it is read and written in Run and in OnReceive only.
    private readonly List<ReadOnlyMemory<byte>> _subscriptions;
    private readonly List<SimulatedPeer> _peers = [];
    private readonly Queue<Message> _outbound = new();
    private readonly Queue<Message> _inbound = new();
    private SimulatedSocketActor? _actor;
    private IActorRef _self = ActorRefs.Nobody;
    private bool _isOpen;
    private bool _isFull;
    private bool _isBlocked;
    private int _credit;
    private int _attempts;
    private int _restarts;
    private int _nextPeer;
    private int _turn;
    private volatile bool _isClosed;

    internal SimulatedSocket(SocketSpec spec, IActorRef owner, SimulatedNetwork network)
    {
        _spec = spec;
        _owner = owner;
        _network = network;
        _subscriptions = [.. spec.Subscriptions];
    }

    /// <summary>The socket's name: the role's, and where the role has several, a dot and a part.</summary>
    public string Name => _spec.Name;

    /// <summary>True unless the socket has failed and waits for its backoff, or has closed.</summary>
    public bool IsOpen => Run(() => _isOpen);

    /// <summary>The peers that are connected.</summary>
    public IReadOnlyList<SimulatedPeer> Peers => Run<IReadOnlyList<SimulatedPeer>>(() => [.. _peers]);

    /// <summary>All that the role has sent by this socket, in order, to whichever peer; of a ROUTER, each with its routing id in front.</summary>
    public IReadOnlyList<Message> Sent => _sent.All;

    /// <summary>Messages that the role has sent and that no peer has taken: none is connected, or the socket is full.</summary>
    public int Unsent => Run(() => _outbound.Count);

    /// <summary>How many more messages the role takes now.</summary>
    public int Credit => Run(() => _credit);

    /// <summary>Messages from peers that wait until the role grants credit.</summary>
    public int Unread => Run(() => _inbound.Count);

    /// <summary>The subscriptions of a SUB or XSUB socket in force, as UTF-8; without the one by which a role asks for a confirmation.</summary>
    public IReadOnlyList<string> Subscriptions =>
        Run<IReadOnlyList<string>>(() => [.. _subscriptions.Where(prefix => !ReadyTopic.Is(prefix)).Select(prefix => Encoding.UTF8.GetString(prefix.Span))]);

    internal TimeSpan Patience => _network.Patience;

    /// <summary>The next of <see cref="Sent"/>. Waits for it.</summary>
    /// <exception cref="TimeoutException">It has not come within <see cref="SimulatedNetwork.Patience"/>.</exception>
    public Message ExpectSent() => _sent.Next(Patience, $"the next message that {Name} sends");

    /// <summary>Connects a peer; what waits for one goes out.</summary>
    /// <param name="peer">What the role knows of it. Null, and what is null in it, is chosen: an address, and at a ROUTER a routing id.</param>
    /// <exception cref="InvalidOperationException">
    /// The socket is not open; it is a pair and has a peer; or it has a peer of that routing id, and its role does not hand it over.
    /// </exception>
    public SimulatedPeer Connect(Peer? peer = null) => Run(() =>
    {
        if (!_isOpen) throw NotOpen();
        var number = ++_nextPeer;
        // The ids that a ROUTER chooses begin with a zero octet.
        ReadOnlyMemory<byte>? chosen = _spec.Kind == SocketKind.Router ? new byte[] { 0, 0, 0, (byte)(number >> 8), (byte)number } : default(ReadOnlyMemory<byte>?);
        var identity = new Peer(peer?.RoutingId ?? chosen, peer?.Address ?? $"192.0.2.1:{40000 + number}");
        if (_spec.Kind == SocketKind.Pair && _peers.Count > 0) throw new InvalidOperationException($"{Name} is a pair and has its peer: {_peers[0]}");
        if (identity.RoutingId is { } id && PeerOf(id) is { } other)
        {
            if (!_spec.Handover) throw new InvalidOperationException($"{Name} has a peer of that routing id: {other}");
            _peers.Remove(other);
            // The name is the newcomer's now.
            Report(new PeerDisconnected(Name, Endpoint, other.Identity with { RoutingId = null }, "another peer took over its routing id"));
        }
        var connected = new SimulatedPeer(this, identity);
        _peers.Add(connected);
        Report(new PeerConnected(Name, Endpoint, identity));
        Flush();
        return connected;
    });

    /// <summary>
    /// Fails as a real socket does: the role is told, all connections end, and the socket opens again after its backoff on the
    /// system's scheduler, which doubles with each failure before that. After a cause that no further try can cure, such as a
    /// <see cref="SocketSettingsException"/>, the role stops.
    /// </summary>
    /// <exception cref="InvalidOperationException">The socket has closed.</exception>
    public void Fail(Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        Run(() =>
        {
            Break();
            if (PollerActor.IsPermanent(cause))
            {
                Tell(new SocketFailed(cause, 1, Timeout.InfiniteTimeSpan));
                _actor!.Stop();
                return;
            }
            _restarts++;
            var wait = Backoff.After(_spec.Settings.RestartBackoff, _spec.Settings.RestartBackoffMax, ++_attempts);
            Tell(new SocketFailed(cause, _attempts, wait));
            _actor!.OpenAfter(wait);
        });
    }

    /// <summary>Opens a failed socket now, without waiting for its backoff. An open one stays as it is.</summary>
    /// <exception cref="InvalidOperationException">The socket has closed.</exception>
    public void Open() => Run(OpenNow);

    /// <summary>Takes nothing from the role from now on, as if no peer read: the role's queue fills.</summary>
    /// <exception cref="InvalidOperationException">The socket has closed.</exception>
    public void Fill() => Run(() => { _isFull = true; });

    /// <summary>Takes messages again after <see cref="Fill"/>, what waits first.</summary>
    /// <exception cref="InvalidOperationException">The socket has closed.</exception>
    public void Drain() => Run(() =>
    {
        _isFull = false;
        Flush();
    });

    internal bool IsConnectedTo(SimulatedPeer peer) => Run(() => _peers.Contains(peer));

    internal void Receive(SimulatedPeer from, IReadOnlyList<Message> messages) => Run(() =>
    {
        CheckConnected(from);
        foreach (var message in messages)
        {
            if (_spec.Kind is SocketKind.Subscribe or SocketKind.XSubscribe && !_subscriptions.Exists(prefix => message[0].Span.StartsWith(prefix.Span))) continue;
            _inbound.Enqueue(_spec.Kind == SocketKind.Router ? message.Prepend(from.Identity.RoutingId!.Value) : message);
        }
        Deliver();
    });

    internal void Subscribe(SimulatedPeer peer, ReadOnlyMemory<byte> prefix, bool on, Action remember) => Run(() =>
    {
        if (_spec.Kind != SocketKind.Publish) throw new InvalidOperationException($"{Name} does not publish, so {peer} cannot subscribe");
        CheckConnected(peer);
        var before = Subscribers(prefix);
        remember();
        // The socket tells the first subscription to a prefix and the end of the last.
        if (before == 0 != (Subscribers(prefix) == 0)) TellSubscription(prefix, on);
    });

    internal void ConfirmSubscriptions(SimulatedPeer publisher) => Run(() =>
    {
        CheckConnected(publisher);
        foreach (var topic in _subscriptions.Where(topic => ReadyTopic.Is(topic))) _inbound.Enqueue(ReadyTopic.Confirmation(topic, publisher.Name));
        Deliver();
    });

    internal void Disconnect(SimulatedPeer peer, string? reason) => Run(() =>
    {
        CheckConnected(peer);
        _peers.Remove(peer);
        foreach (var prefix in peer.Subscriptions.Distinct(RoutingIdComparer.Instance))
            if (Subscribers(prefix) == 0) TellSubscription(prefix, on: false);
        Report(new PeerDisconnected(Name, Endpoint, peer.Identity, reason));
    });

    private int Subscribers(ReadOnlyMemory<byte> prefix) => _peers.Sum(peer => peer.Subscriptions.Count(known => known.Span.SequenceEqual(prefix.Span)));

    private void TellSubscription(ReadOnlyMemory<byte> prefix, bool on)
    {
        // RFC 29: an octet, 1 or 0, in front of the prefix.
        _inbound.Enqueue(new Message((byte[])[(byte)(on ? 1 : 0), .. prefix.Span]));
        Deliver();
    }

    // ---- called by the socket's actor

    internal void Start(SimulatedSocketActor actor, IActorRef self)
    {
        _actor = actor;
        _self = self;
        _network.Opened(this);
        Tell(new SocketCreated(Name, self));
        Tell(new OutboundCredit(_spec.Settings.OutboundWindow));
        OpenNow();
    }

    internal IActorRef Owner => _owner;

    /// <summary>Ends when the socket has closed and has reported what it dropped.</summary>
    internal Task Ended => _ended.Task;

    internal bool OnReceive(object message)
    {
        switch (message)
        {
            case OutboundBatch batch:
                foreach (var one in batch.Messages) _outbound.Enqueue(one);
                Flush();
                break;
            case InboundCredit credit:
                _credit += credit.Messages;
                Deliver();
                break;
            case SubscribeTo subscribe: _subscriptions.Add(subscribe.Prefix); break;
            case UnsubscribeFrom unsubscribe:
                if (_subscriptions.FindIndex(known => known.Span.SequenceEqual(unsubscribe.Prefix.Span)) is >= 0 and var index) _subscriptions.RemoveAt(index);
                break;
            case UnsubscribeFromAll: _subscriptions.Clear(); break;
            // What there is credit for was delivered when it came.
            case LookInbound: Tell(new InboundLooked(_inbound.Count == 0)); break;
            case ReopenSocket: Reopen(); break;
            default: return false;
        }
        return true;
    }

    internal void OpenNow()
    {
        if (_isOpen) return;
        _isOpen = true;
        _attempts = 0;
        _actor!.DoNotOpen();
        Tell(new SocketOpened([.. _spec.Bind.Select(InForce), .. _spec.Connect], _restarts));
    }

    internal void Stop()
    {
        Break();
        if (_outbound.Count > 0) Drop(_outbound.Count, DropReason.Stopped);
        _isClosed = true;
        _network.Closed(this);
        _ended.TrySetResult();
    }

    // ----

    private string Endpoint => _spec.Connect.Concat(_spec.Bind).First();

    /// <summary>Runs a call of the test where the socket's actor runs, so that it never meets a message of the role.</summary>
    private T Run<T>(Func<T> call)
    {
        // Within a message to the actor, further up this thread, or when nothing comes to the actor any more.
        if (_actor?.IsOnThisThread == true || _isClosed) return call();
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _self.Tell(new SocketCall(() =>
        {
            try
            {
                done.SetResult(call());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        }));
        // The actor has run the call by now, unless another thread was in it.
        if (!Task.WhenAny(done.Task).Wait(Patience)) throw new TimeoutException($"{Name} has not come to a call of the test within {Patience.TotalSeconds} s: another thread keeps its role busy");
        return done.Task.GetAwaiter().GetResult();
    }

    /// <summary>Runs a call that changes the socket.</summary>
    private void Run(Action call) => Run(() =>
    {
        if (_isClosed) throw NotOpen();
        call();
        return true;
    });

    private string InForce(string endpoint) =>
        endpoint.EndsWith(":0", StringComparison.Ordinal) || endpoint.EndsWith(":*", StringComparison.Ordinal) ? $"{endpoint[..^1]}{_network.NextPort()}" : endpoint;

    private void Reopen()
    {
        var wasOpen = _isOpen;
        var discarded = _outbound.Count;
        _outbound.Clear();
        Break();
        if (discarded > 0) Tell(new OutboundCredit(discarded));
        if (wasOpen) OpenNow();
    }

    /// <summary>Ends the connections, and with them what had come by them and was not read.</summary>
    private void Break()
    {
        _isOpen = false;
        _isBlocked = false;
        _peers.Clear();
        if (_inbound.Count > 0 && _spec.ReportsLosses) Drop(_inbound.Count, DropReason.Unread);
        _inbound.Clear();
    }

    private void Flush()
    {
        if (!_isOpen) return;
        var sent = 0;
        while (!_isFull && _outbound.TryPeek(out var next) && TrySend(next))
        {
            _outbound.Dequeue();
            sent++;
        }
        if (sent > 0) Tell(new OutboundCredit(sent));
        var blocked = _outbound.Count > 0;
        if (blocked == _isBlocked) return;
        _isBlocked = blocked;
        Tell(blocked ? SocketBlocked.Instance : SocketWritable.Instance);
    }

    private bool TrySend(Message message)
    {
        switch (_spec.Kind)
        {
            case SocketKind.Router when PeerOf(message[0]) is { } peer:
                if (message.FrameCount > 1) peer.Take(message.Skip(1));
                break;
            case SocketKind.Router:
                Drop(1, DropReason.Unroutable, Convert.ToHexString(message[0].Span));
                message.Sender?.Tell(new Status.Failure(new PeerUnreachableException(Name, message[0], message.Skip(1), DropReason.Unroutable)), _owner);
                return true;
            case SocketKind.Publish:
                foreach (var subscriber in _peers.Where(peer => peer.Wants(message))) subscriber.Take(message);
                break;
            default:
                if (_peers.Count == 0) return false;
                _peers[_turn++ % _peers.Count].Take(message);
                break;
        }
        _sent.Add(message);
        return true;
    }

    private void Deliver()
    {
        while (_credit > 0 && _inbound.Count > 0)
        {
            var batch = new Message[Math.Min(_credit, _inbound.Count)];
            for (var i = 0; i < batch.Length; i++) batch[i] = _inbound.Dequeue();
            _credit -= batch.Length;
            Tell(new InboundBatch(batch));
        }
    }

    private SimulatedPeer? PeerOf(ReadOnlyMemory<byte> routingId) => _peers.Find(peer => peer.Identity.RoutingId is { } id && id.Span.SequenceEqual(routingId.Span));

    private void CheckConnected(SimulatedPeer peer)
    {
        if (!_peers.Contains(peer)) throw new InvalidOperationException($"{peer} is not connected to {Name}");
    }

    private InvalidOperationException NotOpen() => new(_isClosed ? $"{Name} has closed: its role has stopped or restarted" : $"{Name} has failed and is not open again");

    private void Tell(object message) => _owner.Tell(message, _self);

    private void Report(PeerEvent what)
    {
        Tell(what);
        _actor!.Events.Publish(what);
    }

    private void Drop(long count, DropReason reason, string? peer = null) => _actor!.Events.Publish(new MessagesDropped(Name, count, reason, peer));
}
