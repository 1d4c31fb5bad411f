using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Protocol;
using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.WebSocket;

/// <summary>CLOSE frames and their codes (RFC 6455, sections 5.5.1 and 7.4).</summary>
public class CloseTests
{
    [Theory]
    [InlineData("", "03e8")]
    [InlineData("03e8", "03e8")]
    [InlineData("03e9 62796521", "03e9")]
    [InlineData("1387", "1387")]
    public void A_CLOSE_is_answered_with_its_code_and_ends_the_connection(string said, string answered)
    {
        using var ours = new PairSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.Handshake("PAIR");
        peer.SendMessage("00 61");
        peer.SendFrame(0x88, Octets.Of(said));
        Expect.Message(ours, "61");
        Assert.Equal($"8802{answered}", Convert.ToHexStringLower(peer.ReadToEnd()));
    }

    [Theory]
    [InlineData("03")]
    [InlineData("03e7")]
    [InlineData("03ed")]
    [InlineData("03ee")]
    [InlineData("03f7")]
    [InlineData("1388")]
    public void A_CLOSE_with_a_code_that_is_not_one_is_an_error(string said)
    {
        using var ours = new PairSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.Handshake("PAIR");
        peer.SendFrame(0x88, Octets.Of(said));
        Assert.Equal("880203ea", Convert.ToHexStringLower(peer.ReadToEnd()));
    }

    [Fact]
    public void The_monitor_tells_why_the_peer_closed()
    {
        using var ours = new PairSocket();
        using var events = new EventRecorder(ours, SocketEvents.Disconnected);
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.Handshake("PAIR");
        peer.SendFrame(0x88, [0x03, 0xe9, .. "tired"u8]);
        Assert.Equal("the peer closed the connection: code 1001, \"tired\"", events.Next(SocketEvents.Disconnected).Reason);
    }

    [Fact]
    public void A_text_message_is_refused_as_unsupported()
    {
        using var ours = new PairSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.Handshake("PAIR");
        peer.SendFrame(0x81, Octets.Of("00 61"));
        Assert.Equal("880203eb", Convert.ToHexStringLower(peer.ReadToEnd()));
    }

    [Fact]
    public void A_socket_that_closes_sends_what_it_has_and_a_CLOSE()
    {
        var ours = new PushSocket();
        ours.Options.Linger = TimeSpan.FromSeconds(20);
        using var peer = WebSocketPeer.ConnectTo(ours.BindRandomPort("ws://127.0.0.1"));
        peer.Handshake("PULL");
        Expect.Sent(ours, "61");
        Expect.Sent(ours, "62");
        ours.Dispose();
        peer.ExpectMessage("00 61");
        peer.ExpectMessage("00 62");
        peer.ExpectFrame(0x88, "03e8");
        peer.SendFrame(0x88, Octets.Of("03e8"));
        Assert.Empty(peer.ReadToEnd());
    }
}
