using Actors.Transport;
using Akka.Actor;
using Akka.TestKit;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>A subscriber whose handler stands still while the publisher's window runs over.</summary>
public sealed class SlowSubscriberTests(ITestOutputHelper log) : RetainedTestKit(log)
{
    private readonly ManualResetEventSlim _release = new();

    /// <summary>A subscriber of one message at a time, whose handler works when the test lets it.</summary>
    private (IActorRef Role, TestProbe Receiver) StartStanding(string endpoint)
    {
        var receiver = CreateTestProbe();
        var release = _release;
        var role = Sys.ActorOf(SubscribeRole.Props(SubscriberOf(endpoint, "n") with { InboundWindow = 1 }, Props.Create(() => new StandingActor(receiver.Ref, release))));
        Ask<RoleReady>(role, WhenReady.Instance);
        return (role, receiver);
    }

    [Fact]
    public void A_slow_subscriber_misses_what_is_no_longer_kept_and_is_told_the_gap()
    {
        WatchDrops();
        var (publisher, endpoint, _) = StartPublisher(Kept with { Count = 10 });
        var (_, receiver) = StartStanding(endpoint);
        Publish(publisher, Enumerable.Range(1, 100));

        // The first is in its hands, and the last ten are kept.
        long dropped = 0;
        while (dropped < 89)
        {
            var drop = ExpectDropped(DropReason.SlowSubscriber);
            Assert.Equal("publisher", drop.Source);
            Assert.StartsWith("subscriber (", drop.Peer, StringComparison.Ordinal);
            dropped += drop.Count;
        }
        Assert.Equal(89, dropped);
        Assert.Equal(89, StatusOf(publisher).Retained!.Subscribers.Single().Missed);
        Assert.Equal(89, Ask<RoleStatus>(publisher, GetRoleStatus.Instance).Dropped);
        _release.Set();
        ExpectNumbers(receiver, [1]);
        ExpectGap(receiver, 2, 90);
        ExpectNumbers(receiver, Enumerable.Range(91, 10));
    }

    [Fact]
    public void A_slow_subscriber_is_disconnected_told_why_and_comes_back_when_its_handler_has_caught_up()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(SubscriberDisconnected));
        Sys.EventStream.Subscribe(TestActor, typeof(SubscriptionEnded));
        var (publisher, endpoint, _) = StartPublisher(Kept with { Count = 10, SlowSubscriber = SlowSubscriber.Disconnect });
        var (_, receiver) = StartStanding(endpoint);
        Publish(publisher, Enumerable.Range(1, 100));

        var disconnected = ExpectMsg<SubscriberDisconnected>(Patience);
        Assert.StartsWith("subscriber (", disconnected.Subscriber, StringComparison.Ordinal);
        Assert.Contains("message 2 is no longer kept", disconnected.Why, StringComparison.Ordinal);
        Assert.Equal(disconnected.Why, ExpectMsg<SubscriptionEnded>(Patience).Why);
        Assert.Empty(StatusOf(publisher).Retained!.Subscribers);
        _release.Set();
        ExpectNumbers(receiver, [1]);
        ExpectGap(receiver, 2, 90);
        ExpectNumbers(receiver, Enumerable.Range(91, 10));
    }

    [Fact]
    public void A_fast_subscriber_does_not_notice_a_slow_one()
    {
        var (publisher, endpoint, _) = StartPublisher(Kept with { Count = 10 });
        StartStanding(endpoint);
        var (_, receiver) = StartSubscriber(SubscriberOf(endpoint, "n"));
        for (var n = 0; n < 200; n++)
        {
            Publish(publisher, [n]);
            ExpectNumbers(receiver, [n]);
        }
        _release.Set();
    }

    protected override void AfterAll()
    {
        _release.Set();
        base.AfterAll();
        _release.Dispose();
    }

    private sealed class StandingActor : ReceiveActor
    {
        public StandingActor(IActorRef receiver, ManualResetEventSlim release) => ReceiveAny(message =>
        {
            Assert.True(release.Wait(Patience), "the test did not release the handler");
            receiver.Tell(message);
        });
    }
}
