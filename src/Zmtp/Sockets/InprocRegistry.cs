using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Sockets;

/// <summary>The names of inproc endpoints: who is bound to them, and who connected before anybody was.</summary>
internal sealed class InprocRegistry
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SocketCore> _bound = [];
    private readonly Dictionary<string, List<InprocLink>> _waiting = [];

    public void Bind(string name, SocketCore socket)
    {
        List<InprocLink>? waiting;
        lock (_lock)
        {
            if (!_bound.TryAdd(name, socket))
            {
                throw new AddressAlreadyInUseException($"Bind to \"inproc://{name}\": another socket is bound to the name.");
            }

            _waiting.Remove(name, out waiting);
        }

        socket.Events.Listening("inproc://" + name);

        foreach (InprocLink link in waiting ?? [])
        {
            link.Accept(socket);
        }
    }

    public bool IsBound(string name)
    {
        lock (_lock)
        {
            return _bound.ContainsKey(name);
        }
    }

    public void Unbind(string name, SocketCore socket)
    {
        lock (_lock)
        {
            if (_bound.TryGetValue(name, out SocketCore? bound) && ReferenceEquals(bound, socket))
            {
                _bound.Remove(name);
            }
        }
    }

    /// <summary>Connects to whoever is bound, or will be.</summary>
    public Pipe Connect(string name, SocketCore socket)
    {
        InprocLink link = new(socket, name, this);
        SocketCore? bound;
        lock (_lock)
        {
            if (!_bound.TryGetValue(name, out bound))
            {
                if (!_waiting.TryGetValue(name, out List<InprocLink>? waiting))
                {
                    _waiting[name] = waiting = [];
                }

                waiting.Add(link);
            }
        }

        if (bound is not null)
        {
            link.Accept(bound);
        }

        return link.Connecting;
    }

    public void Forget(string name, InprocLink link)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(name, out List<InprocLink>? waiting) && waiting.Remove(link) && waiting.Count == 0)
            {
                _waiting.Remove(name);
            }
        }
    }
}

/// <summary>Two pipes crosswise between two sockets of the process; the second is made when somebody is bound.</summary>
internal sealed class InprocLink : IPipeEngine
{
    private readonly Lock _lock = new();
    private readonly string _name;
    private readonly InprocRegistry _registry;
    private readonly SocketCore _connecting;
    private readonly PipeDirection _there;
    private readonly PipeDirection _back;
    private readonly byte[]? _farewellToConnecting;
    private byte[]? _farewellToBound;
    private SocketCore? _bound;
    private Pipe? _accepted;
    private bool _ended;

    public InprocLink(SocketCore connecting, string name, InprocRegistry registry)
    {
        _connecting = connecting;
        _farewellToConnecting = connecting.Settings.DisconnectMessage;
        _name = name;
        _registry = registry;
        _there = PipeDirection.Create(connecting.Settings.ConflatesSent, connecting.Settings.SendHighWatermark, 0);
        _back = PipeDirection.Create(connecting.Settings.ConflatesReceived, connecting.Settings.ReceiveHighWatermark, 0);
        Connecting = new Pipe(connecting, inbound: _back, outbound: _there, this)
        {
            PeerEndpoint = "inproc://" + name,
            Endpoint = "inproc://" + name,
            IsInproc = true,
        };
    }

    public Pipe Connecting { get; }

    /// <summary>Gives the bound socket its end, on any thread.</summary>
    public void Accept(SocketCore bound)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            if (!SocketTypes.AreCompatible(_connecting.Type, bound.Type))
            {
                throw new InvalidException($"inproc://{_name}: a {_connecting.Type} socket cannot talk to a {bound.Type} socket.");
            }

            _bound = bound;
            // Both queues of a connection are one here, so it takes what both would.
            Widen(_there, Both(_connecting.Settings.SendHighWatermark, bound.Settings.ReceiveHighWatermark));
            Widen(_back, Both(bound.Settings.SendHighWatermark, _connecting.Settings.ReceiveHighWatermark));
            _accepted = new Pipe(bound, inbound: _there, outbound: _back, this)
            {
                PeerEndpoint = "inproc://" + _name,
                Endpoint = "inproc://" + _name,
                IsInproc = true,
                Peer = Describe(_connecting),
            };
            Connecting.Peer = Describe(bound);
            _farewellToBound = bound.Settings.DisconnectMessage;
            if (!bound.TryAddInproc(_accepted))
            {
                _accepted = null;
                return;
            }

            // Here and not on the thread of the bound socket, whose owner may not call into it for long.
            SocketCore.SayHello(bound, _accepted);
            // Under the lock, so that no end of the connection is told before its beginning.
            bound.Events.Accepted(_accepted.Endpoint, _accepted.PeerEndpoint);
            TellHandshake(bound, _accepted);
            _connecting.Events.Connected(Connecting.Endpoint, Connecting.PeerEndpoint);
            TellHandshake(_connecting, Connecting);
        }

        _accepted.Raise(PipeSignals.Attached);
        Connecting.Raise(PipeSignals.Attached);
        _there.Writer.WakeWriter();
    }

    /// <summary>A socket of the same process is trusted, and has the same memory to lose.</summary>
    public void Refuse(string reason)
    {
    }

    /// <summary>Other pipes have a session, which delivers the message at the end of the connection.</summary>
    public byte[]? FarewellOf(Pipe side)
    {
        lock (_lock)
        {
            return _ended || _accepted is null ? null : ReferenceEquals(side, Connecting) ? _farewellToBound : _farewellToConnecting;
        }
    }

    public void Terminate(Pipe side, TimeSpan linger)
    {
        Pipe? other;
        lock (_lock)
        {
            other = ReferenceEquals(side, Connecting) ? _accepted : Connecting;
            if (!_ended && _accepted is not null)
            {
                TellEnd(side, "the endpoint was closed");
                TellEnd(other!, "the peer closed the connection");
            }

            _ended = true;
        }

        _registry.Forget(_name, this);
        other?.Raise(PipeSignals.Terminated);
    }

    private static void TellHandshake(SocketCore socket, Pipe pipe)
    {
        if (pipe.Peer!.RoutingId.IsEmpty)
        {
            pipe.GivenRoutingId ??= socket.Pattern.CreateRoutingId();
        }

        socket.Events.HandshakeSucceeded(pipe.Endpoint, pipe.PeerEndpoint, pipe.PeerRoutingId, pipe.Peer);
    }

    private void TellEnd(Pipe pipe, string text)
    {
        SocketCore socket = ReferenceEquals(pipe, Connecting) ? _connecting : _bound!;
        socket.Events.Disconnected(pipe.Endpoint, pipe.LostName ?? text, pipe.PeerEndpoint, pipe.LostName is null ? pipe.PeerRoutingId : null, info: pipe.Peer);
    }

    private static void Widen(PipeDirection direction, int highWatermark)
    {
        if (direction.Conflation is null)
        {
            direction.Writer.HighWatermark = highWatermark;
        }
    }

    private static PeerInfo Describe(SocketCore socket)
        => new(ZmtpRevision.Zmtp31, socket.Type, socket.Settings.RoutingId, Metadata.Empty);

    private static int Both(int one, int other) => one <= 0 || other <= 0 ? 0 : (int)Math.Min((long)one + other, int.MaxValue);
}
