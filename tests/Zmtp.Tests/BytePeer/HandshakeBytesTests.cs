using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Protocol;
using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.BytePeer;

/// <summary>Greeting, handshake and downgrade of real sockets, octet by octet.</summary>
public class HandshakeBytesTests
{
    [Fact]
    public void A_bound_socket_sends_the_first_part_of_its_greeting_at_once()
    {
        using var ours = new ResponseSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Expect(RawPeer.FirstPart);
        peer.Send(RawPeer.FirstPart);
        peer.Expect(RawPeer.SecondPart);
    }

    [Fact]
    public void A_bound_REP_waits_for_READY_and_answers_a_request()
    {
        using var ours = new ResponseSocket();
        using var peer = RawPeer.ConnectTo(ours);
        var ready = peer.Handshake("REQ");
        Assert.Equal(Octets.Vector("05 5245414459 0b 536f636b65742d54797065 00000003 524550"), Octets.Hex(ready));
        peer.Send("01 00  00 05 68656c6c6f");
        Expect.Message(ours, "68656c6c6f");
        Expect.Sent(ours, "6f6b");
        peer.Expect("01 00  00 02 6f6b");
    }

    [Fact]
    public void A_connecting_REQ_sends_READY_first()
    {
        using var listener = new RawListener();
        using var ours = new RequestSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Connect(listener.Endpoint);
        using var peer = RawPeer.Accept(listener);
        peer.Send(RawPeer.FirstPart + RawPeer.SecondPart);
        peer.Expect(RawPeer.FirstPart + RawPeer.SecondPart);
        peer.Expect("04 26 05 5245414459 0b 536f636b65742d54797065 00000003 524551 08 4964656e74697479 00000000");
        var ready = RawPeer.ReadyBody("REP");
        peer.Send([0x04, (byte)ready.Length, .. ready]);
        Expect.Sent(ours, "61");
        peer.Expect("01 00  00 01 61");
    }

    [Fact]
    public void A_routing_id_is_told_and_learned()
    {
        using var ours = new RouterSocket();
        ours.Options.Identity = "us"u8.ToArray();
        using var peer = RawPeer.ConnectTo(ours);
        var ready = peer.Handshake("DEALER", identity: "7468656d");
        Assert.EndsWith(Octets.Vector("08 4964656e74697479 00000002 7573"), Octets.Hex(ready), StringComparison.Ordinal);
        peer.Send("00 01 61");
        Expect.Message(ours, "7468656d,61");
        Expect.Sent(ours, "7468656d,62");
        peer.Expect("00 01 62");
    }

    [Fact]
    public void Octets_may_come_one_by_one()
    {
        using var ours = new PullSocket();
        using var peer = RawPeer.ConnectTo(ours);
        var ready = RawPeer.ReadyBody("PUSH");
        foreach (var octet in Octets.Join(Octets.Of(RawPeer.FirstPart + RawPeer.SecondPart), [0x04, (byte)ready.Length, .. ready], Octets.Of("01 01 61 00 02 6263")))
            peer.Send([octet]);
        Expect.Message(ours, "61,6263");
    }

    [Fact]
    public void Messages_may_come_together_with_the_handshake()
    {
        using var ours = new PullSocket();
        using var peer = RawPeer.ConnectTo(ours);
        var ready = RawPeer.ReadyBody("PUSH");
        peer.Send(Octets.Join(Octets.Of(RawPeer.FirstPart + RawPeer.SecondPart), [0x04, (byte)ready.Length, .. ready], Octets.Of("00 01 61 00 01 62")));
        Expect.Message(ours, "61");
        Expect.Message(ours, "62");
    }

    [Fact]
    public void A_peer_of_ZMTP_2_is_served()
    {
        using var ours = new ResponseSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Expect(RawPeer.FirstPart);
        peer.Send("ff 0000000000000000 7f 01 03 00 00");
        peer.Expect("04 00 00");
        peer.Send("01 00  00 01 61");
        Expect.Message(ours, "61");
        Expect.Sent(ours, "62");
        peer.Expect("01 00  00 01 62");
    }

    [Fact]
    public void A_listener_of_ZMTP_2_is_served()
    {
        using var listener = new RawListener();
        using var ours = new DealerSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.Identity = "me"u8.ToArray();
        ours.Connect(listener.Endpoint);
        using var peer = RawPeer.Accept(listener);
        peer.Expect(RawPeer.FirstPart);
        peer.Send("ff 0000000000000000 7f 01 06 00 00");
        peer.Expect("05 00 02 6d65");
        Expect.Sent(ours, "61");
        peer.Expect("00 01 61");
        peer.Send("00 01 62");
        Expect.Message(ours, "62");
    }

