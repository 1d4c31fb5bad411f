using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Tests.Async;

public class ZmqRuntimeTests
{
    private const int Rounds = 200;

    [Fact]
    public void Async_methods_talk_on_one_thread()
    {
        var thread = Environment.CurrentManagedThreadId;
        var replies = new List<string>();
        using var server = new ResponseSocket();
        using var client = new RequestSocket();
        client.Connect($"tcp://127.0.0.1:{server.BindRandomPort("tcp://127.0.0.1")}");

        async Task Serve()
        {
            for (var i = 0; i < Rounds; i++)
            {
                var (request, more) = await server.ReceiveFrameStringAsync();
                Assert.False(more);
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
                server.SendFrame(request + "!");
            }
        }

        async Task Ask()
        {
            for (var i = 0; i < Rounds; i++)
            {
                client.SendFrame($"{i}");
                replies.Add((await client.ReceiveFrameStringAsync()).Item1);
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
            }
        }

        using (var runtime = new ZmqRuntime())
            runtime.Run(Serve(), Ask());
        Assert.Equal(Enumerable.Range(0, Rounds).Select(i => $"{i}!"), replies);
    }

    [Fact]
    public void Messages_bytes_and_routing_keys_are_received()
    {
        using var router = new RouterSocket("@inproc://async-router");
        using var dealer = new DealerSocket(">inproc://async-router");

        async Task Receive()
        {
            dealer.SendMultipartBytes([1], [2]);
            var (_, more) = await router.ReceiveRoutingKeyAsync();
            Assert.True(more);
            Assert.Equal([1], (await router.ReceiveFrameBytesAsync()).Item1);
            Assert.False(await router.SkipFrameAsync());
            dealer.SendMultipartBytes([3], [4]);
            Assert.Equal(3, (await router.ReceiveMultipartMessageAsync()).FrameCount);
            dealer.SendMultipartBytes([5], [6]);
            dealer.SendFrame([7]);
            await router.SkipMultipartMessageAsync();
            Assert.Equal([7], (await router.ReceiveMultipartMessageAsync()).Last.ToByteArray());
        }

        using var runtime = new ZmqRuntime();
        runtime.Run(Receive());
    }

    [Fact]
    public void What_a_task_throws_comes_out()
    {
        using var socket = new PullSocket("@inproc://async-throws");

        async Task Fail()
        {
            await Task.Yield();
            throw new InvalidOperationException("as told");
        }

        using var runtime = new ZmqRuntime();
        Assert.Equal("as told", Assert.Throws<InvalidOperationException>(() => runtime.Run(Fail())).Message);
    }

    [Fact]
    public void A_cancelled_receive_ends_and_the_socket_goes_on()
    {
        using var pull = new PullSocket("@inproc://async-cancel");
        using var push = new PushSocket(">inproc://async-cancel");
        using var cancellation = new CancellationTokenSource();

        async Task Receive()
        {
            var waiting = pull.ReceiveFrameBytesAsync(cancellation.Token);
            Assert.False(waiting.IsCompleted);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            push.SendFrame([1]);
            Assert.Equal([1], (await pull.ReceiveFrameBytesAsync()).Item1);
        }

        using var runtime = new ZmqRuntime();
        runtime.Run(Receive());
    }

    [Fact]
    public void Cancelling_a_run_ends_it_with_tasks_still_waiting()
    {
        using var pull = new PullSocket("@inproc://async-cancel-run");
        using var cancellation = new CancellationTokenSource();
        using var runtime = new ZmqRuntime();
        var waiting = pull.ReceiveFrameBytesAsync();
        cancellation.Cancel();
        runtime.Run(cancellation.Token, waiting);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public void Without_a_runtime_waiting_is_refused()
    {
        using var pull = new PullSocket("@inproc://async-none");
        var waiting = pull.ReceiveFrameBytesAsync();
        Assert.True(waiting.IsFaulted);
        Assert.Contains("ZmqRuntime", waiting.Exception!.InnerException!.Message, StringComparison.Ordinal);
    }
}
