using Actors.Zmtp.Connections;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Sockets;

/// <summary>The endpoints of a socket: what it is bound and connected to.</summary>
internal sealed partial class SocketCore
{
    public ITransport TransportFor(EndpointAddress address) => address.Transport switch
    {
        Transport.Tcp => _context.Tcp,
        Transport.Ipc => _context.Ipc,
        Transport.WebSocket => _context.WebSocket,
        _ => throw new ProtocolNotSupportedException($"\"{address}\": the transport carries no connections."),
    };

    public void Bind(string address)
    {
        CheckOpen();
        EndpointAddress endpoint = EndpointAddress.Parse(address, EndpointUse.Bind);
        if (endpoint.Transport == Transport.Inproc)
        {
            CheckTransport(endpoint);
            _bound.Add(new BoundEndpoint(address, endpoint, null));
            try
            {
                _context.Inproc.Bind(endpoint.Host, this);
            }
            catch (ZmqException e)
            {
                _bound.RemoveAt(_bound.Count - 1);
                Events.BindFailed(endpoint.ToString(), e.ErrorCode);
                throw;
            }

            LastEndpoint = endpoint.ToString();
            ProcessSignals();
            return;
        }

        Listen(endpoint, address);
    }

    public int BindRandomPort(string address)
    {
        CheckOpen();
        EndpointAddress endpoint = EndpointAddress.Parse(address, EndpointUse.BindRandomPort);
        Listen(endpoint with { Port = 0 }, address);
        return EndpointAddress.Parse(LastEndpoint!, EndpointUse.Bind).Port;
    }

    public void Connect(string address) => ConnectPipe(address);

    /// <summary>Connects, and returns the pipe; null where it begins with the connection only.</summary>
    public Pipe? ConnectPipe(string address)
    {
        CheckOpen();
        EndpointAddress endpoint = EndpointAddress.Parse(address, EndpointUse.Connect);
        LastEndpoint = endpoint.ToString();
        if (endpoint.Transport == Transport.Inproc)
        {
            CheckTransport(endpoint);
            Pipe inproc = _context.Inproc.Connect(endpoint.Host, this);
            _connected.Add(new ConnectedEndpoint(address, endpoint.ToString(), null, inproc));
            Pipes.Add(inproc);
            SayHello(this, inproc);
            _pattern.Attach(inproc);
            ProcessSignals();
            return inproc;
        }

        Settings.Check(address);
        CheckTransport(endpoint);
        ConnectSession session = new(this, _context.ChooseReactor(), Settings, endpoint, DelayAttachOnConnect);
        Pipe? pipe = null;
        if (!DelayAttachOnConnect)
        {
            pipe = session.CreatePipe();
            Pipes.Add(pipe);
            _pattern.Attach(pipe);
            if (Settings.IsRaw)
            {
                // As zmq_socket(3) has it for STREAM: the way to know where to send to.
                Settings = Settings with { RoutingId = pipe.RoutingId! };
            }
        }

        _connected.Add(new ConnectedEndpoint(address, endpoint.ToString(), session, pipe));
        TryAddSession(session);
        session.Start();
        return pipe;
    }

    public void Unbind(string address)
    {
        CheckOpen();
        int index = _bound.FindIndex(b => b.Is(address));
        if (index < 0)
        {
            throw new EndpointNotFoundException($"Unbind: the socket is not bound to \"{address}\"{BoundTo()}.");
        }

        BoundEndpoint endpoint = _bound[index];
        _bound.RemoveAt(index);
        Unbind(endpoint);
        if (endpoint.Acceptor is { } acceptor)
        {
            EndAccepted([.. acceptor.Sessions]);
        }
    }

