using Actors;
using Actors.Streams;
using Actors.Transport;
using Akka;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.TestKit;
using Xunit.Abstractions;

namespace Streams.Tests.Sockets;

public sealed class PipelineTests(ITestOutputHelper log) : StreamTestKit(log)
{
    private static readonly PullSettings Pull = new() { Name = "pull", Socket = Bound };

    private static PushSettings Push(string endpoint) => new() { Name = "push", Socket = ConnectedTo(endpoint) };

    [Fact]
    public async Task Every_message_of_a_stream_reaches_the_stream_at_the_other_end_in_order()
    {
        var (pull, received) = ZmqSource.Pull(Pull).Take(10_000).ToMaterialized(Sink.Seq<Message>(), Keep.Both).Run(Materializer);
        var push = Source.From(Numbers(10_000)).ToMaterialized(ZmqSink.Push(Push(await EndpointOf(pull))), Keep.Right).Run(Materializer);

        Assert.Equal(Numbers(10_000), await Within(received, "10,000 messages have not come"));
        Assert.Equal((10_000, 0), ((await EndOf(push)).Accepted, (await EndOf(push)).Undelivered));
    }

    [Fact]
    public async Task A_slow_stream_holds_the_stream_at_the_other_end()
    {
        const int Count = 4_000;
        // 64 KiB each: the buffers of the system between the sockets hold a hundred of them or so.
        var payload = new byte[65_536];
        var asked = 0;
        var small = new SocketSettings { SendHighWaterMark = 10, ReceiveHighWaterMark = 10, OutboundWindow = 10, Linger = TimeSpan.FromMilliseconds(200) };
        var (pull, probe) = ZmqSource.Pull(Pull with { Socket = small with { Bind = [AnyPort] }, InboundWindow = 10 }).ToMaterialized(this.SinkProbe<Message>(), Keep.Both).Run(Materializer);
        var settings = Push(await EndpointOf(pull)) with { Socket = small with { Connect = [await EndpointOf(pull)] }, Outbound = new OutboundSettings(10, OverflowRule.Backpressure) };
        var push = Source.From(Enumerable.Range(0, Count)).Select(_ =>
        {
            Interlocked.Increment(ref asked);
            return new Message(payload);
        }).ToMaterialized(ZmqSink.Push(settings), Keep.Right).Run(Materializer);

        // Nobody demands: 10 messages wait in the role and 10 at its socket when the sockets and the network are full.
        await StatusWhen(pull, status => status.Received == 10, "the window of the receiving role is taken");
        await StatusWhen(push, status => status.Waiting == 20, "the sending role is full");
        Assert.InRange(Volatile.Read(ref asked), 30, Count / 2);
        Assert.Equal(10, (await StatusOf(pull)).Received);

        Take(probe, Count);
        Assert.Equal((Count, 0), ((await EndOf(push)).Accepted, (await EndOf(push)).Undelivered));
    }

    [SkippableFact]
    public async Task What_a_peer_has_not_got_at_the_end_is_counted_to_the_message()
    {
        EngineUnderTest.NeedsZmtp("does not tell what its sockets lose inside");
        // 64 MiB: more than the buffers of the system and the queues of the sockets hold.
        const int Count = 64;
        var payload = new byte[1 << 20];
        var small = new SocketSettings { SendHighWaterMark = 1, ReceiveHighWaterMark = 1, Linger = TimeSpan.FromMilliseconds(50) };
        var (pull, probe) = ZmqSource.Pull(Pull with { Socket = small with { Bind = [AnyPort] }, InboundWindow = 1 }).ToMaterialized(this.SinkProbe<Message>(), Keep.Both).Run(Materializer);
        probe.EnsureSubscription();
        var settings = Push(await EndpointOf(pull)) with { Socket = small with { Connect = [await EndpointOf(pull)] }, Outbound = new OutboundSettings(Count, OverflowRule.Backpressure) };
        var (source, push) = this.SourceProbe<Message>().ToMaterialized(ZmqSink.Push(settings, TimeSpan.FromMilliseconds(50)), Keep.Both).Run(Materializer);
        for (var i = 0; i < Count; i++) source.SendNext(new Message(payload));
        await StatusWhen(pull, status => status.Received == 1, "the window of the receiving role is taken");

        source.SendComplete();
        var end = await EndOf(push);
        var drained = pull.Drain(Patience);
        probe.Request(Count);
        var received = 0;
        while (probe.ExpectEventOrComplete(Patience)) received++;

        await Within(drained, "the source has not drained");
        Assert.Equal(Count, end.Accepted);
        Assert.True(end.Undelivered > 0, $"{end}");
        Assert.Equal(Count, received + end.Undelivered);
    }

