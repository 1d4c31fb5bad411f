using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.Conformance;

/// <summary>The clauses of RFC 28 to 31 about what waits for a peer: when it is there, when it goes, and when there is too much.</summary>
public class OutgoingQueueTests
{
    private const string SubscribeToA = "04 0b 09 535542534352494245 61";
    private const string CancelOfA = "04 08 06 43414e43454c 61";
    private const int Large = 4_000_000;

    [Theory]
    [InlineData("DEALER")]
    [InlineData("PUSH")]
    [InlineData("PAIR")]
    public void A_connecting_socket_keeps_its_queue_whether_or_not_the_connection_stands(string type)
    {
        using var listener = new RawListener();
        using var ours = SocketKinds.Create(type);
        ours.Connect(listener.Endpoint);
        Expect.Sent(ours, "60");
        using (var first = RawPeer.Accept(listener))
        {
            first.Handshake(SocketKinds.PeerOf(type));
            first.Expect("00 01 60");
            first.Reset();
        }

        // That it comes again shows that it has noticed.
        using var second = RawPeer.Accept(listener);
        Expect.Sent(ours, "61");
        Expect.Sent(ours, "62");
        second.Handshake(SocketKinds.PeerOf(type));
        second.Expect("00 01 61 00 01 62");
    }

    [Fact]
    public void A_connecting_ROUTER_keeps_the_queue_of_a_peer_whose_identity_it_knows()
    {
        using var listener = new RawListener();
        using var ours = SocketKinds.Create("ROUTER");
        ours.Options.RouterMandatory = true;
        ours.Connect(listener.Endpoint);
        using (var first = RawPeer.Accept(listener))
        {
            first.Handshake("DEALER", identity: "69");
            first.Send("00 01 61");
            Expect.Message(ours, "69,61");
            first.Reset();
        }

        using var second = RawPeer.Accept(listener);
        Expect.Sent(ours, "69,62");
        second.Handshake("DEALER", identity: "69");
        second.Expect("00 01 62");
    }

    [Theory]
    [InlineData("PUB")]
    [InlineData("XPUB")]
    public void A_connecting_publisher_keeps_its_queue_and_counts_subscriptions_anew(string type)
    {
        using var listener = new RawListener();
        using var ours = SocketKinds.Create(type);
        ours.Connect(listener.Endpoint);
        using (var first = RawPeer.Accept(listener))
        {
            first.Handshake("SUB");
            first.Send(SubscribeToA);
            first.WaitUntilTaken();
            Expect.Sent(ours, "6131");
            first.Expect("00 02 6131");
            first.Reset();
        }

        using var second = RawPeer.Accept(listener);
        Expect.Sent(ours, "6132");
        second.Handshake("SUB");
        second.Expect("00 02 6132");
        second.Send(SubscribeToA);
        second.WaitUntilTaken();
        Expect.Sent(ours, "6133");
        second.Expect("00 02 6133");
        second.Send(CancelOfA);
        second.WaitUntilTaken();
        Expect.Sent(ours, "6134");
        second.WaitUntilTaken();
    }

    [Theory]
    [InlineData("DEALER")]
    [InlineData("ROUTER")]
    [InlineData("PUSH")]
    [InlineData("PAIR")]
    [InlineData("PUB")]
    [InlineData("XPUB")]
    public void A_bound_socket_destroys_the_queue_of_a_peer_that_goes(string type)
    {
        using var ours = SocketKinds.Create(type);
        var to = type == "ROUTER" ? "69," : "";
        var port = ours.BindRandomPort("tcp://127.0.0.1");
        using var disconnected = new ManualResetEventSlim();
        using var monitor = ours.Monitor(SocketEvents.Disconnected, _ => disconnected.Set());
        using (var gone = Subscribed(port, type))
        {
            // More than the buffers of the system take, so that some of it waits in the queue.
            var frames = Expect.Frames(to + "61");
            for (var i = 0; i < 8; i++)
                Assert.True(ours.TrySendMultipartBytes(Expect.Patience, [.. frames[..^1], [(byte)'a', .. new byte[Large]]]), $"message {i} was not taken");
            gone.Reset();
        }

        Expect.Set(disconnected, "lost connection");
        using var peer = Subscribed(port, type);
        Link.Repeat(
            () => ours.TrySendMultipartBytes(TimeSpan.FromMilliseconds(20), Expect.Frames(to + "6162")) && peer.HasOctets(TimeSpan.FromMilliseconds(20)),
            "message at the new peer");
        peer.Expect("00 02 6162");
    }

