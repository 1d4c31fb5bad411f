using System.Collections.Concurrent;
using Actors.Zmtp.Monitoring;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Tests.Sockets;

public class MonitorTests
{
    private sealed class Recorder : IDisposable
    {
        private readonly ZmqMonitor _monitor;
        private readonly BlockingCollection<ZmqMonitorEventArgs> _events = [];

        public Recorder(ZmqSocket socket, ZmqPoller poller, SocketEvents events = SocketEvents.All)
        {
            _monitor = new ZmqMonitor(socket, "inproc://monitor-" + Guid.NewGuid().ToString("N"), events);
            _monitor.EventReceived += (_, e) => _events.Add(e);
            _monitor.AttachToPoller(poller);
        }

        public ZmqMonitorEventArgs Expect(SocketEvents wanted)
        {
            Assert.True(_events.TryTake(out ZmqMonitorEventArgs? e, Frames.Timeout), $"There was no event {wanted} within {Frames.Timeout}.");
            Assert.Equal(wanted, e.SocketEvent);
            return e;
        }

        public void Dispose() => _monitor.Dispose();
    }

    [Fact]
    public void The_life_of_a_connection_is_told_in_order_on_both_sides()
    {
        using ZmqPoller poller = new();
        poller.RunAsync();
        using PullSocket pull = new();
        using Recorder bound = new(pull, poller);
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        Assert.Equal($"tcp://127.0.0.1:{port}", bound.Expect(SocketEvents.Listening).Address);

        PushSocket push = new();
        Recorder connecting = new(push, poller);
        push.Connect($"tcp://127.0.0.1:{port}");
        connecting.Expect(SocketEvents.ConnectDelayed);
        Assert.Equal($"tcp://127.0.0.1:{port}", connecting.Expect(SocketEvents.Connected).Address);
        bound.Expect(SocketEvents.Accepted);
        push.SendText("x");
        Assert.Equal(["x"], pull.ReceiveText());
        push.Dispose();
        connecting.Dispose();
        bound.Expect(SocketEvents.Disconnected);
        pull.Unbind($"tcp://127.0.0.1:{port}");
        bound.Expect(SocketEvents.Closed);
    }

    [Fact]
    public void Attempts_to_connect_are_told_with_their_intervals()
    {
        using ZmqPoller poller = new();
        poller.RunAsync();
        using PushSocket push = new();
        push.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        push.Options.ReconnectIntervalMax = TimeSpan.FromMilliseconds(40);
        using Recorder recorder = new(push, poller);
        push.Connect("tcp://127.0.0.1:1");
        foreach (int interval in (int[])[10, 20, 40, 40])
        {
            recorder.Expect(SocketEvents.ConnectDelayed);
            recorder.Expect(SocketEvents.Closed);
            ZmqMonitorIntervalEventArgs retried = Assert.IsType<ZmqMonitorIntervalEventArgs>(recorder.Expect(SocketEvents.ConnectRetried));
            Assert.Equal(interval, retried.Interval);
        }
    }

    [Fact]
    public void A_bind_that_fails_is_told()
    {
        using ZmqPoller poller = new();
        poller.RunAsync();
        using PullSocket other = new();
        int port = other.BindRandomPort("tcp://127.0.0.1");
        using PullSocket pull = new();
        using Recorder recorder = new(pull, poller, SocketEvents.BindFailed);
        Assert.Throws<AddressAlreadyInUseException>(() => pull.Bind($"tcp://127.0.0.1:{port}"));
        ZmqMonitorErrorEventArgs failed = Assert.IsType<ZmqMonitorErrorEventArgs>(recorder.Expect(SocketEvents.BindFailed));
        Assert.Equal(ErrorCode.AddressAlreadyInUse, failed.ErrorCode);
    }

    [Fact]
    public void A_peer_of_a_type_that_does_not_fit_is_disconnected_and_others_stay()
    {
        using ZmqPoller poller = new();
        poller.RunAsync();
        using PullSocket pull = new();
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        using PushSocket good = new();
        good.Connect($"tcp://127.0.0.1:{port}");
        good.SendText("before");
        Assert.Equal(["before"], pull.ReceiveText());
        using Recorder recorder = new(pull, poller, SocketEvents.Accepted | SocketEvents.Disconnected);
        using SubscriberSocket wrong = new();
        wrong.Connect($"tcp://127.0.0.1:{port}");
        recorder.Expect(SocketEvents.Accepted);
        recorder.Expect(SocketEvents.Disconnected);
        good.SendText("after");
        Assert.Equal(["after"], pull.ReceiveText());
    }

    [Fact]
    public async Task It_runs_on_a_thread_of_its_own_until_stopped()
    {
        using PullSocket pull = new();
        using ZmqMonitor monitor = new(pull, "inproc://monitor-own-thread", SocketEvents.Listening);
        TaskCompletionSource<string> listening = new();
        monitor.Listening += (_, e) => listening.TrySetResult(e.Address);
        Task running = monitor.StartAsync();
        pull.BindRandomPort("tcp://127.0.0.1");
        Assert.Equal(pull.Options.LastEndpoint, await listening.Task.WaitAsync(Frames.Timeout));
        monitor.Stop();
        await running.WaitAsync(Frames.Timeout);
        Assert.False(monitor.IsRunning);
    }
}
