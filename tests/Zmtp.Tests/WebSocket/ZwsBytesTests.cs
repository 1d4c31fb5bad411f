using System.Text;
using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.WebSocket;

/// <summary>Messages, commands and control frames after the upgrade, octet by octet (RFC 45; RFC 6455, section 5).</summary>
public class ZwsBytesTests
{
    [Fact]
    public void Each_frame_is_one_message_of_a_flags_octet_and_the_body()
    {
        using var ours = new PairSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.Handshake("PAIR");
        Expect.Sent(ours, "61,,6262");
        peer.ExpectMessage("01 61");
        peer.ExpectMessage("01");
        peer.ExpectMessage("00 6262");
        peer.SendMessage("01 63");
        peer.SendMessage("01");
        peer.SendMessage("00 6464");
        Expect.Message(ours, "63,,6464");
    }

    [Theory]
    [InlineData(124)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_534)]
    [InlineData(65_535)]
    [InlineData(1_000_000)]
    public void Bodies_of_any_size_pass_both_ways(int size)
    {
        using var ours = new PairSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.Handshake("PAIR");
        var body = new byte[size];
        Random.Shared.NextBytes(body);
        Expect.Sent(ours, Convert.ToHexString(body));
        Assert.Equal([0, .. body], peer.ReadMessage());
        peer.SendMessage("00", body);
        Expect.Message(ours, Convert.ToHexStringLower(body));
    }

    [Fact]
    public void A_message_in_fragments_is_put_together_with_pings_between()
    {
        using var ours = new PairSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.Handshake("PAIR");
        peer.SendFrame(0x02, Octets.Of("00 61"));
        peer.SendFrame(0x89, Octets.Of("70"));
        peer.SendFrame(0x00, []);
        peer.SendFrame(0x00, Octets.Of("62"));
        peer.SendFrame(0x80, Octets.Of("63"));
        Expect.Message(ours, "616263");
        peer.ExpectFrame(0x8A, "70");
    }

    [Fact]
    public void A_PING_is_answered_and_a_PONG_is_passed_over()
    {
        using var ours = new PairSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.Handshake("PAIR");
        peer.SendFrame(0x8A, Octets.Of("31"));
        peer.SendFrame(0x89, new byte[125]);
        Assert.Equal(new byte[125], peer.ReadFrame().Payload);
        peer.SendFrame(0x89, []);
        peer.ExpectFrame(0x8A, "");
    }

    [Theory]
    [InlineData(0xC2, "00 61", true)] // a reserved bit
    [InlineData(0x83, "00 61", true)] // an unknown opcode
    [InlineData(0x82, "00 61", false)] // without a mask
    [InlineData(0x82, "", true)] // without flags
    [InlineData(0x82, "03 61", true)] // unknown flags
    [InlineData(0x82, "04 61", true)] // the command flag of ZMTP
    [InlineData(0x80, "00 61", true)] // a fragment of nothing
    [InlineData(0x09, "61", true)] // a control frame in fragments
    public void What_is_no_message_ends_that_connection_and_no_other(byte first, string payload, bool masked)
    {
        using var ours = new PairSocket();
        var port = ours.BindRandomPort("ws://127.0.0.1");
        using (var bad = WebSocketPeer.ConnectTo(port))
        {
            bad.Handshake("PAIR");
            bad.SendFrame(first, Octets.Of(payload), masked);
            Assert.Equal("880203ea", Convert.ToHexStringLower(bad.ReadToEnd()));
        }

        Link.Repeat(
            () =>
            {
                using var good = WebSocketPeer.ConnectTo(port);
                good.Handshake("PAIR");
                good.SendMessage("00 62");
                return ours.TryReceiveFrameString(TimeSpan.FromMilliseconds(200), out var text) && text == "b";
            },
            "message of the next peer");
    }

    [Theory]
    [InlineData("82 fe 0002 00000000 0061")]
    [InlineData("82 ff 0000000000000002 00000000 0061")]
    [InlineData("82 ff 8000000000000002 00000000 0061")]
    [InlineData("89 fe 007e 00000000")]
    [InlineData("02 81 00000000 00 82 82 00000000 0061")]
    public void A_length_that_is_not_shortest_and_a_message_within_another_end_the_connection(string octets)
    {
        using var ours = new PairSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.Handshake("PAIR");
        peer.SendOctets(Octets.Of(octets));
        Assert.Equal("880203ea", Convert.ToHexStringLower(peer.ReadToEnd()));
    }

    [Fact]
    public void A_message_beyond_the_limit_ends_the_connection_whole_or_in_fragments()
    {
        using var ours = new PairSocket();
        ours.Options.MaxMsgSize = 10;
        var port = ours.BindRandomPort("ws://127.0.0.1");
        using (var whole = WebSocketPeer.ConnectTo(port))
        {
            whole.Handshake("PAIR");
            whole.SendMessage("00", new byte[11]);
            Assert.Equal("880203f1", Convert.ToHexStringLower(whole.ReadToEnd()));
        }

        using var parts = WebSocketPeer.ConnectTo(port);
        parts.Upgrade();
        parts.SendFrame(0x02, new byte[8]);
        parts.SendFrame(0x00, new byte[8]);
        Assert.EndsWith("880203f1", Convert.ToHexStringLower(parts.ReadToEnd()), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_mechanism_the_first_message_of_each_end_is_its_routing_id()
    {
        using var ours = new RouterSocket();
        ours.Options.Identity = "us"u8.ToArray();
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.Upgrade("ZWS2.0");
        peer.ExpectMessage("00 7573");
        peer.SendMessage("00 7468656d");
        peer.SendMessage("01 61");
        peer.SendMessage("00 62");
        Expect.Message(ours, "7468656d,61,62");
        Expect.Sent(ours, "7468656d,63");
        peer.ExpectMessage("00 63");
    }

    [Fact]
    public void A_client_without_a_mechanism_sends_its_routing_id_at_once()
    {
        using var listener = new RawListener();
        using var ours = new DealerSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.Identity = "us"u8.ToArray();
        ours.Connect(listener.Endpoint.Replace("tcp://", "ws://", StringComparison.Ordinal));
        using var peer = WebSocketPeer.Accept(listener);
        peer.UpgradeAsServer("ZWS2.0");
        peer.ExpectMessage("00 7573");
        peer.SendMessage("00");
        Expect.Sent(ours, "61");
        peer.ExpectMessage("00 61");
        peer.SendMessage("00 62");
        Expect.Message(ours, "62");
    }

    [Theory]
    [InlineData("01 61")]
    [InlineData("02 0552454144590000")]
    public void Without_a_mechanism_a_first_message_that_is_no_routing_id_ends_the_connection(string message)
    {
        using var ours = new RouterSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.Upgrade("ZWS2.0");
        peer.ExpectMessage("00");
        peer.SendMessage(message);
        Assert.Equal("880203ea", Convert.ToHexStringLower(peer.ReadToEnd()));
    }

    [Fact]
    public void A_wrong_socket_type_is_disconnected()
    {
        using var ours = new PairSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.Upgrade();
        peer.SendMessage("02", RawPeer.ReadyBody("PUSH"));
        var said = peer.ReadToEnd();
        Assert.Contains("ERROR", Encoding.ASCII.GetString(said), StringComparison.Ordinal);
        Assert.EndsWith("880203f0", Convert.ToHexStringLower(said), StringComparison.Ordinal);
    }

    [Fact]
    public void Subscriptions_are_messages_of_1_or_0_and_the_prefix()
    {
        using var listener = new RawListener();
        using var ours = new SubscriberSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Connect(listener.Endpoint.Replace("tcp://", "ws://", StringComparison.Ordinal));
        ours.Subscribe("ab");
        using var peer = WebSocketPeer.Accept(listener);
        peer.HandshakeAsServer("PUB");
        peer.ExpectMessage("00 01 6162");
        ours.Unsubscribe("ab");
        peer.ExpectMessage("00 00 6162");
    }

    [Fact]
    public void A_publisher_takes_subscriptions_as_messages()
    {
        using var ours = new XPublisherSocket();
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.Handshake("SUB");
        peer.SendMessage("00 01 61");
        Expect.Message(ours, "0161");
        Expect.Sent(ours, "6162");
        peer.ExpectMessage("00 6162");
        peer.SendMessage("00 00 61");
        Expect.Message(ours, "0061");
    }
}
