using Actors.TestKit;
using Actors.Transport;
using Actors.Zmtp;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>Ages and silences, in the time of the test's own scheduler.</summary>
public sealed class RetainedAgeTests : RetainedTestKit
{
    public RetainedAgeTests(ITestOutputHelper log)
        : base(log, "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"") =>
        VirtualTime.Of(Sys);

    private static readonly RetainedSettings Timed = Kept with { Heartbeat = new HeartbeatSettings() };

    private VirtualTime Time => VirtualTime.Of(Sys);

    /// <summary>Lets the time pass, a heartbeat at a time, with the role's work in between.</summary>
    private void Pass(IActorRef role, int seconds)
    {
        // What was told before comes before the time passes.
        Ask<RoleStatus>(role, GetRoleStatus.Instance);
        for (var second = 0; second < seconds; second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Ask<RoleStatus>(role, GetRoleStatus.Instance);
        }
    }

    [Fact]
    public void What_is_older_than_the_age_is_a_gap_to_a_late_subscriber()
    {
        var (publisher, endpoint, _) = StartPublisher(Timed with { Age = TimeSpan.FromSeconds(10) });
        Publish(publisher, [1, 2, 3]);
        Pass(publisher, 6);
        Publish(publisher, [4, 5]);
        Pass(publisher, 4);
        Assert.Equal(2, StatusOf(publisher).Retained!.Count);

        var (_, receiver) = StartSubscriber(SubscriberOf(endpoint, "n"));
        ExpectGap(receiver, 1, 3);
        ExpectNumbers(receiver, [4, 5]);
    }

    [Fact]
    public void A_subscriber_that_is_silent_loses_its_session()
    {
        var (publisher, endpoint, _) = StartPublisher(Timed);
        using var peer = new BroadcastPeer(new DealerSocket(">" + endpoint));
        // It announces a heartbeat each second, and sends none.
        peer.Send("53 43415354 01 00000007 000003E8 0000000000000000 0000000000000000 00000001", "n");
        peer.Expect('I');
        Pass(publisher, 4);
        Assert.Single(StatusOf(publisher).Retained!.Subscribers);

        Pass(publisher, 1);
        Assert.Empty(StatusOf(publisher).Retained!.Subscribers);
        peer.Send("42");
        Assert.Contains("SUBSCRIBE", peer.ExpectError(2), StringComparison.Ordinal);
    }

    [Fact]
    public void A_publisher_that_is_silent_is_asked_again_for_what_follows()
    {
        using var router = new RouterSocket();
        using var peer = new BroadcastPeer(router);
        var endpoint = $"tcp://127.0.0.1:{router.BindRandomPort("tcp://127.0.0.1")}";
        var receiver = CreateTestProbe();
        var settings = SubscriberOf(endpoint, "n") with { Retained = new RetainedSubscription() };
        var subscriber = Sys.ActorOf(SubscribeRole.Props(settings, TellingAllTo(receiver.Ref)));
        peer.AnswerSubscribe(epoch: 9, latest: 5);
        peer.Send("4D 0000000000000005", "n", "5");
        ExpectNumbers(receiver, [5]);
        Pass(subscriber, 5);

        var again = peer.Expect('S');
        Assert.Equal((9ul, 5ul), (again.Number(14), again.Number(22)));
    }
}
