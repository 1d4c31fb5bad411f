using Actors.Transport;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>Publish and subscribe roles with retention, over tcp in one process.</summary>
public sealed class RetainedPublishSubscribeTests(ITestOutputHelper log) : RetainedTestKit(log)
{
    [Fact]
    public void A_late_subscriber_receives_the_window_in_order_and_then_what_is_new()
    {
        var (publisher, endpoint, _) = StartPublisher(Kept);
        Publish(publisher, Enumerable.Range(0, 100));
        var (_, receiver) = StartSubscriber(SubscriberOf(endpoint, "n"));
        Publish(publisher, Enumerable.Range(100, 100));

        ExpectNumbers(receiver, Enumerable.Range(0, 200));
    }

    [Fact]
    public void A_late_subscriber_is_told_the_exact_gap_before_a_window_that_has_overflowed()
    {
        var (publisher, endpoint, _) = StartPublisher(Kept with { Count = 10 });
        Publish(publisher, Enumerable.Range(1, 100));
        Sys.EventStream.Subscribe(TestActor, typeof(SubscriptionGap));
        var (_, receiver) = StartSubscriber(SubscriberOf(endpoint, "n"));

        var gap = ExpectGap(receiver, 1, 90);
        ExpectNumbers(receiver, Enumerable.Range(91, 10));
        Assert.Equal(gap, ExpectMsg<SubscriptionGap>(Patience));
        Assert.Equal(StatusOf(publisher).Retained!.Epoch, gap.Epoch);
    }

    [Fact]
    public void A_late_subscriber_receives_the_last_value_of_each_topic()
    {
        var (publisher, endpoint, _) = StartPublisher(Kept with { Retain = Retain.Last, Count = 1 });
        Publish(publisher, [1, 2, 3], "a");
        Publish(publisher, [4, 5, 6], "b");
        Publish(publisher, [7, 8, 9], "c");
        var (_, receiver) = StartSubscriber(SubscriberOf(endpoint, "a", "b"));
        Publish(publisher, [10], "a");

        ExpectNumbers(receiver, [3, 6, 10]);
    }

    [Fact]
    public void Only_what_the_prefixes_match_is_received()
    {
        var (publisher, endpoint, _) = StartPublisher(Kept);
        var (_, receiver) = StartSubscriber(SubscriberOf(endpoint, "weather", "news."));
        foreach (var topic in new[] { "weather.rain", "traffic", "news", "news.today", "weather" }) publisher.Tell(Message.FromText(topic, topic));

        foreach (var topic in new[] { "weather.rain", "news.today", "weather" }) Assert.Equal(topic, receiver.ExpectMsg<Message>(Patience).Text());
    }

    [Fact]
    public void The_first_message_after_ready_is_received()
    {
        for (var round = 0; round < 20; round++)
        {
            var (publisher, endpoint, _) = StartPublisher(Kept);
            var (_, receiver) = StartSubscriber(SubscriberOf(endpoint, ""));
            Publish(publisher, [round]);
            ExpectNumbers(receiver, [round]);
        }
    }

    [Fact]
    public void A_subscriber_that_comes_back_receives_exactly_what_it_missed()
    {
        var (publisher, endpoint, _) = StartPublisher(Kept);
        var (subscriber, receiver) = StartSubscriber(SubscriberOf(endpoint, "n"));
        Publish(publisher, Enumerable.Range(0, 50));
        ExpectNumbers(receiver, Enumerable.Range(0, 50));
        var position = StatusOf(subscriber).Subscription!.Positions;
        Watch(subscriber);
        subscriber.Tell(PoisonPill.Instance);
        ExpectTerminated(subscriber, Patience);
        Publish(publisher, Enumerable.Range(50, 50));

        var (again, missed) = StartSubscriber(SubscriberOf(endpoint, "n") with { Retained = new RetainedSubscription { Heartbeat = Patient, ResumeFrom = position } });
        ExpectNumbers(missed, Enumerable.Range(50, 50));
        var status = StatusOf(again).Subscription!;
        Assert.Equal((50, 0, 0), (status.Received, status.Gaps, status.Repeats));
        Assert.Equal(100ul, status.Positions.Single().Number);
    }

    [Fact]
    public void A_subscriber_that_is_restarted_goes_on_where_it_was()
    {
        var (publisher, endpoint, _) = StartPublisher(Kept);
        var receiver = CreateTestProbe();
        var supervisor = Sys.ActorOf(Props.Create(() => new RestartingSupervisor(SubscribeRole.Props(SubscriberOf(endpoint, "n"), TellingAllTo(receiver.Ref)))));
        Ask<RoleReady>(supervisor, WhenReady.Instance);
        Publish(publisher, Enumerable.Range(0, 50));
        ExpectNumbers(receiver, Enumerable.Range(0, 50));
        supervisor.Tell(new SubscribeTo("m"u8.ToArray()));
        supervisor.Tell(new Fail());
        Publish(publisher, Enumerable.Range(50, 50));
        Publish(publisher, [100], "m");

        ExpectNumbers(receiver, Enumerable.Range(50, 51));
    }

