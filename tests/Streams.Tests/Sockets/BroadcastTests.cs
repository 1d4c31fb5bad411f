using Actors;
using Actors.Streams;
using Actors.Transport;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.TestKit;
using Xunit.Abstractions;

namespace Streams.Tests.Sockets;

public sealed class BroadcastTests(ITestOutputHelper log) : StreamTestKit(log)
{
    [Fact]
    public async Task A_subscriber_that_is_ready_misses_nothing_of_what_its_topic_matches()
    {
        var (source, publish) = this.SourceProbe<Message>().ToMaterialized(ZmqSink.Publish(new PublishSettings { Name = "pub", Socket = Bound }), Keep.Both).Run(Materializer);
        var (subscribe, received) = ZmqSource.Subscribe(new SubscribeSettings { Name = "sub", Socket = ConnectedTo(await EndpointOf(publish)), Topics = ["even"] })
            .Take(500).ToMaterialized(Sink.Seq<Message>(), Keep.Both).Run(Materializer);
        await Within(subscribe.Ready, "the subscription is not in force");

        for (var number = 0; number < 1_000; number++) source.SendNext(Text(number % 2 == 0 ? "even" : "odd", $"{number}"));
        source.SendComplete();

        Assert.Equal(Enumerable.Range(0, 500).Select(half => Text("even", $"{2 * half}")), await Within(received, "500 messages have not come"));
        Assert.Equal((1_000, 0), ((await EndOf(publish)).Accepted, (await EndOf(publish)).Undelivered));
    }

    [Fact]
    public async Task A_slow_subscriber_does_not_hold_the_stream()
    {
        var payload = new byte[65_536];
        var socket = Bound with { SendHighWaterMark = 10 };
        var (source, publish) = this.SourceProbe<Message>().ToMaterialized(ZmqSink.Publish(new PublishSettings { Name = "pub", Socket = socket }), Keep.Both).Run(Materializer);
        var (subscribe, probe) = ZmqSource.Subscribe(new SubscribeSettings { Name = "sub", Socket = ConnectedTo(await EndpointOf(publish)) with { ReceiveHighWaterMark = 10 }, Topics = [""], InboundWindow = 10 })
            .ToMaterialized(this.SinkProbe<Message>(), Keep.Both).Run(Materializer);
        await Within(subscribe.Ready, "the subscription is not in force");
        probe.EnsureSubscription();

        for (var i = 0; i < 1_000; i++) source.SendNext(new Message(payload));
        source.SendComplete();

        var end = await EndOf(publish);
        Assert.Equal(1_000, end.Accepted);
        // Only this engine tells what the subscriber missed at its mark, and what was left for it at the end.
        if (EngineUnderTest.IsZmtp) Assert.True(end.Dropped[DropReason.PeerFull] > 0, $"{end}");
    }

    [Fact]
    public async Task A_retained_subscription_goes_on_behind_its_position_with_the_gap_in_its_place()
    {
        var retained = new RetainedSettings { Socket = new SocketSettings { Bind = [AnyPort] }, Count = 10 };
        var (source, publish) = this.SourceProbe<Message>().ToMaterialized(ZmqSink.Publish(new PublishSettings { Name = "pub", Socket = Bound, Retained = retained }), Keep.Both).Run(Materializer);
        var endpoint = (await Within(publish.Ready, "the publisher is not ready")).Endpoints[1];
        foreach (var message in Numbers(30)) source.SendNext(message);
        var epoch = (await StatusWhen(publish, status => status.Retained!.Latest == 30, "30 messages are published")).Retained!.Epoch;

        var subscription = new SubscribeSettings { Name = "sub", Socket = ConnectedTo(endpoint), Topics = [""], Retained = new RetainedSubscription { ResumeFrom = [new PublisherPosition(endpoint, epoch, 5)] } };
        var (_, probe) = ZmqSource.RetainedSubscribe(subscription).ToMaterialized(this.SinkProbe<RetainedElement>(), Keep.Both).Run(Materializer);

        // The numbers begin with 1, and of 30 messages the last 10 are kept.
        var elements = Take(probe, 11);
        Assert.Equal((6UL, 20UL), (elements[0].Gap!.First, elements[0].Gap!.Last!.Value));
        Assert.Equal(Numbers(30).Skip(20), elements.Skip(1).Select(element => element.Message!));
    }

    [Fact]
    public async Task A_retained_subscription_that_is_cancelled_counts_what_it_had_taken()
    {
        WatchDrops();
        var retained = new RetainedSettings { Socket = new SocketSettings { Bind = [AnyPort] } };
        var (source, publish) = this.SourceProbe<Message>().ToMaterialized(ZmqSink.Publish(new PublishSettings { Name = "pub", Socket = Bound, Retained = retained }), Keep.Both).Run(Materializer);
        var endpoint = (await Within(publish.Ready, "the publisher is not ready")).Endpoints[1];
        var subscription = new SubscribeSettings { Name = "sub", Socket = ConnectedTo(endpoint), Topics = [""] };
        var (subscribe, probe) = ZmqSource.RetainedSubscribe(subscription).ToMaterialized(this.SinkProbe<RetainedElement>(), Keep.Both).Run(Materializer);
        await Within(subscribe.Ready, "the subscription is not in force");
        foreach (var message in Numbers(30)) source.SendNext(message);
        Take(probe, 10);
        await StatusWhen(subscribe, status => status.Subscription!.Received == 30, "30 messages have come");

        probe.Cancel();

        Assert.Equal(new MessagesDropped("sub", 20, DropReason.Stopped), ExpectMsg<MessagesDropped>(Patience));
    }
}
