using Actors.Zmtp;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>A publisher has so many sessions and no more.</summary>
public sealed class SessionBoundTests(ITestOutputHelper log) : RetainedTestKit(log)
{
    private const string Subscribe = "53 43415354 01 00000007 0000EA60 0000000000000000 0000000000000000 00000064";
    private const string Heartbeat = "42";
    private const byte NoSession = 2;
    private const byte Malformed = 3;

    [Fact]
    public void Beyond_the_most_sessions_the_one_that_was_silent_for_longest_ends()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(SubscriberDisconnected));
        var (publisher, endpoint, _) = StartPublisher(Kept with { Sessions = 2 });
        using var first = Subscribed(endpoint);
        using var second = Subscribed(endpoint);
        // The answer tells that the publisher has heard it after the second.
        first.Send("FF");
        first.ExpectError(Malformed);

        using var third = Subscribed(endpoint);

        Assert.Contains("more than 2 subscribers", ExpectMsg<SubscriberDisconnected>(Patience).Why, StringComparison.Ordinal);
        var status = StatusOf(publisher).Retained!;
        Assert.Equal((2, 1), (status.Subscribers.Count, status.Displaced));
        second.Send(Heartbeat);
        second.ExpectError(NoSession);
        Publish(publisher, [1]);
        first.Expect('M');
        third.Expect('M');
    }

    [Fact]
    public void One_that_lost_its_session_and_is_there_comes_back()
    {
        var (publisher, endpoint, _) = StartPublisher(Kept with { Sessions = 1 });
        var (_, receiver) = StartSubscriber(SubscriberOf(endpoint, "n"));
        Publish(publisher, [1]);
        ExpectNumbers(receiver, [1]);
        using (Subscribed(endpoint))
        {
            Publish(publisher, [2]);
        }

        // Its next heartbeat is answered by an error, so it subscribes again, from where it was.
        ExpectNumbers(receiver, [2]);
        // The other's place may have been free again by then.
        Assert.InRange(StatusOf(publisher).Retained!.Displaced, 1, 2);
    }

    private static BroadcastPeer Subscribed(string endpoint)
    {
        var peer = new BroadcastPeer(new DealerSocket(">" + endpoint));
        peer.Send(Subscribe, "n");
        peer.Expect('I');
        return peer;
    }
}