    [Theory]
    [InlineData("DEALER")]
    [InlineData("PUSH")]
    [InlineData("PAIR")]
    public void A_peer_is_available_only_while_its_queue_is_not_full_and_nothing_is_discarded(string type)
    {
        using var listener = new RawListener();
        using var ours = SocketKinds.Create(type);
        ours.Options.SendHighWatermark = 3;
        ours.Connect(listener.Endpoint);
        for (var i = 0; i < 3; i++)
            Assert.True(ours.TrySendMultipartBytes(TimeSpan.Zero, [(byte)i]), $"message {i} was not taken");
        Assert.False(ours.HasOut);
        Assert.False(ours.TrySendMultipartBytes(TimeSpan.FromMilliseconds(50), [3]));

        using var peer = RawPeer.Accept(listener);
        peer.Handshake(SocketKinds.PeerOf(type));
        peer.Expect("00 01 00 00 01 01 00 01 02");
        Expect.Sent(ours, "03");
        peer.Expect("00 01 03");
    }

    [Theory]
    [InlineData("REQ")]
    [InlineData("DEALER")]
    [InlineData("PUSH")]
    [InlineData("PAIR")]
    public void Without_peers_a_socket_takes_no_messages_and_sends_the_first_that_it_takes(string type)
    {
        using var ours = SocketKinds.Create(type);
        var port = ours.BindRandomPort("tcp://127.0.0.1");
        Assert.False(ours.HasOut);
        Assert.False(ours.TrySendMultipartBytes(TimeSpan.Zero, "x"u8.ToArray()));
        Assert.False(ours.TrySendMultipartBytes(TimeSpan.FromMilliseconds(50), "x"u8.ToArray()));
        using var peer = RawPeer.ConnectTo(port);
        peer.Handshake(SocketKinds.PeerOf(type));
        Expect.Sent(ours, "61");
        peer.Expect(type == "REQ" ? "01 00 00 01 61" : "00 01 61");
    }

    [Theory]
    [InlineData("PUB")]
    [InlineData("XPUB")]
    public void A_publisher_drops_for_a_full_subscriber_and_does_not_block(string type)
    {
        const int most = 5;
        using var ours = SocketKinds.Create(type);
        ours.Options.SendHighWatermark = most;
        using var listener = new RawListener();
        ours.Connect(listener.Endpoint);
        using (var first = RawPeer.Accept(listener))
        {
            first.Handshake("SUB");
            first.Send(SubscribeToA);
            first.WaitUntilTaken();
            Expect.Sent(ours, "61ff");
            first.Expect("00 02 61ff");
            first.Reset();
        }

        using var second = RawPeer.Accept(listener);
        for (var i = 0; i < 20; i++)
            Assert.True(ours.TrySendMultipartBytes(TimeSpan.Zero, [(byte)'a', (byte)i]), $"message {i} was not taken");
        second.Handshake("SUB");
        for (var i = 0; i < most; i++)
            second.Expect($"00 02 61 {i:x2}");
        second.WaitUntilTaken();
    }

    [Fact]
    public void An_XSUB_drops_for_a_full_publisher_and_does_not_block()
    {
        const int most = 5;
        using var listener = new RawListener();
        using var ours = SocketKinds.Create("XSUB");
        ours.Options.SendHighWatermark = most;
        ours.Connect(listener.Endpoint);
        for (var i = 0; i < 20; i++)
            Assert.True(ours.TrySendMultipartBytes(TimeSpan.Zero, [(byte)'m', (byte)i]), $"message {i} was not taken");
        using var peer = RawPeer.Accept(listener);
        peer.Handshake("PUB");
        for (var i = 0; i < most; i++)
            peer.Expect($"00 02 6d {i:x2}");
        peer.WaitUntilTaken();
    }

    /// <summary>A peer that has come, and has subscribed to "a" where that is needed.</summary>
    private static RawPeer Subscribed(int port, string type)
    {
        var peer = RawPeer.ConnectTo(port);
        peer.Handshake(SocketKinds.PeerOf(type), identity: type == "ROUTER" ? "69" : "");
        if (type is "PUB" or "XPUB")
            peer.Send(SubscribeToA);
        peer.WaitUntilTaken();
        return peer;
    }
}
