using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;
using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>
/// What is sent to a peer just when its connection ends: the socket has read the pipe to its end, and has not yet heard that
/// it may write no more. The I/O thread is held up there, so that each run takes the same turn.
/// </summary>
public class LateSendTests
{
    // They begin with 2, since what begins with 0 or 1 is a subscription to an XSUB.
    private static readonly byte[] Large = [2, .. new byte[1 << 20]];
    private static readonly byte[] Small = [2];

    public static TheoryData<string, string> Types => new()
    {
        { "ROUTER", "DEALER" },
        { "DEALER", "DEALER" },
        { "PAIR", "PAIR" },
        { "REP", "REQ" },
        { "XSUB", "XPUB" },
        { "PEER", "PEER" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void A_message_that_a_socket_takes_while_the_connection_ends_is_told_as_unsent(string type, string peerType)
    {
        using ZmqSocket socket = Create(type);
        using HeldUpEnd end = new(socket);
        using RawPeer peer = Connect(socket, peerType);
        Pipe pipe = Attached(socket);
        Request(socket, peer);
        Assert.True(Send(socket, pipe, Large));
        Request(socket, peer);

        peer.Reset();
        end.Await();
        Assert.False(socket.HasIn);
        end.Release();
        Link.Repeat(() => pipe.EngineLeft, "end of the session");
        // Not through the socket, which would look at its news first: this send had done so before the connection ended.
        long taken = 1 + (Send(socket, pipe, Small) ? 1 : 0);

        Link.Repeat(
            () => !socket.HasIn && end.Unsent == taken && socket.GetStatistics() is { Pipes.Count: 0, Total: var total } && total.DroppedUnsent == taken,
            $"report of {taken} unsent messages: {end.Unsent} were told");
    }

    [Fact]
    public void The_rest_of_a_message_of_a_pair_whose_peer_has_gone_does_not_reach_the_next_peer()
    {
        using PairSocket socket = new();
        using HeldUpEnd end = new(socket);
        using RawPeer peer = Connect(socket, "PAIR");
        Attached(socket);
        Assert.True(socket.TrySendFrame(Large));
        Assert.True(socket.TrySendFrame("first frame", more: true));

        peer.Reset();
        end.Await();
        Assert.False(socket.HasIn);
        end.Release();
        Link.Repeat(() => !socket.HasIn && socket.GetStatistics().Pipes.Count == 0, "end of the first peer's pipe");
        using RawPeer next = RawPeer.ConnectTo(new Uri(socket.Options.LastEndpoint!).Port);
        next.Handshake("PAIR");
        Attached(socket);
        Assert.True(socket.TrySendFrame("last frame"));
        Assert.True(socket.TrySendFrame("whole"));

        Assert.Equal("whole"u8.ToArray(), next.ReadFrame().Body);
    }

    [Theory]
    [InlineData("ROUTER", "DEALER")]
    [InlineData("PAIR", "PAIR")]
    [InlineData("PUSH", "PULL")]
    public void A_message_that_a_socket_takes_while_its_inproc_peer_closes_is_told_as_unsent(string type, string peerType)
    {
        using ZmqSocket socket = Create(type);
        using HeldUpEnd end = new(socket);
        end.Release();
        string name = $"inproc://{Guid.NewGuid()}";
        socket.Bind(name);
        ZmqSocket peer = Create(peerType);
        peer.Options.Linger = TimeSpan.Zero;
        peer.Connect(name);
        Pipe pipe = Attached(socket);
        Assert.True(Send(socket, pipe, Small));

        peer.Dispose();
        // Not through the socket, which would look at its news first: this send had done so before the peer closed.
        long taken = Send(socket, pipe, Small) ? 1 : 0;

        Assert.Equal(1, taken);
        Link.Repeat(
            () => !HasNews(socket) && end.Unsent == taken && socket.GetStatistics() is { Pipes.Count: 0, Total: var total } && total.DroppedUnsent == taken,
            $"report of {taken} unsent messages: {end.Unsent} were told");
    }

    /// <summary>Has the socket look at its news; false, as nothing has come for it.</summary>
    private static bool HasNews(ZmqSocket socket) => socket.Poll(PollEvents.PollIn | PollEvents.PollOut, TimeSpan.Zero).HasFlag(PollEvents.PollIn);

    private static ZmqSocket Create(string type) => type switch
    {
        "PUSH" => new PushSocket(),
        "PULL" => new PullSocket(),
        "ROUTER" => new RouterSocket { Options = { RouterMandatory = true } },
        "DEALER" => new DealerSocket(),
        "PAIR" => new PairSocket(),
        "REP" => new ResponseSocket(),
        "XSUB" => new XSubscriberSocket(),
        _ => new PeerSocket(),
    };

    private static RawPeer Connect(ZmqSocket socket, string peerType)
    {
        socket.Options.Linger = TimeSpan.Zero;
        socket.Options.SendBuffer = 4096;
        RawPeer peer = RawPeer.ConnectTo(socket.BindRandomPort("tcp://127.0.0.1"), receiveBuffer: 4096);
        peer.Handshake(peerType);
        return peer;
    }

    private static Pipe Attached(ZmqSocket socket)
    {
        Pipe? pipe = null;
        Link.Repeat(() => !HasNews(socket) && (pipe = socket.Core.Pipes.Find(pipe => pipe.IsAttached)) is not null, "peer");
        return pipe!;
    }

    /// <summary>A REP sends only what it was asked for.</summary>
    private static void Request(ZmqSocket socket, RawPeer peer)
    {
        if (socket.Type == ZmqSocketType.Rep)
        {
            peer.Send("01 00 00 01 61");
            Link.Repeat(() => socket.TryReceiveFrameString(out _), "request");
        }
    }

    private static bool Send(ZmqSocket socket, Pipe pipe, byte[] body)
    {
        ReadOnlyMemory<byte>[] frames = socket.Type switch
        {
            ZmqSocketType.Router => [pipe.RoutingId, body],
            ZmqSocketType.Peer => [Patterns.PeerPattern.ToRoutingId(pipe.RoutingNumber), body],
            _ => [body],
        };
        return socket.Core.Pattern.TrySend(frames) == SendResult.Sent;
    }

    /// <summary>Holds the I/O thread up where it tells what a connection that ends leaves unsent.</summary>
    private sealed class HeldUpEnd : IDisposable
    {
        private readonly ManualResetEventSlim _reached = new();
        private readonly ManualResetEventSlim _released = new();
        private readonly IDisposable _monitor;
        private long _unsent;

        public HeldUpEnd(ZmqSocket socket)
        {
            _monitor = socket.Monitor(SocketEvents.MessagesDropped, report =>
            {
                if (report.DropReason == ZmqDropReason.Unsent)
                {
                    Interlocked.Add(ref _unsent, report.Count);
                    _reached.Set();
                    _released.Wait(Frames.Timeout);
                }
            });
        }

        public long Unsent => Interlocked.Read(ref _unsent);

        public void Await() => Assert.True(_reached.Wait(Frames.Timeout), "The connection that ended did not tell what it left unsent.");

        public void Release() => _released.Set();

        public void Dispose()
        {
            _released.Set();
            _monitor.Dispose();
        }
    }
}
