using System.Net;
using System.Net.Sockets;
using Actors.Remoting.Wire;
using Actors.Zmtp;
using Akka.Actor;
using Remoting.Tests.Nodes;

namespace Remoting.Tests;

/// <summary>Who does not speak the protocol is turned away; the nodes do not notice.</summary>
public sealed class HostilePeerTests
{
    private static readonly byte[] Associate = AssociateFrame.Associate(new AssociateContent(new Address("zmq", "node", "10.0.0.7", 2552), 7, 0));

    public static TheoryData<string, byte[][]> Messages => new()
    {
        { "garbage", [[0x42, 0x42, 0x42]] },
        { "nothing", [[]] },
        { "frames of nothing", [[], [], []] },
        { "another version", [[1, (byte)'A', (byte)'K', (byte)'Z', 77, .. "zmq://node@10.0.0.7:1"u8]] },
        { "half an incarnation", [[1, (byte)'A', (byte)'K', (byte)'Z', 1, .. new byte[11]]] },
        { "no address", [[1, (byte)'A', (byte)'K', (byte)'Z', 1, .. new byte[16]]] },
        { "two frames", [Associate, [1]] },
        { "a message of Akka before the association", [[4], [1, 2, 3]] },
        { "the message that stands for a lost peer, then garbage", [[6]] },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_peer_that_begins_otherwise_is_told_goodbye(string what, byte[][] frames)
    {
        await using var nodes = await TwoNodes.Start();
        using var peer = new DealerSocket($">tcp://127.0.0.1:{nodes.There.Port}");

        Send(peer, frames);
        // It may be the first message that nobody answers, since it stands for a peer that is gone.
        Send(peer, [[0x42]]);

        Assert.Equal((byte)FrameKind.Goodbye, Receive(peer, what)[0]);
        await nodes.StillTalk();
    }

    public static TheoryData<string, byte[][]> Breaches => new()
    {
        { "an unknown kind", [[0x42]] },
        { "an empty frame", [[]] },
        { "a second association", [Associate] },
        { "half a batch", [[3, 0, 0, 1, 0, 1, 2, 3]] },
        { "a batch of two frames", [[3], [1]] },
        { "a single without a message", [[4]] },
        { "three frames", [[4], [1], [1]] },
        { "a message that is none of Akka's", [[4], [0xFF, 0xFF, 0xFF]] },
    };

    [Theory]
    [MemberData(nameof(Breaches))]
    public async Task A_peer_that_breaks_the_protocol_in_an_association_is_told_goodbye(string what, byte[][] frames)
    {
        await using var nodes = await TwoNodes.Start();
        using var peer = new DealerSocket($">tcp://127.0.0.1:{nodes.There.Port}");
        Send(peer, [Associate]);
        Assert.Equal((byte)FrameKind.Accept, Receive(peer, what)[0]);

        Send(peer, frames);

        Assert.Equal((byte)FrameKind.Goodbye, Receive(peer, what)[0]);
        await nodes.StillTalk();
    }

    [Fact]
    public async Task A_frame_beyond_the_maximum_ends_the_connection()
    {
        await using var nodes = await TwoNodes.Start();
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var peer = new DealerSocket();
        using var monitor = peer.Monitor(SocketEvents.Disconnected, what => ended.TrySetResult(what.Reason));
        peer.Connect($"tcp://127.0.0.1:{nodes.There.Port}");

        Send(peer, [new byte[10_000_000]]);

        await ended.Task.Expect("the end of the connection");
        await nodes.StillTalk();
    }

    public static TheoryData<string, byte[]> Octets => new()
    {
        { "half a greeting", [0xFF, 0, 0, 0, 0] },
        { "another protocol", [.. "GET / HTTP/1.1\r\nHost: node\r\n\r\n"u8] },
        { "zeroes", new byte[1000] },
        { "half a frame", [.. Greeting(), .. Ready(), 0, 200, 1, 2, 3] },
        { "a frame of half a world", [.. Greeting(), .. Ready(), 2, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] },
    };

    [Theory]
    [MemberData(nameof(Octets))]
    public async Task Octets_that_are_no_messages_cost_their_own_connection_only(string what, byte[] octets)
    {
        Assert.NotEmpty(what);
        await using var nodes = await TwoNodes.Start();
        using var peer = new TcpClient();
        await peer.ConnectAsync(IPAddress.Loopback, nodes.There.Port);

        await peer.GetStream().WriteAsync(octets);

        await nodes.StillTalk();
    }

    private static byte[] Greeting() => [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 1, .. "NULL"u8, .. new byte[16], 0, .. new byte[31]];

    private static byte[] Ready() => [4, 28, 5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 6, .. "DEALER"u8];

    private static void Send(DealerSocket peer, byte[][] frames)
    {
        ReadOnlyMemory<byte>[] message = [.. frames];
        Assert.Equal(SendResult.Sent, peer.TrySend(message));
    }

    private static byte[] Receive(DealerSocket peer, string what)
    {
        Assert.True(peer.Poll(PollEvents.PollIn, Patience.Limit).HasIn(), $"There was no answer to {what}.");
        Assert.True(peer.TryReceive(out var frame, out _));
        return frame;
    }

    private sealed class TwoNodes(Node here, Node there, IActorRef echo) : IAsyncDisposable
    {
        public Node There => there;

        public static async Task<TwoNodes> Start()
        {
            var here = Node.Start(Carrier.Zmq);
            var there = Node.Start(Carrier.Zmq);
            there.System.ActorOf<Echo>("echo");
            return new TwoNodes(here, there, await here.Find(there, "echo"));
        }

        public async Task StillTalk() => Assert.Equal("still", await echo.Ask<string>("still", Patience.Limit));

        public async ValueTask DisposeAsync()
        {
            await here.DisposeAsync();
            await there.DisposeAsync();
        }
    }
}
