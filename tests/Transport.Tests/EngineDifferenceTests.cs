using System.Net.Sockets;
using Actors.Transport;
using Actors.Zmtp;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Xunit.Abstractions;

namespace Transport.Tests;

/// <summary>What the engines tell of peers and do for them: the same where the bridge can make up for NetMQ, stated where it cannot. docs/promises.md names these tests.</summary>
public sealed class EngineDifferenceTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public EngineDifferenceTests(ITestOutputHelper log)
        : base("akka { loglevel = INFO, test { single-expect-default = 30s } }\n" + EngineUnderTest.Config, output: log)
    {
    }

    private (IActorRef Socket, string Endpoint) Open(SocketKind kind, SocketSettings? settings = null)
    {
        ZmqTransport.Of(Sys).Open(new SocketSpec { Name = "socket", Kind = kind, Settings = settings ?? new SocketSettings { Bind = ["tcp://127.0.0.1:0"] }, Probe = Message.FromText("are you there?") }, TestActor);
        var socket = ExpectMsg<SocketCreated>(Patience).Socket;
        ExpectMsg<OutboundCredit>(Patience);
        return (socket, ExpectMsg<SocketOpened>(Patience).Endpoints[0]);
    }

    [Fact]
    public void A_router_tells_which_peer_has_disconnected()
    {
        var (socket, endpoint) = Open(SocketKind.Router);
        socket.Tell(new InboundCredit(10));
        using (var dealer = new DealerSocket())
        {
            dealer.Options.Identity = "somebody"u8.ToArray();
            dealer.Connect(endpoint);
            dealer.SendFrame("hello");
            FishForMessage<InboundBatch>(_ => true, Patience, "the message of the peer");
        }

        var gone = FishForMessage<PeerDisconnected>(_ => true, Patience, "the end of the peer");

        Assert.Equal("somebody"u8.ToArray(), gone.Peer?.RoutingId?.ToArray());
    }

    [Fact]
    public void A_peer_has_its_address_and_on_zmtp_its_socket_type_and_mechanism_and_without_a_routing_id_none()
    {
        var (_, endpoint) = Open(SocketKind.Pull);
        using (var push = new PushSocket())
        {
            push.Connect(endpoint);
            var came = FishForMessage<PeerConnected>(_ => true, Patience, "the connection").Peer!;
            Assert.Equal((null, EngineUnderTest.IsZmtp ? "PUSH" : null, EngineUnderTest.IsZmtp ? "NULL" : null), (came.RoutingId, came.SocketType, came.Mechanism));
            Assert.Matches("127.0.0.1:[0-9]+$", came.Address);
        }

        var gone = FishForMessage<PeerDisconnected>(_ => true, Patience, "the end of the connection");
        // Who closes before it has read the other's READY resets the connection.
        if (EngineUnderTest.IsZmtp) Assert.Matches("^the (peer closed the connection|connection broke: .*)$", gone.Reason);
        else Assert.Null(gone.Reason);
        Assert.Equal(EngineUnderTest.IsZmtp ? "PUSH" : null, gone.Peer?.SocketType);
    }

    [SkippableFact]
    public async Task On_netmq_a_peer_that_a_router_never_heard_from_disconnects_without_a_name()
    {
        Skip.If(EngineUnderTest.IsZmtp, "the engine zmtp names every peer");
        var (_, endpoint) = Open(SocketKind.Router);
        using (await Silent(endpoint)) FishForMessage<PeerConnected>(_ => true, Patience, "the connection");

        var gone = FishForMessage<PeerDisconnected>(_ => true, Patience, "the end of the connection");

        Assert.Null(gone.Peer?.RoutingId);
        Assert.Null(gone.Reason);
    }

    [SkippableFact]
    public async Task On_netmq_a_connection_without_a_handshake_counts_as_a_peer()
    {
        Skip.If(EngineUnderTest.IsZmtp, "the engine zmtp tells of a peer when the handshake has succeeded");
        var (_, endpoint) = Open(SocketKind.Pull);

        using var silent = await Silent(endpoint);

        FishForMessage<PeerConnected>(_ => true, Patience, "the connection");
    }

    [SkippableFact]
    public async Task A_failed_handshake_is_told_with_its_reason()
    {
        EngineUnderTest.NeedsZmtp("does not tell of handshakes");
        var (_, endpoint) = Open(SocketKind.Pull);
        using var stranger = await Silent(endpoint);

        await stranger.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n                                        "u8.ToArray());

        var told = FishForMessage<PeerEvent>(seen => seen is PeerHandshakeFailed or PeerConnected, Patience, "the failed handshake");
        Assert.NotEmpty(Assert.IsType<PeerHandshakeFailed>(told).Reason);
    }

    [Fact]
    public void A_connect_to_an_inproc_endpoint_is_made_good_when_it_is_bound()
    {
        var endpoint = $"inproc://{Guid.NewGuid():N}";
        var (push, _) = Open(SocketKind.Push, new SocketSettings { Connect = [endpoint] });
        var (pull, _) = Open(SocketKind.Pull, new SocketSettings { Bind = [endpoint] });

        pull.Tell(new InboundCredit(1));
        push.Tell(new OutboundBatch([Message.FromText("late")]));

        var batch = FishForMessage<InboundBatch>(_ => true, Patience, "the message over inproc");
        Assert.Equal("late", batch.Messages[0].Text());
    }

    private static async Task<TcpClient> Silent(string endpoint)
    {
        var peer = new TcpClient();
        await peer.ConnectAsync("127.0.0.1", new Uri(endpoint).Port);
        return peer;
    }
}
