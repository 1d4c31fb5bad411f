using Actors.Zmtp.Connections;
using Actors.Zmtp.Io;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Connections;

/// <summary>Connections without a network and without sockets: two of them, or one and bytes.</summary>
public class ConnectionTests : IDisposable
{
    private readonly TaskCompletionSource<Exception> _fault = new();
    private readonly Reactor _reactor;

    public ConnectionTests() => _reactor = new Reactor("test", new SelectReadiness(), e => _fault.TrySetResult(e));

    public void Dispose()
    {
        _reactor.Dispose();
        Assert.False(_fault.Task.IsCompleted, _fault.Task.IsCompleted ? _fault.Task.Result.ToString() : "");
    }

    /// <summary>The owner of one connection: the far ends of its pipe, and how it ended.</summary>
    private sealed class Owner : ReactorWork, IConnectionOwner, ICommandHandler, IPipeSide
    {
        private readonly Reactor _reactor;
        private readonly OutboundQueue _outbound;
        private readonly InboundQueue _inbound;
        private readonly AutoResetEvent _readable = new(false);

        public Owner(Reactor reactor, ConnectionSettings settings)
        {
            _reactor = reactor;
            PipeState outbound = new(settings.SendHighWatermark, 0);
            PipeState inbound = new(settings.ReceiveHighWatermark, 0);
            Writer = new PipeWriter(outbound);
            Reader = new PipeReader(inbound);
            _outbound = new OutboundQueue(outbound);
            _inbound = new InboundQueue(inbound, settings.InboundLimits, settings.TakesSubscriptions, this);
            outbound.Reader = this;
            inbound.Writer = this;
            inbound.Reader = new Readable(_readable);
            Inbound = inbound;
        }

        public PipeState Inbound { get; }

        public PipeWriter Writer { get; }

        public PipeReader Reader { get; }

        public Connection Connection { get; set; } = null!;

        public TaskCompletionSource<PeerInfo> Peer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<CloseReason> Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<Exception> Fault { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource AllSent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConnectionPipe OnReady(PeerInfo peer)
        {
            Peer.SetResult(peer);
            return new ConnectionPipe(_outbound, _inbound, null);
        }

        public void OnAllSent() => AllSent.TrySetResult();

        public void OnClosed(CloseReason reason) => Closed.SetResult(reason);

        public bool OnCommand(ReadOnlySpan<byte> body) => ((ICommandHandler)Connection).OnCommand(body);

        public void CanRead() => _reactor.Schedule(this);

        public void CanWrite() => _reactor.Schedule(this);

        public override void OnFault(Exception fault) => Fault.TrySetResult(fault);

        public override void Run()
        {
            if (Connection.IsReady)
            {
                Connection.Pump();
            }
        }

        public byte[] Receive()
        {
            Msg msg = default;
            while (!Reader.TryRead(ref msg))
            {
                if (Reader.WaitForMessage())
                {
                    Assert.True(_readable.WaitOne(Frames.Timeout), "No message came.");
                }
            }

            byte[] bytes = msg.ToArray();
            msg.Close();
            return bytes;
        }

        private sealed class Readable(AutoResetEvent signal) : IPipeSide
        {
            public void CanRead() => signal.Set();

            public void CanWrite()
            {
            }
        }
    }

    private Owner Start(MemoryStreams.End stream, ConnectionSettings settings, bool accepted)
    {
        Owner owner = new(_reactor, settings);
        owner.Connection = new Connection(stream, _reactor, settings, accepted, owner);
        _reactor.Post(owner.Connection.Start);
        return owner;
    }

    private static readonly ConnectionSettings s_push = new() { SocketType = ZmqSocketType.Push };
    private static readonly ConnectionSettings s_pull = new() { SocketType = ZmqSocketType.Pull };

