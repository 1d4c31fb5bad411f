using System.Collections.Concurrent;
using System.Text;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>What a socket tells its monitors, in which order and until when.</summary>
public class MonitorTests
{
    [Fact]
    public void The_life_of_a_connection_is_told_in_order_on_both_sides()
    {
        using PullSocket pull = new();
        using EventRecorder bound = new(pull, SocketEvents.Connections);
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        Assert.Equal($"tcp://127.0.0.1:{port}", bound.Next(SocketEvents.Listening).Endpoint);

        PushSocket push = new();
        EventRecorder connecting = new(push, SocketEvents.Connections);
        push.Connect($"tcp://127.0.0.1:{port}");
        connecting.Next(SocketEvents.ConnectDelayed);
        Assert.Equal($"tcp://127.0.0.1:{port}", connecting.Next(SocketEvents.Connected).Endpoint);
        bound.Next(SocketEvents.Accepted);
        push.SendText("x");
        Assert.Equal(["x"], pull.ReceiveText());
        push.Dispose();
        connecting.Next(SocketEvents.Disconnected);
        bound.Next(SocketEvents.Disconnected);
        pull.Unbind($"tcp://127.0.0.1:{port}");
        bound.Next(SocketEvents.Closed);
    }

    [Fact]
    public void Attempts_to_connect_are_told_with_their_intervals()
    {
        using PushSocket push = new();
        push.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        push.Options.ReconnectIntervalMax = TimeSpan.FromMilliseconds(40);
        using EventRecorder recorder = new(push, SocketEvents.Connections);
        push.Connect("tcp://127.0.0.1:1");
        foreach (int interval in (int[])[10, 20, 40, 40])
        {
            recorder.Next(SocketEvents.ConnectDelayed);
            recorder.Next(SocketEvents.Closed);
            Assert.Equal(TimeSpan.FromMilliseconds(interval), recorder.Next(SocketEvents.ConnectRetried).Interval);
        }
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("inproc")]
    public void A_bind_that_fails_is_told(string transport)
    {
        using PullSocket other = new();
        string endpoint = transport == "tcp" ? $"tcp://127.0.0.1:{other.BindRandomPort("tcp://127.0.0.1")}" : "inproc://bind-that-fails";
        if (transport == "inproc")
        {
            other.Bind(endpoint);
        }

        using PullSocket pull = new();
        using EventRecorder recorder = new(pull, SocketEvents.BindFailed);
        Assert.Throws<AddressAlreadyInUseException>(() => pull.Bind(endpoint));
        Assert.Equal(ErrorCode.AddressAlreadyInUse, recorder.Next(SocketEvents.BindFailed).Error);
    }

