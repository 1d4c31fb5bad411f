#region usings
using Actors;
using Actors.Streams;
using Actors.Transport;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
#endregion

namespace Docs.Tests.Streams;

/// <summary>The samples of docs/streams.md.</summary>
public sealed class StreamSamples : SampleTests
{
    private static readonly SocketSettings Bound = new() { Bind = ["tcp://127.0.0.1:0"] };

    [Fact]
    public async Task What_a_stream_pushes_a_stream_pulls()
    {
        var system = Start();

        #region pull
        var materializer = system.Materializer();
        var (pull, texts) = ZmqSource
            .Pull(new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } })
            .Select(message => message.Text())
            .Take(3)
            .ToMaterialized(Sink.Seq<string>(), Keep.Both)
            .Run(materializer);
        var ready = await pull.Ready;
        #endregion

        #region push
        var push = Source.From(["one", "two", "three"])
            .Select(text => Message.FromText(text))
            .RunWith(ZmqSink.Push(new PushSettings { Name = "push", Socket = new SocketSettings { Connect = [ready.Endpoints[0]] } }), materializer);
        SinkEnd end = await push.Completion;
        Console.WriteLine($"{end.Accepted} accepted, {end.Undelivered} not delivered");
        #endregion

        Assert.Equal(["one", "two", "three"], await texts);
        Assert.Equal((3, 0), (end.Accepted, end.Undelivered));
    }

    [Fact]
    public async Task A_publisher_and_a_subscriber_are_streams()
    {
        var system = Start();
        var materializer = system.Materializer();

        #region publish
        var (queue, publish) = Source.Queue<Message>(100, OverflowStrategy.Backpressure)
            .ToMaterialized(ZmqSink.Publish(new PublishSettings { Name = "pub", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } }), Keep.Both)
            .Run(materializer);
        var publisher = await publish.Ready;
        #endregion

        #region subscribe
        var (subscribe, news) = ZmqSource
            .Subscribe(new SubscribeSettings { Name = "sub", Socket = new SocketSettings { Connect = [publisher.Endpoints[0]] }, Topics = ["news"] })
            .Take(1)
            .ToMaterialized(Sink.First<Message>(), Keep.Both)
            .Run(materializer);
        await subscribe.Ready;
        await queue.OfferAsync(Message.FromText("sports", "1 : 0"));
        await queue.OfferAsync(Message.FromText("news", "it rains"));
        #endregion

        Assert.Equal("it rains", (await news).Text(1));
    }

    [Fact]
    public async Task Requests_are_a_flow()
    {
        var system = Start();
        var materializer = system.Materializer();
        var server = await system.ActorOf(ReplyRole.Props(new ReplySettings { Name = "server", Socket = Bound }, Props.Create<Shouter>())).Ask<RoleReady>(WhenReady.Instance);

        #region request
        var replies = await Source.From(["a", "b", "c"])
            .Select(text => Message.FromText(text))
            .Via(ZmqFlow.Request(new RequestSettings { Name = "client", Socket = new SocketSettings { Connect = [server.Endpoints[0]] }, MaxInFlight = 8 }))
            .Select(reply => reply.Text())
            .RunWith(Sink.Seq<string>(), materializer);
        #endregion

        Assert.Equal(["A", "B", "C"], replies);
    }

    [Fact]
    public async Task Tasks_are_acknowledged_by_the_stream()
    {
        var system = Start();
        var materializer = system.Materializer();
        static Task Work(Message message) => message.Text() == "bad" ? throw new InvalidDataException("not a task") : Task.CompletedTask;

        #region acknowledged
        var push = Source.From(["one", "two", "three"])
            .Select(text => Message.FromText(text))
            .RunWith(ZmqSink.Push(new PushSettings { Name = "push", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] }, Acknowledged = new() }), materializer);
        var sender = await push.Ready;

        var (worker, done) = ZmqSource
            .AcknowledgedPull(new PullSettings { Name = "worker", Socket = new SocketSettings { Connect = [sender.Endpoints[0]] } })
            .SelectAsync(4, async delivery =>
            {
                try
                {
                    await Work(delivery.Message);
                    delivery.Acknowledge();
                }
                catch (Exception cause)
                {
                    delivery.Reject(cause.Message);
                }
                return delivery;
            })
            .ToMaterialized(Sink.Ignore<Delivery>(), Keep.Both)
            .Run(materializer);

        // Ends when all three are acknowledged.
        SinkEnd end = await push.Completion;
        #endregion

        Assert.Equal((3, 0, 3L), (end.Accepted, end.Undelivered, end.Ledger!.Value.Acknowledged));

        #region drain
        await worker.Drain(TimeSpan.FromSeconds(10));
        #endregion

        await done;
    }

    [Fact]
    public async Task A_kill_switch_ends_a_stream_in_order()
    {
        var system = Start();
        var materializer = system.Materializer();
        var (pull, received) = ZmqSource.Pull(new PullSettings { Name = "pull", Socket = Bound }).Take(1).ToMaterialized(Sink.First<Message>(), Keep.Both).Run(materializer);
        var ready = await pull.Ready;

        #region kill
        var (kill, push) = Source.Repeat(Message.FromText("tick"))
            .Throttle(10, TimeSpan.FromSeconds(1), 1, ThrottleMode.Shaping)
            .ViaMaterialized(KillSwitches.Single<Message>(), Keep.Right)
            .ToMaterialized(ZmqSink.Push(new PushSettings { Name = "push", Socket = new SocketSettings { Connect = [ready.Endpoints[0]] } }, limit: TimeSpan.FromSeconds(5)), Keep.Both)
            .Run(materializer);
        #endregion

        Assert.Equal("tick", (await received).Text());

        #region shutdown
        kill.Shutdown();
        var end = await push.Completion;
        #endregion

        Assert.True(end.Accepted > 0, $"{end}");
    }

    private sealed class Shouter : ReceiveActor
    {
        public Shouter() => Receive<Message>(message => Sender.Tell(Message.FromText(message.Text().ToUpperInvariant())));
    }
}
