using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.BytePeer;

/// <summary>https://rfc.zeromq.org/spec/37/, "Connection Heartbeating".</summary>
public class HeartbeatBytesTests
{
    [Theory]
    [InlineData("04 07 04 50494e47 0000", "04 05 04 504f4e47")]
    [InlineData("04 0b 04 50494e47 0000 61626364", "04 09 04 504f4e47 61626364")]
    [InlineData("04 17 04 50494e47 0000 00112233445566778899aabbccddeeff", "04 15 04 504f4e47 00112233445566778899aabbccddeeff")]
    public void A_PING_is_answered_with_its_context(string ping, string pong)
    {
        using var ours = new PullSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PUSH");
        peer.Send(ping);
        peer.Expect(pong);
        peer.Send("00 01 61" + ping);
        peer.Expect(pong);
        Expect.Message(ours, "61");
    }

    [Fact]
    public void A_PING_with_a_context_of_17_octets_ends_the_connection()
    {
        using var ours = new PullSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PUSH");
        peer.Send("04 18 04 50494e47 0000 00112233445566778899aabbccddeeff00");
        peer.ExpectEnd();
    }

    [Fact]
    public void A_PING_between_the_frames_of_a_message_is_answered()
    {
        using var ours = new PullSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PUSH");
        peer.Send("01 01 61");
        peer.Send("04 07 04 50494e47 0000");
        peer.Expect("04 05 04 504f4e47");
        peer.Send("00 01 62");
        Expect.Message(ours, "61,62");
    }

    [Fact]
    public void Who_does_not_answer_PINGs_is_disconnected()
    {
        using var ours = new PullSocket();
        ours.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(100);
        ours.Options.HeartbeatTimeout = TimeSpan.FromMilliseconds(300);
        ours.Options.HeartbeatTtl = TimeSpan.FromSeconds(1);
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PUSH");
        var (flags, body) = peer.ReadFrame();
        Assert.Equal(0x04, flags);
        Assert.StartsWith(Octets.Vector("04 50494e47 000a"), Octets.Hex(body), StringComparison.Ordinal);
        peer.ExpectEnd();
    }

    [Fact]
    public void Who_answers_PINGs_stays()
    {
        using var ours = new PullSocket();
        ours.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(50);
        ours.Options.HeartbeatTimeout = TimeSpan.FromSeconds(5);
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PUSH");
        for (var i = 0; i < 10; i++)
        {
            var (_, ping) = peer.ReadFrame();
            Assert.Equal(Octets.Vector("04 50494e47"), Octets.Hex(ping.AsSpan(0, 5)));
            byte[] pong = [.. Octets.Of("04 504f4e47"), .. ping.AsSpan(7)];
            peer.Send([0x04, (byte)pong.Length, .. pong]);
        }

        peer.Send("00 01 61");
        Expect.Message(ours, "61");
    }

    [Fact]
    public void A_peer_that_is_silent_for_the_time_to_live_of_its_PING_is_disconnected()
    {
        using var ours = new PullSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PUSH");
        peer.Send("04 07 04 50494e47 0003");
        peer.Expect("04 05 04 504f4e47");
        peer.ExpectEnd();
    }

    [Fact]
    public void A_peer_of_ZMTP_3_0_gets_no_PING()
    {
        using var ours = new PushSocket();
        ours.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(20);
        ours.Options.HeartbeatTimeout = TimeSpan.FromMilliseconds(200);
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PULL", minor: 0);

        // Another peer, of 3.1, is pinged meanwhile, which shows that the time for it has come.
        using var pinged = RawPeer.ConnectTo(ours);
        pinged.Handshake("PULL");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(0x04, pinged.ReadFrame().Flags);
            pinged.Send("04 05 04 504f4e47");
        }

        pinged.Dispose();
        for (var i = 0; i < 2; i++)
            Expect.Sent(ours, "61");
        peer.Expect("00 01 61");
    }

    [Fact]
    public void Who_sends_messages_stays_even_without_a_PONG()
    {
        using var ours = new PullSocket();
        ours.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
        ours.Options.HeartbeatTimeout = TimeSpan.FromMilliseconds(2000);
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PUSH");

        // For longer than the timeout, at the pace of the PINGs.
        for (var i = 0; i < 12; i++)
        {
            var (_, ping) = peer.ReadFrame();
            Assert.Equal(Octets.Vector("04 50494e47"), Octets.Hex(ping.AsSpan(0, 5)));
            peer.Send("00 01 61");
            Expect.Message(ours, "61");
        }
    }

    [Fact]
    public void A_peer_that_is_not_listened_to_because_the_pipe_is_full_is_not_taken_for_dead()
    {
        const int count = 2000;
        using var ours = new PullSocket();
        ours.Options.ReceiveHighWatermark = 10;
        ours.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(50);
        ours.Options.HeartbeatTimeout = TimeSpan.FromMilliseconds(150);
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PUSH");
        peer.Send(string.Concat(Enumerable.Repeat("00 01 61", count)));

        // For longer than the timeout, at the pace of the PINGs.
        for (var i = 0; i < 10; i++)
            Assert.Equal(0x04, peer.ReadFrame().Flags);
        for (var i = 0; i < count; i++)
            Expect.Message(ours, "61");
    }

    [Fact]
    public void A_connecting_socket_comes_again_after_a_failed_heartbeat()
    {
        using var listener = new RawListener();
        using var ours = new PushSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(20);
        ours.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(50);
        ours.Options.HeartbeatTimeout = TimeSpan.FromMilliseconds(150);
        ours.Connect(listener.Endpoint);
        using var silent = RawPeer.Accept(listener);
        silent.Handshake("PULL");
        silent.ExpectEnd();
        using var second = RawPeer.Accept(listener);
        second.Handshake("PULL");
        Expect.Sent(ours, "61");
        var (flags, body) = second.ReadFrame();
        while (flags == 0x04)
            (flags, body) = second.ReadFrame();
        Assert.Equal("61", Octets.Hex(body));
    }
}
