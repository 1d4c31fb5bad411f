using System.Net.Sockets;
using NetMQ.Io;
using NetMQ.Protocol;
using NetMQ.Sockets;
using NetMQ.Transports;

namespace NetMQ.Connections;

/// <summary>A bound endpoint: makes a session of each connection that a peer makes.</summary>
internal sealed class Acceptor : IAcceptHandler
{
    private readonly SocketCore _socket;
    private readonly Reactor _reactor;
    private readonly ConnectionSettings _settings;
    private readonly IListener _listener;

    public Acceptor(SocketCore socket, Reactor reactor, ConnectionSettings settings, EndpointAddress address)
    {
        _socket = socket;
        _reactor = reactor;
        _settings = settings;
        _listener = socket.TransportFor(address).Listen(address, reactor, settings, this);
    }

    /// <summary>The endpoint with its real address and port.</summary>
    public string Endpoint => _listener.Endpoint;

    public void Start() => _reactor.Post(_listener.Start);

    public void OnAccepted(IByteStream stream)
    {
        _socket.Events.Accepted(Endpoint);
        AcceptedSession session = new(_socket, _reactor, _settings, Endpoint);
        if (_socket.TryAddSession(session))
        {
            session.Start(stream);
        }
        else
        {
            stream.Close();
        }
    }

    public void OnAcceptFailed(SocketError error) => _socket.Events.AcceptFailed(Endpoint, SocketErrors.ToErrorCode(error));

    public void OnCloseFailed(ErrorCode error) => _socket.Events.CloseFailed(Endpoint, error);

    /// <summary>Stops listening; returns when the address is free again. The connections stay.</summary>
    public void Close() => _reactor.Invoke(_listener.Close);
}
