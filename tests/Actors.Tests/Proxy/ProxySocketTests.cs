using Actors.Transport;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests.Proxy;

/// <summary>Forwarder and streamer roles between roles, over sockets of the engine.</summary>
public sealed class ProxySocketTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private const int Many = 20_000;

    private static SocketSettings Connect(string endpoint) => new() { Connect = [endpoint] };

    private static SocketSettings BindAny => new() { Bind = [AnyPort] };

    private (string Front, string Back, string? Capture, IActorRef Role) StartProxy(Props proxy)
    {
        var role = Sys.ActorOf(proxy);
        role.Tell(WhenReady.Instance, TestActor);
        var ready = ExpectMsg<RoleReady>(Patience).Endpoints;
        return (ready[0], ready[1], ready.Count > 2 ? ready[2] : null, role);
    }

    private (string Front, string Back, string? Capture, IActorRef Role) Streamer(CaptureSettings? capture = null) =>
        StartProxy(StreamerRole.Props(new StreamerSettings { Name = "streamer", Frontend = BindAny, Backend = BindAny, Capture = capture }));

    private (string Front, string Back, string? Capture, IActorRef Role) Forwarder(CaptureSettings? capture = null) =>
        StartProxy(ForwarderRole.Props(new ForwarderSettings { Name = "forwarder", Frontend = BindAny, Backend = BindAny, Capture = capture }));

    private Akka.TestKit.TestProbe Pull(string endpoint)
    {
        var probe = CreateTestProbe();
        Sys.ActorOf(PullRole.Props(new PullSettings { Name = "pull", Socket = Connect(endpoint) }, TellingTo(probe.Ref)));
        return probe;
    }

    [Fact]
    public void A_streamer_drops_nothing_that_is_pushed_before_there_is_a_puller()
    {
        WatchDrops();
        var (front, back, _, _) = Streamer();
        var push = Sys.ActorOf(PushRole.Props(new PushSettings { Name = "push", Socket = Connect(front), Outbound = new OutboundSettings(Many, OverflowRule.Backpressure) }));
        for (var n = 0; n < Many; n++) push.Tell(Message.FromText($"{n}", ""));
        var puller = Pull(back);

        for (var n = 0; n < Many; n++) Assert.Equal(Message.FromText($"{n}", ""), puller.ExpectMsg<Message>(Patience));
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_pushed_capture_has_every_message_in_order()
    {
        var (front, back, capture, _) = Streamer(new CaptureSettings(BindAny, CaptureKind.Push));
        var (puller, copies) = (Pull(back), Pull(capture!));
        var push = Sys.ActorOf(PushRole.Props(new PushSettings { Name = "push", Socket = Connect(front), Outbound = new OutboundSettings(Many, OverflowRule.Backpressure) }));
        for (var n = 0; n < Many; n++) push.Tell(Message.FromText($"{n}"));

        for (var n = 0; n < Many; n++)
        {
            Assert.Equal($"{n}", puller.ExpectMsg<Message>(Patience).Text());
            Assert.Equal($"{n}", copies.ExpectMsg<Message>(Patience).Text());
        }
    }

    [Fact]
    public void A_subscriber_behind_a_forwarder_is_ready_when_its_publisher_in_front_has_its_subscription()
    {
        var (front, back, _, _) = Forwarder();
        var publish = Sys.ActorOf(PublishRole.Props(new PublishSettings { Name = "publish", Socket = Connect(front) }));
        var received = CreateTestProbe();
        Start(SubscribeRole.Props(new SubscribeSettings { Name = "subscribe", Socket = Connect(back), Topics = ["a"], ConfirmTimeout = TimeSpan.FromSeconds(20) }, TellingTo(received.Ref)));
        publish.Tell(Message.FromText("b"));
        publish.Tell(Message.FromText("a", "", "body"));

        Assert.Equal(Message.FromText("a", "", "body"), received.ExpectMsg<Message>(Patience));
    }

    [Fact]
    public void A_subscription_that_ends_at_the_back_ends_at_the_front()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(TopicUnsubscribed));
        var (front, back, _, _) = Forwarder();
        Sys.ActorOf(PublishRole.Props(new PublishSettings { Name = "publish", Socket = Connect(front) }));
        var (subscribe, _) = Start(SubscribeRole.Props(new SubscribeSettings { Name = "subscribe", Socket = Connect(back), Topics = ["a"], ConfirmTimeout = TimeSpan.FromSeconds(20) }, TellingTo(TestActor)));
        Sys.Stop(subscribe);

        FishForMessage<TopicUnsubscribed>(seen => seen.Role == "publish" && seen.Prefix.Span.SequenceEqual("a"u8), Patience, "the end of the subscription at the publisher");
    }

    [Fact]
    public void Publishers_and_subscribers_may_come_and_go_while_a_forwarder_stays()
    {
        var (front, back, _, _) = Forwarder();
        for (var round = 0; round < 3; round++)
        {
            var received = CreateTestProbe();
            var publish = Sys.ActorOf(PublishRole.Props(new PublishSettings { Name = $"publish-{round}", Socket = Connect(front) }));
            var (subscribe, _) = Start(SubscribeRole.Props(new SubscribeSettings { Name = $"subscribe-{round}", Socket = Connect(back), Topics = [$"{round}"], ConfirmTimeout = TimeSpan.FromSeconds(20) }, TellingTo(received.Ref)));
            publish.Tell(Message.FromText($"{round} here"));
            Assert.Equal($"{round} here", received.ExpectMsg<Message>(Patience).Text());
            Watch(publish);
            Sys.Stop(publish);
            Sys.Stop(subscribe);
            ExpectTerminated(publish, Patience);
        }
    }

    [SkippableFact]
    public void What_a_slow_subscriber_of_a_forwarder_misses_is_counted()
    {
        EngineUnderTest.NeedsZmtp("does not tell what its sockets drop at a high-water mark");
        const int Sent = 20_000;
        var proxy = Sys.ActorOf(ForwarderRole.Props(new ForwarderSettings { Name = "forwarder", Frontend = BindAny, Backend = BindAny with { SendHighWaterMark = 1 } }));
        proxy.Tell(WhenReady.Instance, TestActor);
        var endpoints = ExpectMsg<RoleReady>(Patience).Endpoints;
        var publish = Sys.ActorOf(PublishRole.Props(new PublishSettings
        {
            Name = "publish",
            Socket = Connect(endpoints[0]) with { SendHighWaterMark = 0 },
            Outbound = new OutboundSettings(Sent, OverflowRule.Backpressure),
        }));
        var received = CreateTestProbe();
        Start(SubscribeRole.Props(
            new SubscribeSettings { Name = "slow", Topics = [""], InboundWindow = 1, ConfirmTimeout = TimeSpan.FromSeconds(20), Socket = Connect(endpoints[1]) with { ReceiveHighWaterMark = 1 } },
            TellingTo(received.Ref)));
        WatchDrops();
        var body = new string('x', 1000);
        for (var n = 0; n < Sent; n++) publish.Tell(Message.FromText($"{n} {body}"));

        long got = 0, dropped = 0;
        AwaitCondition(() =>
        {
            while (received.HasMessages) got += received.ExpectMsg<object>() is Message ? 1 : 0;
            while (HasMessages) dropped += ExpectMsg<object>() is MessagesDropped { Source: "forwarder.backend", Reason: DropReason.PeerFull } drop ? drop.Count : 0;
            return got + dropped == Sent;
        }, Patience, TimeSpan.FromMilliseconds(20), "every message to be received or counted");
        Assert.True(dropped > 0);
    }
}
