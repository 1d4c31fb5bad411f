using Actors.Zmtp.Connections;
using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports.WebSocket;

/// <summary><c>ws://</c>: ZMTP over WebSocket (https://rfc.zeromq.org/spec/45/), on top of tcp.</summary>
internal sealed class WebSocketTransport(ITransport tcp) : ITransport
{
    public IListener Listen(EndpointAddress address, Reactor reactor, ConnectionSettings settings, IAcceptHandler handler)
        => WebSocketListener.Listen(tcp, address, reactor, settings, handler);

    public IConnectAttempt Connect(EndpointAddress address, Reactor reactor, ConnectionSettings settings, IConnectHandler handler)
        => WebSocketConnectAttempt.Start(tcp, address, reactor, settings, handler);

    /// <summary>The endpoint of the connection below, as one of this transport.</summary>
    public static string ToEndpoint(string tcpEndpoint) => tcpEndpoint.Length == 0 ? "" : "ws" + tcpEndpoint["tcp".Length..];
}
