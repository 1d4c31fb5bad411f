using System.Net.Sockets;
using System.Text;
using Actors.Zmtp.Connections;
using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports.WebSocket;

/// <summary>The connecting end of an upgrade (RFC 6455, section 4.1; https://rfc.zeromq.org/spec/45/, "Handshake").</summary>
internal sealed class WebSocketClientUpgrade(IByteStream stream, Reactor reactor, ConnectionSettings settings, EndpointAddress address, IConnectHandler handler)
    : WebSocketUpgrade(stream, reactor, settings)
{
    private readonly string _key = WebSocketKey.Create();
    private readonly ZwsProtocol[] _offered = ZwsProtocol.Of(settings);

    public void Start()
    {
        string request = $"GET {address.Path} HTTP/1.1\r\nHost: {address.HostAndPort}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {_key}\r\nSec-WebSocket-Protocol: {string.Join(", ", _offered.Select(p => p.Name))}\r\nSec-WebSocket-Version: 13\r\n\r\n";
        Start(Encoding.ASCII.GetBytes(request));
    }

    public override void OnFault(Exception fault)
    {
        Cancel();
        handler.OnFault(fault);
    }

    protected override ZwsStream? Take(HttpHead head, ReadOnlySpan<byte> rest)
    {
        ZwsProtocol? chosen = head.TryGet("Sec-WebSocket-Protocol", out string? name) ? Array.Find(_offered, protocol => protocol.Name == name) : null;
        bool upgraded = head.FirstLine.StartsWith("HTTP/1.1 101", StringComparison.Ordinal)
            && head.Is("Upgrade", "websocket")
            && head.Lists("Connection", "Upgrade")
            && head.TryGet("Sec-WebSocket-Accept", out string? accept) && accept == WebSocketKey.Accept(_key)
            && head.List("Sec-WebSocket-Extensions").Length == 0;
        if (upgraded && chosen is not null)
        {
            return Upgrade(chosen, accepted: false, rest, answer: default);
        }

        Refuse(default);
        return null;
    }

    protected override void OnUpgraded(ZwsStream upgraded) => handler.OnConnected(upgraded);

    protected override void OnFailed(SocketError error) => handler.OnConnectFailed(error);
}
