using Actors.Zmtp;
using Actors.Transport;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>When a plain subscribe role is ready: when its subscriptions are in force, as far as that can be known.</summary>
public sealed class SubscriptionReadinessTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private static readonly PublishSettings Publisher = new() { Name = "publisher", Socket = new SocketSettings { Bind = [AnyPort] } };

    // No timeout that these tests could see the work of.
    private static SubscribeSettings Subscriber(string endpoint) =>
        new() { Name = "subscriber", Socket = new SocketSettings { Connect = [endpoint] }, Topics = ["", "a"], ConfirmTimeout = TimeSpan.FromMinutes(10) };

    [Fact]
    public void The_first_message_after_ready_is_received_from_a_publisher_of_this_actor_system()
    {
        for (var round = 0; round < 20; round++)
        {
            var (publisher, endpoint) = Start(PublishRole.Props(Publisher));
            var receiver = CreateTestProbe();
            Start(SubscribeRole.Props(Subscriber(endpoint), TellingTo(receiver.Ref)));
            publisher.Tell(Message.FromText($"{round}"));

            Assert.Equal($"{round}", receiver.ExpectMsg<Message>(Patience).Text());
        }
    }

    [Fact]
    public void The_subscription_that_is_answered_is_the_last_that_a_publisher_sees()
    {
        using var foreign = new XPublisherSocket();
        var endpoint = $"tcp://127.0.0.1:{foreign.BindRandomPort("tcp://127.0.0.1")}";
        Sys.ActorOf(SubscribeRole.Props(Subscriber(endpoint) with { Topics = ["b", "", "c", "\u00FF"] }, TellingTo(TestActor)));

        List<byte[]> seen = [];
        while (seen.Count < 5)
        {
            Assert.True(foreign.TryReceiveFrameBytes(Patience, out var frame), $"{seen.Count} of 5 subscriptions came");
            seen.Add(frame);
        }
        Assert.Equal(["", "b", "c", "\u00FF"], seen.Take(4).Select(frame => System.Text.Encoding.UTF8.GetString(frame.AsSpan(1))));
        Assert.True(ReadyTopic.Is(seen[4].AsMemory(1)));
    }

    [Fact]
    public void A_publisher_elsewhere_that_confirms_subscriptions_is_waited_for_and_its_answer_is_not_shown()
    {
        var elsewhere = ActorSystem.Create("elsewhere", EngineUnderTest.Config);
        try
        {
            var publisher = elsewhere.ActorOf(PublishRole.Props(Publisher with { ConfirmSubscriptions = true }));
            publisher.Tell(WhenReady.Instance, TestActor);
            var endpoint = ExpectMsg<RoleReady>(Patience).Endpoints[0];
            var first = CreateTestProbe();
            Start(SubscribeRole.Props(Subscriber(endpoint), TellingTo(first.Ref)));
            // Its answer goes to the first subscriber as well, which takes all topics.
            var second = CreateTestProbe();
            Start(SubscribeRole.Props(Subscriber(endpoint), TellingTo(second.Ref)));
            publisher.Tell(Message.FromText("after ready"));

            foreach (var receiver in new[] { first, second }) Assert.Equal("after ready", receiver.ExpectMsg<Message>(Patience).Text());
        }
        finally
        {
            Shutdown(elsewhere, Patience);
        }
    }

    [Fact]
    public void With_a_publisher_that_confirms_nothing_it_is_ready_after_the_timeout()
    {
        using var foreign = new PublisherSocket();
        var endpoint = $"tcp://127.0.0.1:{foreign.BindRandomPort("tcp://127.0.0.1")}";

        Start(SubscribeRole.Props(Subscriber(endpoint) with { ConfirmTimeout = TimeSpan.FromMilliseconds(10) }, TellingTo(TestActor)));
    }

    [Fact]
    public void Without_a_publisher_it_is_open_and_becomes_ready_when_there_is_one()
    {
        using var reserved = new PublisherSocket();
        var endpoint = $"tcp://127.0.0.1:{reserved.BindRandomPort("tcp://127.0.0.1")}";
        reserved.Unbind(endpoint);
        Sys.EventStream.Subscribe(TestActor, typeof(PeerRetried));
        var role = Sys.ActorOf(SubscribeRole.Props(Subscriber(endpoint) with { ConfirmTimeout = TimeSpan.FromMilliseconds(1) }, TellingTo(TestActor)));
        var ready = CreateTestProbe();
        role.Tell(WhenReady.Instance, ready.Ref);
        role.Tell(WhenOpen.Instance, TestActor);
        FishForMessage<RoleOpen>(_ => true, Patience, "the role to be open");
        FishForMessage<PeerRetried>(_ => true, Patience, "a try to connect that fails");
        // What was told before would stand before this answer.
        role.Tell(GetRoleStatus.Instance, ready.Ref);
        ready.ExpectMsg<RoleStatus>(Patience);

        Sys.ActorOf(PublishRole.Props(Publisher with { Socket = new SocketSettings { Bind = [endpoint] } }));
        Assert.Equal([endpoint], ready.ExpectMsg<RoleReady>(Patience).Endpoints);
    }

    [Fact]
    public void A_subscriber_that_binds_is_ready_when_it_is_bound() =>
        Start(SubscribeRole.Props(new SubscribeSettings { Name = "subscriber", Socket = new SocketSettings { Bind = [AnyPort] }, Topics = [""] }, TellingTo(TestActor)));
}
