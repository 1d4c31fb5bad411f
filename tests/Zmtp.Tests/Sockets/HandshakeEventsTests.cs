using System.Text;
using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>What the monitor tells of handshakes, with who the peer is and why it failed.</summary>
public class HandshakeEventsTests
{
    [Fact]
    public void A_connection_is_told_from_its_beginning_to_its_end_with_the_peer_and_its_routing_id()
    {
        using RouterSocket router = new();
        using EventRecorder events = new(router);
        int port = router.BindRandomPort("tcp://127.0.0.1");
        events.Next(SocketEvents.Listening);
        using RawPeer peer = RawPeer.ConnectTo(port);
        SocketEvent accepted = events.Next(SocketEvents.Accepted);
        Assert.Equal($"tcp://127.0.0.1:{port}", accepted.Endpoint);
        Assert.StartsWith("tcp://127.0.0.1:", accepted.PeerAddress, StringComparison.Ordinal);
        peer.Handshake("DEALER", identity: "6d65");
        SocketEvent succeeded = events.Next(SocketEvents.HandshakeSucceeded);
        Assert.Equal(accepted.PeerAddress, succeeded.PeerAddress);
        Assert.Equal("me", Encoding.ASCII.GetString(succeeded.RoutingId.Span));
        Assert.Equal((ZmqSocketType.Dealer, "NULL"), (succeeded.PeerSocketType, succeeded.Mechanism));
        peer.Dispose();
        SocketEvent disconnected = events.Next(SocketEvents.Disconnected);
        Assert.Equal(accepted.PeerAddress, disconnected.PeerAddress);
        Assert.Equal("me", Encoding.ASCII.GetString(disconnected.RoutingId.Span));
        Assert.Equal((ZmqSocketType.Dealer, "NULL"), (disconnected.PeerSocketType, disconnected.Mechanism));
        Assert.Equal("the peer closed the connection", disconnected.Reason);
    }

    [Fact]
    public void A_peer_that_breaks_the_protocol_is_told_with_its_socket_type_and_that_reason()
    {
        using PullSocket pull = new();
        using EventRecorder events = new(pull, SocketEvents.Disconnected);
        using RawPeer peer = RawPeer.ConnectTo(pull);
        peer.Handshake("PUSH");
        peer.Send("f8 01 00");
        SocketEvent disconnected = events.Next(SocketEvents.Disconnected);
        Assert.Equal("protocol error: the peer sent a frame with the flags 0xf8, which are reserved", disconnected.Reason);
        Assert.Equal((ZmqSocketType.Push, "NULL"), (disconnected.PeerSocketType, disconnected.Mechanism));
    }

    [Fact]
    public void A_try_to_reconnect_is_told_with_the_reason_of_the_last_failure()
    {
        using RawListener listener = new();
        using PushSocket push = new();
        push.Options.Linger = TimeSpan.Zero;
        using EventRecorder events = new(push, SocketEvents.ConnectRetried | SocketEvents.Disconnected);
        push.Connect(listener.Endpoint);
        RawPeer.Accept(listener).Dispose();
        SocketEvent disconnected = events.Next(SocketEvents.Disconnected);
        Assert.Equal(ZmqSocketType.None, disconnected.PeerSocketType);
        Assert.Equal(disconnected.Reason, events.Next(SocketEvents.ConnectRetried).Reason);
    }

    [Fact]
    public void A_peer_without_a_routing_id_is_told_by_the_one_that_the_ROUTER_made_up()
    {
        using RouterSocket router = new();
        using EventRecorder events = new(router, SocketEvents.HandshakeSucceeded);
        using RawPeer peer = RawPeer.ConnectTo(router);
        peer.Handshake("DEALER");
        byte[] told = events.Next(SocketEvents.HandshakeSucceeded).RoutingId.ToArray();
        peer.Send("00 01 61");
        Assert.Equal(told, router.ReceiveMultipartBytes()[0]);
    }

    [Theory]
    [InlineData(SocketEvents.HandshakeFailedNoDetail, RawPeer.FirstPart, "c")]
    [InlineData(SocketEvents.HandshakeFailedProtocol, "47 45 54 20 2f 20 48 54 54 50 2f 31", "474554")]
    [InlineData(SocketEvents.HandshakeFailedProtocol, RawPeer.FirstPart + RawPeer.SecondPart + "04 19 05 5245414459 0b 536f636b65742d54797065 00000003 505542", "PUB")]
    [InlineData(SocketEvents.HandshakeFailedAuth, RawPeer.FirstPart + RawPeer.SecondPart + "04 09 05 4552524f52 02 6e6f", "no")]
    public void Each_kind_of_failure_has_its_event_and_says_why(SocketEvents kind, string octets, string why)
    {
        using PullSocket pull = new();
        using EventRecorder events = new(pull);
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        events.Next(SocketEvents.Listening);
        using RawPeer peer = RawPeer.ConnectTo(port);
        peer.Send(octets);
        if (kind == SocketEvents.HandshakeFailedNoDetail)
        {
            peer.Expect(RawPeer.FirstPart);
            peer.Dispose();
        }

        string address = events.Next(SocketEvents.Accepted).PeerAddress;
        SocketEvent failed = events.Next(kind);
        Assert.Equal(address, failed.PeerAddress);
        Assert.Contains(why, failed.Reason, StringComparison.Ordinal);
        events.Next(SocketEvents.Disconnected);
    }

    [Fact]
    public void Who_asks_for_the_events_of_connections_hears_of_no_handshake()
    {
        using PullSocket pull = new();
        using EventRecorder events = new(pull, SocketEvents.Connections);
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        events.Next(SocketEvents.Listening);
        using RawPeer peer = RawPeer.ConnectTo(port);
        events.Next(SocketEvents.Accepted);
        peer.Handshake("PUSH");
        peer.Dispose();
        events.Next(SocketEvents.Disconnected);
    }

    [Fact]
    public void A_peer_that_is_turned_away_for_its_routing_id_does_not_end_in_the_name_of_the_other()
    {
        using RouterSocket router = new();
        using EventRecorder events = new(router, SocketEvents.HandshakeSucceeded | SocketEvents.Disconnected);
        int port = router.BindRandomPort("tcp://127.0.0.1");
        using RawPeer first = RawPeer.ConnectTo(port);
        first.Handshake("DEALER", identity: "6d65");
        events.Next(SocketEvents.HandshakeSucceeded);
        Link.Repeat(() => !router.HasIn && router.GetStatistics().Pipes.Any(pipe => pipe.RoutingId is not null), "first peer with its name");
        using RawPeer second = RawPeer.ConnectTo(port);
        second.Handshake("DEALER", identity: "6d65");
        events.Next(SocketEvents.HandshakeSucceeded);
        Link.Repeat(() => !router.HasIn && router.GetStatistics().Pipes.Count == 1, "end of the second peer");
        SocketEvent disconnected = events.Next(SocketEvents.Disconnected);
        Assert.True(disconnected.RoutingId.IsEmpty);
        Assert.Contains("routing id", disconnected.Reason, StringComparison.Ordinal);
    }
}
