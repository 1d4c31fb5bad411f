using System.Net.Sockets;
using Actors.Zmtp.Connections;
using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports.WebSocket;

/// <summary>One attempt to connect: the tcp connection, and then its upgrade. It lives on one I/O thread.</summary>
internal sealed class WebSocketConnectAttempt : IConnectAttempt, IConnectHandler
{
    private readonly EndpointAddress _address;
    private readonly Reactor _reactor;
    private readonly ConnectionSettings _settings;
    private readonly IConnectHandler _handler;
    private IConnectAttempt? _tcp;
    private WebSocketClientUpgrade? _upgrade;

    private WebSocketConnectAttempt(EndpointAddress address, Reactor reactor, ConnectionSettings settings, IConnectHandler handler)
    {
        _address = address;
        _reactor = reactor;
        _settings = settings;
        _handler = handler;
    }

    public static WebSocketConnectAttempt Start(ITransport tcp, EndpointAddress address, Reactor reactor, ConnectionSettings settings, IConnectHandler handler)
    {
        WebSocketConnectAttempt attempt = new(address, reactor, settings, handler);
        attempt._tcp = tcp.Connect(address.Below, reactor, settings, attempt);
        return attempt;
    }

    public void Cancel()
    {
        _tcp?.Cancel();
        _upgrade?.Cancel();
    }

    public void OnConnected(IByteStream stream)
    {
        _tcp = null;
        _upgrade = new WebSocketClientUpgrade(stream, _reactor, _settings, _address, _handler);
        _upgrade.Start();
    }

    public void OnConnectFailed(SocketError error)
    {
        _tcp = null;
        _handler.OnConnectFailed(error);
    }

    public void OnFault(Exception fault) => _handler.OnFault(fault);
}