    [Theory]
    [InlineData("474554202f20485454502f312e310d0a0d0a")]
    [InlineData("01 00 00 01 61")]
    [InlineData("ff 0000000000000000 00")]
    [InlineData(RawPeer.FirstPart + "01 504c41494e 0000000000 0000000000 0000000000 00" + RawPeer.Filler)]
    [InlineData(RawPeer.FirstPart + RawPeer.SecondPart + "00 01 61")]
    [InlineData(RawPeer.FirstPart + RawPeer.SecondPart + "06 7fffffffffffffff")]
    [InlineData(RawPeer.FirstPart + RawPeer.SecondPart + "04 05 04 50494e47")]
    public void What_is_no_handshake_ends_that_connection_and_no_other(string octets)
    {
        using var ours = new ResponseSocket();
        ours.Options.Linger = TimeSpan.Zero;
        var port = ours.BindRandomPort("tcp://127.0.0.1");
        using var bad = RawPeer.ConnectTo(port);
        bad.Send(octets);
        bad.ExpectEnd();

        using var good = RawPeer.ConnectTo(port);
        good.Handshake("REQ");
        good.Send("01 00  00 01 61");
        Expect.Message(ours, "61");
    }

    [Fact]
    public void A_wrong_socket_type_gets_an_ERROR_and_is_disconnected()
    {
        using var ours = new ResponseSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Send(RawPeer.FirstPart + RawPeer.SecondPart);
        var ready = RawPeer.ReadyBody("PUB");
        peer.Send([0x04, (byte)ready.Length, .. ready]);
        peer.Expect(RawPeer.FirstPart + RawPeer.SecondPart);
        var (flags, body) = peer.ReadFrame();
        Assert.Equal(0x04, flags);
        Assert.Equal(Octets.Vector("05 4552524f52"), Octets.Hex(body.AsSpan(0, 6)));
        Assert.Contains("PUB", System.Text.Encoding.ASCII.GetString(body), StringComparison.Ordinal);
        peer.ExpectEnd();
    }

    [Fact]
    public void A_connecting_socket_that_gets_an_ERROR_does_not_come_again_and_one_that_is_closed_on_does()
    {
        using var refusing = new RawListener();
        using var closing = new RawListener();
        using var ours = new DealerSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(20);
        ours.Connect(refusing.Endpoint);
        using (var peer = RawPeer.Accept(refusing))
        {
            peer.Greet();
            peer.Send("04 09 05 4552524f52 02 6e6f");
            peer.ExpectEnd();
        }

        ours.Connect(closing.Endpoint);
        for (var i = 0; i < 5; i++)
        {
            using var peer = RawPeer.Accept(closing);
            peer.Greet();
        }

        Assert.False(refusing.HasConnection(TimeSpan.Zero));
    }

    [Theory]
    [InlineData("00")]
    [InlineData("00 6964")]
    public void An_identity_that_begins_with_zero_is_refused_by_a_ROUTER(string identity)
    {
        using var ours = new RouterSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Greet();
        peer.SendReady("DEALER", identity);
        Assert.Equal("\u0005ERROR"u8.ToArray(), peer.ReadFrame().Body[..6]);
        peer.ExpectEndWithoutAWord();
    }

    [Fact]
    public void Properties_of_applications_and_unknown_ones_are_taken_and_none_are_made_up()
    {
        using var ours = new PullSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Greet();
        byte[] ready = [.. RawPeer.ReadyBody("PUSH"), .. Octets.Of("06 582d526f6c65 00000001 61"), .. Octets.Of("07 556e6b6e6f776e 00000000")];
        peer.Send([0x04, (byte)ready.Length, .. ready]);
        peer.Expect("04 1a 05 5245414459 0b 536f636b65742d54797065 00000004 50554c4c");
        peer.Send("00 01 61");
        Expect.Message(ours, "61");
    }

    [Fact]
    public void A_peer_that_names_a_resource_talks_to_the_one_service_of_the_endpoint()
    {
        using var ours = new PullSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Greet();
        byte[] ready = [.. RawPeer.ReadyBody("PUSH"), .. Octets.Of("08 5265736f75726365 00000004 6e657773")];
        peer.Send([0x04, (byte)ready.Length, .. ready]);
        Assert.Equal("\u0005READY"u8.ToArray(), peer.ReadFrame().Body[..6]);
        peer.Send("00 01 61");
        Expect.Message(ours, "61");
    }

    [Fact]
    public void The_as_server_octet_of_a_peer_of_NULL_has_no_significance()
    {
        using var ours = new PullSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Send(RawPeer.FirstPart + "01" + RawPeer.Null + "01" + RawPeer.Filler);
        peer.Expect(RawPeer.FirstPart + RawPeer.SecondPart);
        peer.SendReady("PUSH");
        Assert.Equal("\u0005READY"u8.ToArray(), peer.ReadFrame().Body[..6]);
    }

    [Fact]
    public void What_was_sent_before_a_close_in_the_middle_of_the_handshake_is_delivered()
    {
        using var listener = new RawListener();
        var ours = new PushSocket();
        ours.Connect(listener.Endpoint);
        using var peer = RawPeer.Accept(listener);
        Assert.True(peer.HasOctets(Frames.Timeout), "the greeting of our socket is missing");

        ours.SendFrame("a");
        ours.Dispose();

        peer.Handshake("PULL");
        peer.Expect("00 01 61");
        peer.ExpectEndWithoutAWord();
    }
}