    [Fact]
    public void A_publisher_that_stopped_and_starts_anew_begins_a_new_epoch_without_a_gap_when_nothing_was_missed()
    {
        var (publisher, endpoint, _) = StartPublisher(Kept);
        var (_, receiver) = StartSubscriber(SubscriberOf(endpoint, "n"));
        Publish(publisher, [1, 2, 3]);
        ExpectNumbers(receiver, [1, 2, 3]);
        var epoch = StatusOf(publisher).Retained!.Epoch;
        Watch(publisher);
        publisher.Tell(PoisonPill.Instance);
        ExpectTerminated(publisher, Patience);
        var (next, _, _) = StartPublisher(Kept with { Socket = new SocketSettings { Bind = [endpoint] } });
        Publish(next, [4, 5]);

        ExpectNumbers(receiver, [4, 5]);
        Assert.NotEqual(epoch, StatusOf(next).Retained!.Epoch);
    }

    [Fact]
    public void Prefixes_change_while_the_role_runs_and_nothing_is_lost_between()
    {
        var (publisher, endpoint, _) = StartPublisher(Kept);
        var (subscriber, receiver) = StartSubscriber(SubscriberOf(endpoint, "a"));
        Sys.EventStream.Subscribe(TestActor, typeof(TopicSubscribed));
        Publish(publisher, [1], "a");
        subscriber.Tell(new SubscribeTo("b"u8.ToArray()));
        while (!ExpectMsg<TopicSubscribed>(Patience).Prefix.Span.SequenceEqual("b"u8))
        {
        }
        Publish(publisher, [2], "b");
        Publish(publisher, [3], "c");
        Publish(publisher, [4], "a");

        ExpectNumbers(receiver, [1, 2, 4]);
    }

    [Fact]
    public void Plain_and_retained_subscribers_are_served_side_by_side()
    {
        var (publisher, retained, plain) = StartPublisher(Kept);
        var receiver = CreateTestProbe();
        var role = Sys.ActorOf(SubscribeRole.Props(new SubscribeSettings { Name = "plain", Socket = new SocketSettings { Connect = [plain] }, Topics = [""] }, TellingTo(receiver.Ref)));
        Ask<RoleReady>(role, WhenReady.Instance);
        var (_, second) = StartSubscriber(SubscriberOf(retained, ""));
        Publish(publisher, Enumerable.Range(0, 10));

        foreach (var probe in new[] { receiver, second }) ExpectNumbers(probe, Enumerable.Range(0, 10));
    }

    [Fact]
    public void Several_publishers_are_each_followed_at_their_own_position()
    {
        var (first, firstEndpoint, _) = StartPublisher(Kept);
        var (second, secondEndpoint, _) = StartPublisher(Kept);
        Publish(first, [1, 2]);
        Publish(second, [3]);
        var (subscriber, receiver) = StartSubscriber(SubscriberOf(firstEndpoint, "") with { Socket = new SocketSettings { Connect = [firstEndpoint, secondEndpoint] } });

        var seen = Enumerable.Range(0, 3).Select(_ => receiver.ExpectMsg<Message>(Patience).Text(1)).Order();
        Assert.Equal(["1", "2", "3"], seen);
        Assert.Equal([2ul, 1ul], StatusOf(subscriber).Subscription!.Positions.Select(position => position.Number));
    }

    [Fact]
    public void Draining_waits_until_the_subscribers_have_been_sent_everything()
    {
        var (publisher, endpoint, _) = StartPublisher(Kept);
        var receiver = CreateTestProbe();
        var release = new ManualResetEventSlim();
        var settings = SubscriberOf(endpoint, "") with { InboundWindow = 1 };
        var subscriber = Sys.ActorOf(SubscribeRole.Props(settings, Handler((message, _, _) =>
        {
            Assert.True(release.Wait(Patience), "the test did not release the handler");
            receiver.Ref.Tell(message);
        })));
        Ask<RoleReady>(subscriber, WhenReady.Instance);
        Publish(publisher, Enumerable.Range(0, 5));
        publisher.Tell(DrainRole.Instance, TestActor);
        AwaitCondition(() => Ask<RoleStatus>(publisher, GetRoleStatus.Instance).Waiting == 4, Patience, TimeSpan.FromMilliseconds(20), "not the last four messages wait for the subscriber");
        release.Set();

        ExpectMsg<RoleDrained>(Patience);
        ExpectNumbers(receiver, Enumerable.Range(0, 5));
    }

    private sealed record Fail;

    /// <summary>Hands everything on to the role, and restarts it when it is told to fail.</summary>
    private sealed class RestartingSupervisor : ReceiveActor
    {
        public RestartingSupervisor(Props props)
        {
            var role = Context.ActorOf(props);
            Receive<Fail>(_ => role.Tell(Kill.Instance));
            ReceiveAny(message => role.Forward(message));
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);
    }
}
