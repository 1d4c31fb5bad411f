using Actors.Transport;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests;

public sealed class PublishSubscribeTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private static readonly PublishSettings Publisher = new() { Name = "publisher", Socket = new SocketSettings { Bind = [AnyPort] } };

    private static SubscribeSettings Subscriber(string endpoint, params string[] topics) =>
        new() { Name = "subscriber", Socket = new SocketSettings { Connect = [endpoint] }, Topics = topics };

    /// <summary>Starts a subscriber and waits until its subscriptions are in force at the publisher.</summary>
    private IActorRef Subscribed(string endpoint, IActorRef receiver, params string[] topics)
    {
        Sys.EventStream.Subscribe(TestActor, typeof(TopicSubscribed));
        var role = Sys.ActorOf(SubscribeRole.Props(Subscriber(endpoint, topics), TellingTo(receiver)));
        foreach (var _ in topics) ExpectMsg<TopicSubscribed>(Patience);
        return role;
    }

    [Fact]
    public void A_subscriber_receives_what_its_prefixes_match()
    {
        var (publisher, endpoint) = Start(PublishRole.Props(Publisher));
        var receiver = CreateTestProbe();
        Subscribed(endpoint, receiver.Ref, "weather", "news.");

        foreach (var topic in new[] { "weather.rain", "traffic", "news", "news.today", "weather" }) publisher.Tell(Message.FromText(topic, "body"));
        Assert.Equal(Message.FromText("weather.rain", "body"), receiver.ExpectMsg<Message>(Patience));
        Assert.Equal(Message.FromText("news.today", "body"), receiver.ExpectMsg<Message>(Patience));
        Assert.Equal(Message.FromText("weather", "body"), receiver.ExpectMsg<Message>(Patience));
    }

    [Fact]
    public void An_empty_prefix_takes_all_and_every_subscriber_is_served()
    {
        var (publisher, endpoint) = Start(PublishRole.Props(Publisher));
        var first = CreateTestProbe();
        var second = CreateTestProbe();
        Subscribed(endpoint, first.Ref, "");
        // The publisher sees only the first subscription of a prefix, so the second subscriber has one more of its own.
        Subscribed(endpoint, second.Ref, "mark");
        publisher.Tell(Message.FromText("mark"));

        Assert.Equal("mark", first.ExpectMsg<Message>(Patience).Text());
        Assert.Equal("mark", second.ExpectMsg<Message>(Patience).Text());
    }

    [Fact]
    public void Topics_change_while_the_role_runs()
    {
        var (publisher, endpoint) = Start(PublishRole.Props(Publisher));
        var receiver = CreateTestProbe();
        var subscriber = Subscribed(endpoint, receiver.Ref, "a");
        Sys.EventStream.Subscribe(TestActor, typeof(TopicUnsubscribed));
        subscriber.Tell(new SubscribeTo("b"u8.ToArray()));
        Assert.Equal("b"u8.ToArray(), ExpectMsg<TopicSubscribed>(Patience).Prefix.ToArray());
        subscriber.Tell(new UnsubscribeFrom("a"u8.ToArray()));
        Assert.Equal("a"u8.ToArray(), ExpectMsg<TopicUnsubscribed>(Patience).Prefix.ToArray());

        publisher.Tell(Message.FromText("a"));
        publisher.Tell(Message.FromText("b"));
        Assert.Equal("b", receiver.ExpectMsg<Message>(Patience).Text());
    }

    [Fact]
    public void A_publisher_without_subscribers_waits_for_nobody()
    {
        WatchDrops();
        var (publisher, _) = Start(PublishRole.Props(Publisher));
        for (var n = 0; n < 10_000; n++) publisher.Tell(Message.FromText("nobody"));
        publisher.Tell(DrainRole.Instance, TestActor);

        FishForMessage<RoleDrained>(_ => true, Patience, "the publisher to be drained");
        publisher.Tell(GetRoleStatus.Instance, TestActor);
        var status = FishForMessage<RoleStatus>(_ => true, Patience, "the status");
        Assert.Equal(10_000, status.Sent + status.Dropped);
    }
}
