using System.Collections.Concurrent;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>What all thread-safe sockets have in common.</summary>
public class ThreadSafeSocketTests
{
    private const string Group = "group";

    public static TheoryData<ZmqSocketType> Types => [ZmqSocketType.Client, ZmqSocketType.Server, ZmqSocketType.Radio, ZmqSocketType.Scatter, ZmqSocketType.Channel];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Several_threads_send_and_several_receive_and_each_message_arrives_once(ZmqSocketType type)
    {
        const int threads = 4;
        const int count = 2_000;
        (ThreadSafeSocket from, ThreadSafeSocket to, uint routingId) = Pair(type);
        using (from)
        using (to)
        {
            ConcurrentBag<string> received = [];
            Task[] senders = [.. Enumerable.Range(0, threads).Select(t => Task.Factory.StartNew(
                () =>
                {
                    for (int i = 0; i < count; i++)
                    {
                        from.SendText($"{t}:{i}", routingId, Group);
                    }
                },
                TaskCreationOptions.LongRunning))];
            Task[] receivers = [.. Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    for (int i = 0; i < count; i++)
                    {
                        received.Add(to.ReceiveText());
                    }
                },
                TaskCreationOptions.LongRunning))];
            await Task.WhenAll([.. senders, .. receivers]).WaitAsync(3 * Frames.Timeout);
            Assert.Equal(threads * count, received.Distinct().Count());
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_message_that_is_to_be_followed_by_another_frame_is_refused(ZmqSocketType type)
    {
        (ThreadSafeSocket from, ThreadSafeSocket to, uint routingId) = Pair(type);
        using (from)
        using (to)
        {
            Msg msg = default;
            msg.InitPool(1);
            msg.RoutingId = routingId;
            msg.SetFlags(MsgFlags.More);
            Assert.Throws<InvalidException>(() => from.TrySend(ref msg, TimeSpan.Zero));
            msg.Close();
        }
    }

    [Fact]
    public async Task Closing_ends_the_waits_of_other_threads()
    {
        GatherSocket socket = new();
        Task[] waits = [.. Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(() => socket.Receive(), TaskCreationOptions.LongRunning))];
        Task asynchronous = socket.ReceiveAsync().AsTask();
        socket.Dispose();
        Assert.True(socket.IsDisposed);
        foreach (Task wait in (Task[])[.. waits, asynchronous])
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => wait.WaitAsync(Frames.Timeout));
        }
    }

    [Fact]
    public async Task A_cancelled_wait_ends_and_takes_no_message()
    {
        using GatherSocket to = new();
        using ScatterSocket from = new();
        from.Connect(to.BindTcp());
        using CancellationTokenSource cancel = new();
        Task waiting = Task.Factory.StartNew(() => to.Receive(cancel.Token), TaskCreationOptions.LongRunning);
        ValueTask<Msg> asynchronous = to.ReceiveAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Frames.Timeout));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asynchronous.AsTask().WaitAsync(Frames.Timeout));
        from.Send("left");
        Assert.Equal("left", to.ReceiveText());
    }

    [Fact]
    public async Task Sending_and_receiving_go_on_without_a_thread()
    {
        using GatherSocket to = new();
        using ScatterSocket from = new();
        ValueTask sending = from.SendAsync(Msg.OfText("first"));
        ValueTask<Msg> receiving = to.ReceiveAsync();
        Assert.False(sending.IsCompleted);
        Assert.False(receiving.IsCompleted);
        from.Connect(to.BindTcp());
        await sending.AsTask().WaitAsync(Frames.Timeout);
        Assert.Equal("first", Text(await receiving.AsTask().WaitAsync(Frames.Timeout)));

        await from.SendAsync(Msg.OfText("second"));
        await from.SendAsync(Msg.OfText("third"));
        using CancellationTokenSource limit = new(Frames.Timeout);
        Assert.Equal("second", Text(await to.ReceiveAsync(limit.Token)));
        Assert.Equal("third", Text(await to.ReceiveAsync(limit.Token)));

        static string Text(Msg msg)
        {
            string text = msg.GetString(System.Text.Encoding.UTF8);
            msg.Close();
            return text;
        }
    }

    [Fact]
    public void A_wait_ends_when_its_time_is_over()
    {
        using GatherSocket to = new();
        Assert.False(to.TryReceive(TimeSpan.FromMilliseconds(20), out byte[]? data));
        Assert.Null(data);
        using ScatterSocket from = new();
        Assert.False(from.TrySend(TimeSpan.FromMilliseconds(20), "nobody"u8));
    }

    [Fact]
    public void Addresses_come_with_the_message()
    {
        using ServerSocket server = new();
        using ClientSocket client = new();
        client.Connect(server.BindTcp());
        client.Send([1, 2]);
        Msg msg = default;
        Assert.True(server.TryReceive(ref msg, Frames.Timeout));
        Assert.Equal([1, 2], msg.ToArray());
        server.Send("é", msg.RoutingId);
        msg.Close();
        Assert.True(client.TryReceive(Frames.Timeout, out byte[]? reply));
        Assert.Equal("é"u8.ToArray(), reply);
    }

    [Fact]
    public void What_a_type_cannot_do_is_said()
    {
        using GatherSocket gather = new();
        Assert.Throws<NotSupportedException>(() => gather.TrySendText(TimeSpan.Zero, "x"));
        using DishSocket dish = new();
        Assert.Throws<NotSupportedException>(() => dish.TrySendText(TimeSpan.Zero, "x"));
        using RadioSocket radio = new();
        Assert.Throws<NotSupportedException>(() => radio.TryReceiveText());
        using ScatterSocket scatter = new();
        Assert.Throws<NotSupportedException>(() => scatter.TryReceiveText());
    }

    /// <summary>A socket of a type that has seen its peer, the peer, and the routing id that leads to it.</summary>
    private static (ThreadSafeSocket From, ThreadSafeSocket To, uint RoutingId) Pair(ZmqSocketType type)
    {
        ThreadSafeSocket from = type switch
        {
            ZmqSocketType.Client => new ClientSocket(),
            ZmqSocketType.Server => new ServerSocket(),
            ZmqSocketType.Radio => new RadioSocket(),
            ZmqSocketType.Scatter => new ScatterSocket(),
            _ => new ChannelSocket(),
        };
        ThreadSafeSocket to = type switch
        {
            ZmqSocketType.Client => new ServerSocket(),
            ZmqSocketType.Server => new ClientSocket(),
            ZmqSocketType.Radio => new DishSocket(),
            ZmqSocketType.Scatter => new GatherSocket(),
            _ => new ChannelSocket(),
        };
        from.Options.SendHighWatermark = 0;
        to.Connect(from.BindTcp());
        to.Options.Linger = TimeSpan.Zero;
        uint routingId = 0;
        if (to is ClientSocket client)
        {
            client.SendText("hello");
            from.ReceiveText(out routingId, out _);
        }

        if (to is DishSocket dish)
        {
            dish.Join(Group);
            RadioDishTests.WaitForMember((RadioSocket)from, dish, Group);
        }

        return (from, to, routingId);
    }
}