    private string BoundTo()
        => _bound.Count == 0 ? "" : $"; it is bound to {string.Join(", ", _bound.Select(b => $"\"{b.Endpoint}\""))}";

    /// <summary>Ends the connections that were accepted at an endpoint. What has arrived of them can be received; what waits for them is sent within the linger time.</summary>
    private void EndAccepted(HashSet<Session> sessions)
    {
        // Those whose handshake was done just now.
        ProcessSignals();
        foreach (Pipe pipe in Pipes.FindAll(pipe => pipe.IsAttached && pipe.Session is { } session && sessions.Contains(session)))
        {
            RetirePipe(pipe);
            sessions.Remove(pipe.Session!);
        }

        foreach (Session session in sessions)
        {
            session.Terminate(TimeSpan.Zero);
        }
    }

    public void Disconnect(string address)
    {
        CheckOpen();
        ProcessSignals();
        int index = _connected.FindIndex(c => c.Address == address || c.Endpoint == address);
        if (index < 0)
        {
            throw new EndpointNotFoundException($"Disconnect: the socket is not connected to \"{address}\".");
        }

        ConnectedEndpoint endpoint = _connected[index];
        _connected.RemoveAt(index);
        if ((endpoint.Pipe ?? Pipes.Find(p => p.IsOf(endpoint.Session!))) is { } pipe)
        {
            ClosePipe(pipe);
        }
        else
        {
            endpoint.Session!.TerminateUnlessLingering(Linger);
        }
    }

    private void Listen(EndpointAddress endpoint, string address)
    {
        Settings.Check(address);
        CheckTransport(endpoint);
        Acceptor acceptor;
        try
        {
            acceptor = new Acceptor(this, _context.ChooseReactor(), Settings, endpoint);
        }
        catch (ZmqException e)
        {
            Events.BindFailed(endpoint.ToString(), e.ErrorCode);
            throw;
        }

        LastEndpoint = acceptor.Endpoint;
        _bound.Add(new BoundEndpoint(address, endpoint, acceptor));
        Events.Listening(acceptor.Endpoint);
        acceptor.Start();
    }

    /// <summary>Sends the first message of a socket to an inproc peer, before the socket uses the pipe; other pipes have a connection that does it.</summary>
    public static void SayHello(SocketCore socket, Pipe pipe)
    {
        if (socket.Settings.HelloMessage is { } hello)
        {
            pipe.Out.Write(hello, more: false);
            pipe.Out.Commit();
        }
    }

    private void CheckTransport(EndpointAddress endpoint)
    {
        if (Settings.IsRaw && endpoint.Transport != Transport.Tcp)
        {
            throw new ProtocolNotSupportedException($"\"{endpoint}\": raw data goes over tcp only; expected tcp://host:port.");
        }
    }

    private void Unbind(BoundEndpoint endpoint)
    {
        if (endpoint.Acceptor is { } acceptor)
        {
            acceptor.Close();
        }
        else
        {
            _context.Inproc.Unbind(endpoint.Endpoint["inproc://".Length..], this);
        }

        Events.Closed(endpoint.Endpoint);
    }

    /// <param name="Address">As the caller wrote it.</param>
    /// <param name="Asked">The same, read.</param>
    /// <param name="Acceptor">Listens; null for inproc.</param>
    private sealed record BoundEndpoint(string Address, EndpointAddress Asked, Acceptor? Acceptor)
    {
        /// <summary>The endpoint with its real address and port.</summary>
        public string Endpoint { get; } = Acceptor?.Endpoint ?? Asked.ToString();

        /// <summary>Also by what the caller asked for with the port that the system chose: "tcp://*:5555" and "tcp://localhost:5555".</summary>
        public bool Is(string address)
        {
            if (address == Address || address == Endpoint)
            {
                return true;
            }

            if (Asked.Transport is not (Transport.Tcp or Transport.WebSocket))
            {
                return false;
            }

            try
            {
                int port = EndpointAddress.Parse(Endpoint, EndpointUse.Bind).Port;
                return EndpointAddress.Parse(address, EndpointUse.Bind) == Asked with { Port = port };
            }
            catch (ZmqException)
            {
                // What is no endpoint is not bound.
                return false;
            }
        }
    }

    private sealed record ConnectedEndpoint(string Address, string Endpoint, Session? Session, Pipe? Pipe);
}