    [Fact]
    public void A_peer_of_a_type_that_does_not_fit_is_disconnected_and_others_stay()
    {
        using PullSocket pull = new();
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        using PushSocket good = new();
        good.Connect($"tcp://127.0.0.1:{port}");
        good.SendText("before");
        Assert.Equal(["before"], pull.ReceiveText());
        using EventRecorder recorder = new(pull, SocketEvents.Accepted | SocketEvents.Disconnected);
        using SubscriberSocket wrong = new();
        wrong.Connect($"tcp://127.0.0.1:{port}");
        recorder.Next(SocketEvents.Accepted);
        recorder.Next(SocketEvents.Disconnected);
        good.SendText("after");
        Assert.Equal(["after"], pull.ReceiveText());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Inproc_peers_are_told_with_their_routing_ids_whoever_comes_first(bool bindFirst)
    {
        string endpoint = $"inproc://told-{bindFirst}";
        using RouterSocket router = new();
        using EventRecorder events = new(router);
        using DealerSocket named = new();
        named.Options.Identity = "me"u8.ToArray();
        using DealerSocket nameless = new();
        if (bindFirst)
        {
            router.Bind(endpoint);
            named.Connect(endpoint);
        }
        else
        {
            named.Connect(endpoint);
            router.Bind(endpoint);
        }

        Assert.Equal(endpoint, events.Next(SocketEvents.Listening).Endpoint);
        Assert.Equal(endpoint, events.Next(SocketEvents.Accepted).Endpoint);
        Assert.Equal("me", Encoding.ASCII.GetString(events.Next(SocketEvents.HandshakeSucceeded).RoutingId.Span));
        using EventRecorder theirs = new(nameless);
        nameless.Connect(endpoint);
        theirs.Next(SocketEvents.Connected);
        events.Next(SocketEvents.Accepted);
        byte[] given = events.Next(SocketEvents.HandshakeSucceeded).RoutingId.ToArray();
        nameless.SendText("x");
        Assert.Equal(given, router.ReceiveMultipartBytes()[0]);
        named.Dispose();
        Assert.Equal("me", Encoding.ASCII.GetString(events.Next(SocketEvents.Disconnected).RoutingId.Span));
        nameless.Dispose();
        Assert.Equal(given, events.Next(SocketEvents.Disconnected).RoutingId.ToArray());
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:*")]
    [InlineData("inproc://peer-writable")]
    public void A_peer_of_a_ROUTER_that_was_full_is_told_when_it_has_room(string endpoint)
    {
        using RouterSocket router = new();
        router.Options.RouterMandatory = true;
        router.Options.SendHighWatermark = 5;
        router.Options.SendBuffer = 4096;
        using EventRecorder events = new(router, SocketEvents.PeerWritable);
        router.Bind(endpoint);
        using DealerSocket dealer = new();
        dealer.Options.Identity = "slow"u8.ToArray();
        dealer.Options.ReceiveHighWatermark = 5;
        dealer.Options.ReceiveBuffer = 4096;
        dealer.Connect(router.Options.LastEndpoint!);
        ReadOnlyMemory<byte>[] message = ["slow"u8.ToArray(), new byte[10_000]];
        Link.Repeat(() => router.TrySend(message) == SendResult.Sent, "peer that is known");
        Link.Repeat(() => router.TrySend(message) == SendResult.Full, "peer that is full");
        events.Nothing(TimeSpan.Zero);

        SocketEvent? writable = null;
        using IDisposable monitor = router.Monitor(SocketEvents.PeerWritable, what => writable = what);
        Link.Repeat(() => dealer.TryReceive(out _, out _) && Volatile.Read(ref writable) is not null, "room for the peer");
        Assert.Equal("slow", Encoding.ASCII.GetString(writable!.RoutingId.Span));
        Assert.Equal(SendResult.Sent, router.TrySend(message));
    }

    [Fact]
    public void A_handler_may_throw_and_the_connection_stays()
    {
        ConcurrentQueue<Exception> faults = [];
        Action<Exception> keep = faults.Enqueue;
        ZmqContext.Faulted += keep;
        try
        {
            using PullSocket pull = new();
            using IDisposable monitor = pull.Monitor(SocketEvents.All, what => throw new InvalidTimeZoneException(what.Kind.ToString()));
            using EventRecorder events = new(pull);
            int port = pull.BindRandomPort("tcp://127.0.0.1");
            using PushSocket push = new();
            push.Connect($"tcp://127.0.0.1:{port}");
            push.SendText("x");
            Assert.Equal(["x"], pull.ReceiveText());
            events.Next(SocketEvents.Listening);
            events.Next(SocketEvents.Accepted);
            events.Next(SocketEvents.HandshakeSucceeded);
            Assert.Equal(
                ["Listening", "Accepted", "HandshakeSucceeded"],
                faults.OfType<InvalidTimeZoneException>().Select(fault => fault.Message));
        }
        finally
        {
            ZmqContext.Faulted -= keep;
        }
    }

    [Fact]
    public void A_monitor_that_was_disposed_hears_no_more()
    {
        using PullSocket pull = new();
        EventRecorder gone = new(pull);
        using EventRecorder events = new(pull);
        gone.Dispose();
        pull.BindRandomPort("tcp://127.0.0.1");
        events.Next(SocketEvents.Listening);
        gone.Nothing(TimeSpan.Zero);
    }

    [Fact]
    public async Task Events_reach_the_thread_of_a_poller_through_a_queue()
    {
        using ZmqPoller poller = new();
        using ZmqQueue<SocketEvent> queue = new();
        TaskCompletionSource<(SocketEvents Kind, bool OnPoller)> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.ReceiveReady += (_, _) => told.TrySetResult((queue.Dequeue().Kind, poller.CanExecuteTaskInline));
        poller.Add(queue);
        poller.RunAsync();
        using PullSocket pull = new();
        using IDisposable monitor = pull.Monitor(SocketEvents.Accepted, queue.Enqueue);
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        using PushSocket push = new();
        push.Connect($"tcp://127.0.0.1:{port}");
        Assert.Equal((SocketEvents.Accepted, true), await told.Task.Within("event on the poller"));
    }
}
