using System.Net.Sockets;
using System.Text;
using Actors.Zmtp.Connections;
using Actors.Zmtp.Io;

namespace Actors.Zmtp.Transports.WebSocket;

/// <summary>The accepting end of an upgrade (RFC 6455, section 4.2; https://rfc.zeromq.org/spec/45/, "Handshake").</summary>
internal sealed class WebSocketServerUpgrade(IByteStream stream, Reactor reactor, ConnectionSettings settings, string path, WebSocketListener listener)
    : WebSocketUpgrade(stream, reactor, settings)
{
    public override void OnFault(Exception fault)
    {
        Cancel();
        listener.OnUpgradeFault(this, fault);
    }

    protected override ZwsStream? Take(HttpHead head, ReadOnlySpan<byte> rest)
    {
        string[] request = head.FirstLine.Split(' ');
        if (request is not ["GET", _, "HTTP/1.1"])
        {
            Refuse(Refusal($"the request is \"{head.FirstLine}\"; expected was \"GET {path} HTTP/1.1\""));
        }
        else if (request[1] != path)
        {
            Refuse(Answer("404 Not Found", $"there is nothing at \"{request[1]}\"; this socket is bound to \"{path}\""));
        }
        else if (!head.TryGet("Host", out _) || !head.Lists("Upgrade", "websocket") || !head.Lists("Connection", "Upgrade"))
        {
            Refuse(Refusal("expected were the fields Host, Upgrade: websocket, and Connection: Upgrade"));
        }
        else if (!head.Is("Sec-WebSocket-Version", "13"))
        {
            Refuse(Answer("426 Upgrade Required", "expected was Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 13\r\nUpgrade: websocket\r\n"));
        }
        else if (!head.TryGet("Sec-WebSocket-Key", out string? key) || !WebSocketKey.IsValid(key))
        {
            Refuse(Refusal("expected was a Sec-WebSocket-Key of 16 octets in base64"));
        }
        else if (Choose(head.List("Sec-WebSocket-Protocol")) is not { } protocol)
        {
            Refuse(Refusal($"expected was one of these in Sec-WebSocket-Protocol: {string.Join(", ", ZwsProtocol.Of(Settings).Select(p => p.Name))}"));
        }
        else
        {
            string answer = $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {WebSocketKey.Accept(key)}\r\nSec-WebSocket-Protocol: {protocol.Name}\r\n\r\n";
            return Upgrade(protocol, accepted: true, rest, Encoding.ASCII.GetBytes(answer));
        }

        return null;
    }

    protected override ReadOnlySpan<byte> Refusal(string error) => Answer("400 Bad Request", error);

    protected override void OnUpgraded(ZwsStream upgraded) => listener.OnUpgraded(this, upgraded);

    protected override void OnFailed(SocketError error) => listener.OnUpgradeFailed(this, error);

    /// <summary>The first of this end's protocols that the client offers.</summary>
    private ZwsProtocol? Choose(string[] offered) => Array.Find(ZwsProtocol.Of(Settings), protocol => offered.Contains(protocol.Name));

    private static byte[] Answer(string status, string reason, string fields = "")
    {
        byte[] body = Encoding.UTF8.GetBytes(reason + "\n");
        return [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{fields}Connection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }
}