    [Fact]
    public async Task Two_streams_share_what_is_pushed_to_them()
    {
        var (first, one) = ZmqSource.Pull(Pull with { Name = "one" }).Take(500).ToMaterialized(Sink.Seq<Message>(), Keep.Both).Run(Materializer);
        var (second, two) = ZmqSource.Pull(Pull with { Name = "two" }).Take(500).ToMaterialized(Sink.Seq<Message>(), Keep.Both).Run(Materializer);
        string[] endpoints = [await EndpointOf(first), await EndpointOf(second)];
        var (source, push) = this.SourceProbe<Message>().ToMaterialized(ZmqSink.Push(new PushSettings { Name = "push", Socket = Bound with { Bind = [], Connect = endpoints } }), Keep.Both).Run(Materializer);
        await StatusWhen(push, status => status.Peers == 2, "both are connected");

        foreach (var message in Numbers(1000)) source.SendNext(message);
        source.SendComplete();

        Assert.Equal(500, (await Within(one, "500 messages have not come to the first")).Count);
        Assert.Equal(500, (await Within(two, "500 messages have not come to the second")).Count);
    }

    [Fact]
    public async Task A_stream_is_restarted_at_the_same_endpoint_with_backoff()
    {
        var runs = new System.Collections.Concurrent.ConcurrentQueue<SourceRole>();
        // The port is the first run's, so that pushers find the next runs.
        var port = AnyPort;
        var restarts = RestartSource.WithBackoff(
            () => ZmqSource.Pull(Pull with { Socket = Bound with { Bind = [port], RestartBackoff = TimeSpan.FromMilliseconds(10) } })
                .Select(message => message.Text() == "poison" ? throw new InvalidOperationException("told to fail") : message)
                .MapMaterializedValue(role =>
                {
                    runs.Enqueue(role);
                    return NotUsed.Instance;
                }),
            RestartSettings.Create(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(100), 0.1));
        var probe = restarts.RunWith(this.SinkProbe<Message>(), Materializer);
        AwaitCondition(() => !runs.IsEmpty, Patience);
        port = await EndpointOf(runs.First());
        var source = this.SourceProbe<Message>().To(ZmqSink.Push(Push(port)).MapMaterializedValue(_ => NotUsed.Instance)).Run(Materializer);

        source.SendNext(Text("before"));
        Assert.Equal([Text("before")], Take(probe, 1));
        probe.Request(1);
        source.SendNext(Text("poison"));
        AwaitCondition(() => runs.Count == 2, Patience, TimeSpan.FromMilliseconds(10), "the source runs again");
        await EndpointOf(runs.Last());
        source.SendNext(Text("after"));

        Assert.Equal(Text("after"), probe.ExpectNext(Patience));
    }

    [Fact]
    public async Task An_endpoint_that_is_in_use_holds_the_stream_until_it_is_free()
    {
        var (first, one) = ZmqSource.Pull(Pull with { Name = "one" }).ToMaterialized(this.SinkProbe<Message>(), Keep.Both).Run(Materializer);
        var endpoint = await EndpointOf(first);
        one.EnsureSubscription();
        Sys.EventStream.Subscribe(TestActor, typeof(RoleFailed));
        var (second, two) = ZmqSource.Pull(Pull with { Name = "two", Socket = Bound with { Bind = [endpoint] } }).ToMaterialized(this.SinkProbe<Message>(), Keep.Both).Run(Materializer);
        Assert.Equal("two", ExpectMsg<RoleFailed>(Patience).Role);

        one.Cancel();

        Assert.Equal(endpoint, await EndpointOf(second));
        two.EnsureSubscription();
    }

    [SkippableFact]
    public async Task An_endpoint_that_the_engine_does_not_have_fails_stream_and_readiness_with_its_name()
    {
        Skip.If(EngineUnderTest.IsZmtp, "the engine zmtp has ipc");
        var (role, probe) = ZmqSource.Pull(Pull with { Socket = new SocketSettings { Bind = ["ipc:///tmp/streams"] } }).ToMaterialized(this.SinkProbe<Message>(), Keep.Both).Run(Materializer);
        probe.EnsureSubscription();

        Assert.IsType<StreamRoleException>(probe.ExpectError());
        var failure = await Assert.ThrowsAnyAsync<SocketSettingsException>(() => role.Ready.WaitAsync(Patience));
        Assert.Contains("ipc", failure.Message, StringComparison.Ordinal);
    }
}

internal static class ProbeExtensions
{
    /// <summary>True for an element, false for the end of the stream.</summary>
    public static bool ExpectEventOrComplete(this TestSubscriber.Probe<Message> probe, TimeSpan patience)
    {
        while (true)
        {
            switch (probe.ExpectEvent(patience))
            {
                case TestSubscriber.OnNext<Message>: return true;
                case TestSubscriber.OnComplete: return false;
                case TestSubscriber.OnSubscribe: continue;
                case var other: throw new InvalidOperationException($"the stream told {other}");
            }
        }
    }
}
