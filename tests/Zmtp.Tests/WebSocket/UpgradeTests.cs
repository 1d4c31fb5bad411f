using System.Text;
using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.WebSocket;

/// <summary>The handshake of WebSocket (RFC 6455, section 4; RFC 45, "Handshake").</summary>
public class UpgradeTests
{
    [Theory]
    [InlineData("ZWS2.0/NULL", "ZWS2.0/NULL")]
    [InlineData("ZWS2.0", "ZWS2.0")]
    [InlineData("ZWS2.0,ZWS2.0/NULL", "ZWS2.0/NULL")]
    [InlineData("chat, ZWS2.0/PLAIN, ZWS2.0", "ZWS2.0")]
    public void A_server_chooses_one_of_the_protocols_of_the_client(string offered, string chosen)
    {
        using var ours = new PairSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        var head = peer.Upgrade(offered).Split("\r\n");
        Assert.Contains("Sec-WebSocket-Protocol: " + chosen, head);
        Assert.Contains("Sec-WebSocket-Accept: " + WebSocketPeer.KeyAnswer, head);
        Assert.Contains("Upgrade: websocket", head);
        Assert.Contains("Connection: Upgrade", head);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Protocol: ZWS2.0/NULL", "Sec-WebSocket-Protocol: ZWS2.0/PLAIN", "400")]
    [InlineData("Sec-WebSocket-Protocol: ZWS2.0/NULL\r\n", "", "400")]
    [InlineData("GET / ", "POST / ", "400")]
    [InlineData("HTTP/1.1", "HTTP/1.0", "400")]
    [InlineData("GET / ", "GET /other ", "404")]
    [InlineData("Version: 13", "Version: 8", "426")]
    [InlineData("Upgrade: websocket", "Upgrade: h2c", "400")]
    [InlineData("keep-alive, Upgrade", "keep-alive", "400")]
    [InlineData("Host: localhost\r\n", "", "400")]
    [InlineData(WebSocketPeer.Key, "c2hvcnQ=", "400")]
    [InlineData("Host: localhost", "no field", "400")]
    public void A_server_refuses_a_request_that_is_not_right_and_serves_the_next(string right, string wrong, string status)
    {
        using var ours = new PairSocket();
        var port = ours.BindRandomPort("ws://127.0.0.1");
        using (var bad = WebSocketPeer.ConnectTo(port))
        {
            bad.SendText(WebSocketPeer.Request().Replace(right, wrong, StringComparison.Ordinal));
            Assert.StartsWith($"HTTP/1.1 {status} ", Encoding.ASCII.GetString(bad.ReadToEnd()), StringComparison.Ordinal);
        }

        using var good = WebSocketPeer.ConnectTo(port);
        good.Handshake("PAIR");
        Expect.Sent(ours, "61");
        good.ExpectMessage("00 61");
    }

    [Fact]
    public void A_head_that_does_not_end_within_its_limit_is_refused()
    {
        using var ours = new PairSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.SendText("GET / HTTP/1.1\r\nX: " + new string('x', 10_000));
        peer.ReadToEnd();
    }

    [Fact]
    public void A_client_asks_for_the_path_and_host_of_its_endpoint_and_offers_protocols()
    {
        using var listener = new RawListener();
        using var ours = new PairSocket();
        ours.Options.Linger = TimeSpan.Zero;
        var endpoint = listener.Endpoint.Replace("tcp://", "ws://", StringComparison.Ordinal);
        ours.Connect(endpoint + "/a/b?c=d");
        using var peer = WebSocketPeer.Accept(listener);
        var head = peer.ReadHead().Split("\r\n");
        Assert.Equal("GET /a/b?c=d HTTP/1.1", head[0]);
        Assert.Contains("Host: " + endpoint["ws://".Length..], head);
        Assert.Contains("Sec-WebSocket-Protocol: ZWS2.0/NULL, ZWS2.0", head);
        Assert.Contains("Sec-WebSocket-Version: 13", head);
        Assert.Contains("Upgrade: websocket", head);
        Assert.Contains("Connection: Upgrade", head);
    }

    [Theory]
    [InlineData("HTTP/1.1 101", "HTTP/1.1 200")]
    [InlineData("Sec-WebSocket-Protocol: ZWS2.0/NULL", "Sec-WebSocket-Protocol: ZWS2.0/PLAIN")]
    [InlineData("Sec-WebSocket-Protocol: ZWS2.0/NULL\r\n", "")]
    [InlineData("Sec-WebSocket-Accept: ", "Sec-WebSocket-Accept: x")]
    [InlineData("Upgrade: websocket\r\n", "")]
    [InlineData("Connection: Upgrade\r\n", "Connection: Upgrade\r\nSec-WebSocket-Extensions: permessage-deflate\r\n")]
    public void A_client_leaves_a_server_whose_answer_is_not_right_and_tries_again(string right, string wrong)
    {
        using var listener = new RawListener();
        using var ours = Connect(listener);
        using (var bad = WebSocketPeer.Accept(listener))
        {
            bad.SendText(WebSocketPeer.Response(Answer(bad)).Replace(right, wrong, StringComparison.Ordinal));
            bad.ReadToEnd();
        }

        using var good = WebSocketPeer.Accept(listener);
        good.SendText(WebSocketPeer.Response(Answer(good)));
        good.ReadMessage();
        good.SendMessage("02", RawPeer.ReadyBody("PAIR"));
        Expect.Sent(ours, "61");
        good.ExpectMessage("00 61");
    }

    [Fact]
    public void What_comes_with_the_answer_is_not_lost()
    {
        using var ours = new PairSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        // The request, and masked with zeros: a READY of PAIR, and a message.
        var ready = RawPeer.ReadyBody("PAIR");
        byte[] all = [.. Encoding.ASCII.GetBytes(WebSocketPeer.Request()), 0x82, (byte)(0x80 | (ready.Length + 1)), 0, 0, 0, 0, 0x02, .. ready, 0x82, 0x82, 0, 0, 0, 0, 0x00, 0x61];
        peer.SendOctets(all);
        Expect.Message(ours, "61");
    }

    [Fact]
    public void A_request_in_single_octets_is_served()
    {
        using var ours = new PairSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        foreach (var character in WebSocketPeer.Request())
            peer.SendText(character.ToString());
        Assert.StartsWith("HTTP/1.1 101 ", peer.ReadHead(), StringComparison.Ordinal);
    }

    private static PairSocket Connect(RawListener listener)
    {
        var ours = new PairSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        ours.Connect(listener.Endpoint.Replace("tcp://", "ws://", StringComparison.Ordinal));
        return ours;
    }

    private static string Answer(WebSocketPeer peer)
    {
        var key = peer.ReadHead().Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key: ", StringComparison.Ordinal))["Sec-WebSocket-Key: ".Length..];
        Assert.Equal(16, Convert.FromBase64String(key).Length);
        return Actors.Zmtp.Transports.WebSocket.WebSocketKey.Accept(key);
    }
}