    private static async Task<T> Within<T>(Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Frames.Timeout);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"There was no {what} within {Frames.Timeout}.");
            throw;
        }
    }

    /// <summary>
    /// A receiver that emptied its pipe just when the connection filled it gave its signal for room too early, and
    /// nobody asked for another: both ends slept with the network full.
    /// </summary>
    [Fact]
    public async Task A_signal_for_room_that_comes_before_there_is_room_is_not_the_last()
    {
        const int messages = 1000;
        MemoryStreams streams = MemoryStreams.Create(_reactor, 100);
        Owner push = Start(streams.One, s_push, accepted: false);
        Owner pull = Start(streams.Two, s_pull with { ReceiveHighWatermark = 10 }, accepted: true);
        await Within(push.Peer.Task, "handshake");
        for (int i = 0; i < messages; i++)
        {
            push.Writer.Write(BitConverter.GetBytes(i), more: false);
            push.Writer.Commit();
        }

        for (int turn = 0; Volatile.Read(ref pull.Inbound.Counters.WriterWaiting) == 0; turn++)
        {
            Assert.True(turn < 1_000_000, "The connection never paused at the high-water mark.");
            _reactor.Invoke(() => { });
        }

        pull.Inbound.WakeWriter();
        _reactor.Invoke(() => { });
        for (int i = 0; i < messages; i++)
        {
            Assert.Equal(i, BitConverter.ToInt32(pull.Receive()));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Two_agree_and_messages_pass_in_any_portions(int room)
    {
        MemoryStreams streams = MemoryStreams.Create(_reactor, room);
        Owner push = Start(streams.One, s_push, accepted: false);
        Owner pull = Start(streams.Two, s_pull, accepted: true);
        Assert.Equal(ZmqSocketType.Push, (await Within(pull.Peer.Task, "handshake")).SocketType);
        Assert.Equal(ZmqSocketType.Pull, (await Within(push.Peer.Task, "handshake")).SocketType);
        for (int i = 0; i < 20; i++)
        {
            byte[] bytes = new byte[i * 30];
            Array.Fill(bytes, (byte)i);
            push.Writer.Write(bytes, more: false);
            push.Writer.Commit();
            Assert.Equal(bytes, pull.Receive());
        }
    }

    [Fact]
    public async Task Types_that_do_not_fit_end_both_sides_with_a_reason()
    {
        MemoryStreams streams = MemoryStreams.Create(_reactor);
        Owner one = Start(streams.One, s_push, accepted: false);
        Owner two = Start(streams.Two, s_push, accepted: true);
        CloseReason reason = await Within(two.Closed.Task, "end of the bound side");
        Assert.Equal(CloseKind.Handshake, reason.Kind);
        Assert.Contains("PUSH", reason.Text, StringComparison.Ordinal);
        Assert.Equal(CloseKind.Handshake, (await Within(one.Closed.Task, "end of the connecting side")).Kind);
    }

    [Fact]
    public async Task The_owner_is_told_when_the_last_of_a_closed_pipe_was_sent_however_slowly()
    {
        MemoryStreams streams = MemoryStreams.Create(_reactor, room: 50);
        Owner push = Start(streams.One, s_push, accepted: false);
        Owner pull = Start(streams.Two, s_pull with { ReceiveHighWatermark = 1 }, accepted: true);
        for (int i = 0; i < 20; i++)
        {
            push.Writer.Write(new byte[40], more: false);
            push.Writer.Commit();
        }

        push.Writer.Close();
        await Within(push.Peer.Task, "handshake");
        Assert.False(push.AllSent.Task.IsCompleted);
        for (int i = 0; i < 20; i++)
        {
            pull.Receive();
        }

        await push.AllSent.Task.WaitAsync(Frames.Timeout);
    }

    [Fact]
    public async Task The_first_reason_counts()
    {
        MemoryStreams streams = MemoryStreams.Create(_reactor);
        Owner push = Start(streams.One, s_push, accepted: false);
        Owner pull = Start(streams.Two, s_pull, accepted: true);
        await Within(push.Peer.Task, "handshake");
        _reactor.Post(() =>
        {
            pull.Connection.Close(new CloseReason(CloseKind.Heartbeat, "first"));
            pull.Connection.Close(new CloseReason(CloseKind.Protocol, "second"));
        });
        Assert.Equal("first", (await Within(pull.Closed.Task, "end")).Text);
        Assert.Equal(CloseKind.Peer, (await Within(push.Closed.Task, "end of the peer")).Kind);
    }

    [Fact]
    public async Task A_frame_above_the_limit_ends_the_connection_and_what_came_before_stays()
    {
        MemoryStreams streams = MemoryStreams.Create(_reactor);
        Owner push = Start(streams.One, s_push, accepted: false);
        Owner pull = Start(streams.Two, s_pull with { MaxMessageSize = 100 }, accepted: true);
        push.Writer.Write(new byte[100], more: false);
        push.Writer.Commit();
        push.Writer.Write(new byte[101], more: false);
        push.Writer.Commit();
        Assert.Equal(100, pull.Receive().Length);
        CloseReason reason = await Within(pull.Closed.Task, "end");
        Assert.Equal(CloseKind.Limit, reason.Kind);
        Assert.Contains("101", reason.Text, StringComparison.Ordinal);
        Assert.Contains("100", reason.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_says_nothing_does_not_hold_the_handshake_for_ever()
    {
        MemoryStreams streams = MemoryStreams.Create(_reactor);
        Owner pull = Start(streams.Two, s_pull with { Limits = new ConnectionLimits { HandshakeTimeout = TimeSpan.FromMilliseconds(30) } }, accepted: true);
        CloseReason reason = await Within(pull.Closed.Task, "end");
        Assert.Equal(CloseKind.Handshake, reason.Kind);
        Assert.Contains("0.03 s", reason.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_answers_heartbeats_stays_and_one_that_falls_silent_goes()
    {
        MemoryStreams streams = MemoryStreams.Create(_reactor);
        ConnectionSettings beating = s_pull with { HeartbeatInterval = TimeSpan.FromMilliseconds(20), HeartbeatTimeout = TimeSpan.FromMilliseconds(200) };
        Owner push = Start(streams.One, s_push, accepted: false);
        Owner pull = Start(streams.Two, beating, accepted: true);
        await Within(pull.Peer.Task, "handshake");
        for (int i = 0; i < 20; i++)
        {
            push.Writer.Write([(byte)i], more: false);
            push.Writer.Commit();
            Assert.Equal([(byte)i], pull.Receive());
        }

        Assert.False(pull.Closed.Task.IsCompleted);
        _reactor.Post(() => streams.One.Watch(new Deaf(), Ready.Read));
        Assert.Equal(CloseKind.Heartbeat, (await Within(pull.Closed.Task, "end of the silent connection")).Kind);
    }

    [Fact]
    public async Task A_full_pipe_stops_the_reading_until_half_is_read()
    {
        MemoryStreams streams = MemoryStreams.Create(_reactor, room: 50);
        Owner push = Start(streams.One, s_push with { SendHighWatermark = 10 }, accepted: false);
        Owner pull = Start(streams.Two, s_pull with { ReceiveHighWatermark = 4 }, accepted: true);
        await Within(push.Peer.Task, "handshake");
        int sent = 0;
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                if (sent < 1000 && push.Writer.HasRoom())
                {
                    push.Writer.Write([(byte)sent++, 0, 0, 0, 0, 0, 0, 0], more: false);
                    push.Writer.Commit();
                }

                return push.Writer.Waiting == 10;
            },
            Frames.Timeout),
            "The writer was never stopped.");
        Assert.InRange(sent, 10, 40);
        for (int i = 0; i < sent; i++)
        {
            Assert.Equal((byte)i, pull.Receive()[0]);
        }
    }

    private sealed class Deaf : IReadyHandler
    {
        public void OnFault(Exception fault) => throw fault;

        public void OnReady(Ready ready)
        {
        }
    }

    /// <summary>
    /// A peer that ends reads on for a while, so that what it has sent arrives. What a connection gives it then is lost, and
    /// nobody hears of that.
    /// </summary>
    [Fact]
    public async Task A_peer_that_has_ended_is_sent_nothing_more_when_it_makes_room()
    {
        const int Room = 1000;
        MemoryStreams streams = MemoryStreams.Create(_reactor, Room);
        Owner pusher = Start(streams.One, s_push, accepted: true);
        // The first message fills its pipe, so that it reads no more.
        Start(streams.Two, s_pull with { ReceiveHighWatermark = 1 }, accepted: false);
        foreach (int size in (int[])[1, 100 * Room])
        {
            pusher.Writer.Write(new byte[size], more: false);
            pusher.Writer.Commit();
        }

        TaskCompletionSource<long> sent = new();
        void EndAndMakeRoomWhenFull()
        {
            if (!streams.Two.IsFull)
            {
                _reactor.Post(EndAndMakeRoomWhenFull);
                return;
            }

            streams.Two.ShutdownSend();
            streams.Two.Receive(new byte[Room], out _);
            sent.SetResult(streams.One.Sent);
        }

        _reactor.Post(EndAndMakeRoomWhenFull);
        long before = await Within(sent.Task, "connection that could send no more");
        Assert.Equal("the peer closed the connection", (await Within(pusher.Closed.Task, "end")).Text);
        Assert.Equal(before, streams.One.Sent);
    }
}
