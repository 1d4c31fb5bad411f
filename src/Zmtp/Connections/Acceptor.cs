using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Sockets;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Connections;

/// <summary>A bound endpoint: makes a session of each connection that a peer makes.</summary>
internal sealed class Acceptor : IAcceptHandler
{
    private readonly SocketCore _socket;
    private readonly Reactor _reactor;
    private readonly ConnectionSettings _settings;
    private readonly IListener _listener;
    private readonly Admission _admission;

    public Acceptor(SocketCore socket, Reactor reactor, ConnectionSettings settings, EndpointAddress address)
    {
        _socket = socket;
        _reactor = reactor;
        _settings = settings;
        _admission = new Admission(settings.Limits);
        _listener = socket.TransportFor(address).Listen(address, reactor, settings, this);
    }

    /// <summary>The endpoint with its real address and port.</summary>
    public string Endpoint => _listener.Endpoint;

    public void Start() => _reactor.Post(this, _listener.Start);

    public void OnAccepted(IByteStream stream)
    {
        if (_admission.IsFull)
        {
            string text = $"{_admission.Connections} connections stand, as many as MaxConnections allows; the new one was closed";
            _socket.Events.AcceptFailed(Endpoint, ErrorCode.TooManyOpenSockets, text, stream.RemoteEndpoint);
            stream.Close();
            return;
        }

        _socket.Events.Accepted(Endpoint, stream.RemoteEndpoint);
        AcceptedSession session = new(_socket, _reactor, _settings, Endpoint, _admission);
        if (!_socket.TryAddSession(session))
        {
            stream.Close();
            return;
        }

        try
        {
            session.Start(stream);
        }
        catch (Exception fault)
        {
            session.OnFault(fault);
        }
    }

    public void OnAcceptFailed(SocketError error) => _socket.Events.AcceptFailed(Endpoint, SocketErrors.ToErrorCode(error), $"accepting failed: {error}");

    public void OnCloseFailed(ErrorCode error) => _socket.Events.CloseFailed(Endpoint, error);

    public void OnFault(Exception fault) => _socket.Events.AcceptFailed(Endpoint, ErrorCode.Fault, CloseReason.Of(fault).Text);

    /// <summary>The connections that stand. After <see cref="Close"/> there come no others.</summary>
    public IReadOnlyCollection<Session> Sessions { get; private set; } = [];

    /// <summary>Stops listening; returns when the address is free again. The connections stay.</summary>
    public void Close() => _reactor.Invoke(() =>
    {
        _listener.Close();
        Sessions = [.. _admission.Sessions];
    });
}
