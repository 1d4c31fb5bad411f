using Actors.Transport;
using Akka.Actor;
using Akka.TestKit;
using Actors.Zmtp;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>Each of our ends against a bare socket: docs/protocols/broadcast.md.</summary>
public sealed class BroadcastProtocolTests(ITestOutputHelper log) : RetainedTestKit(log)
{
    private const string None = "0000000000000000";

    /// <summary>SUBSCRIBE of session 7, from the position of an epoch, with that much credit.</summary>
    private static string Subscribe(string epoch = None, string position = None, string credit = "00000064") => $"53 43415354 01 00000007 0000EA60 {epoch} {position} {credit}";

    private (IActorRef Role, BroadcastPeer Peer) PublisherWithPeer(RetainedSettings? settings = null)
    {
        var (role, endpoint, _) = StartPublisher(settings ?? Kept);
        return (role, new BroadcastPeer(new DealerSocket(">" + endpoint)));
    }

    private (BroadcastPeer Peer, IActorRef Role, TestProbe Receiver) SubscriberWithPeer(int window = 1000)
    {
        var router = new RouterSocket();
        var endpoint = $"tcp://127.0.0.1:{router.BindRandomPort("tcp://127.0.0.1")}";
        var receiver = CreateTestProbe();
        return (new BroadcastPeer(router), Sys.ActorOf(SubscribeRole.Props(SubscriberOf(endpoint, "n", "m") with { InboundWindow = window }, TellingAllTo(receiver.Ref))), receiver);
    }

    // ---- our publisher

    [Fact]
    public void Subscribe_is_answered_with_its_session_the_epoch_and_the_latest_number()
    {
        var (publisher, peer) = PublisherWithPeer();
        using var _ = peer;
        Publish(publisher, [1, 2, 3]);
        peer.Send(Subscribe(), "n");

        var answer = peer.Expect('I');
        Assert.Equal([0, 0, 0, 7, 0, 0, 0, 100], answer.Frames[0][1..9]);
        Assert.Equal(StatusOf(publisher).Retained!.Epoch, answer.Number(9));
        Assert.Equal((0ul, 3ul), (answer.Number(17), answer.Number(25)));
        var first = peer.Expect('M');
        Assert.Equal((1ul, "n", "1"), (first.Number(1), first.Text(1), first.Text(2)));
    }

    [Fact]
    public void A_position_of_this_epoch_is_gone_on_from_and_of_another_is_not()
    {
        var (publisher, peer) = PublisherWithPeer();
        using var _ = peer;
        Publish(publisher, [1, 2, 3]);
        var epoch = StatusOf(publisher).Retained!.Epoch;
        peer.Send(Subscribe($"{epoch:X16}", "0000000000000002"), "n");
        Assert.Equal(2ul, peer.Expect('I').Number(17));
        Assert.Equal(3ul, peer.Expect('M').Number(1));

        peer.Send(Subscribe($"{epoch ^ 2:X16}", "0000000000000002").Replace("00000007", "00000008", StringComparison.Ordinal), "n");
        Assert.Equal(0ul, peer.Expect('I').Number(17));
        Assert.Equal(1ul, peer.Expect('M').Number(1));
    }

    [Fact]
    public void No_more_is_sent_than_there_is_credit()
    {
        var (publisher, peer) = PublisherWithPeer();
        using var _ = peer;
        peer.Send(Subscribe(credit: "00000002"), "n");
        peer.Expect('I');
        Publish(publisher, [1, 2, 3, 4]);

        Assert.Equal(1ul, peer.Expect('M').Number(1));
        Assert.Equal(2ul, peer.Expect('M').Number(1));
        // What follows the heartbeat was sent behind it: had there been a third message, it would stand before.
        peer.Expect('B');
        peer.Send("43 00000001");
        Assert.Equal(3ul, peer.Expect('M').Number(1));
    }

    [Theory]
    [InlineData("53 43415354 09", 1, "expected 1")]
    [InlineData("42", 2, "SUBSCRIBE")]
    [InlineData("FF", 3, "0xFF")]
    [InlineData("4C 0000000000000001 0000000000000002", 3, "not for a publisher")]
    public void What_cannot_be_followed_is_answered_with_its_error(string command, byte code, string text)
    {
        var (_, peer) = PublisherWithPeer();
        using var disposed = peer;
        peer.Send(command);

        Assert.Contains(text, peer.ExpectError(code), StringComparison.Ordinal);
    }

    [Fact]
    public void A_position_that_was_not_reached_yet_is_an_error()
    {
        var (publisher, peer) = PublisherWithPeer();
        using var _ = peer;
        peer.Send(Subscribe($"{StatusOf(publisher).Retained!.Epoch:X16}", "0000000000000009"), "n");

        Assert.Contains("expected at most 0", peer.ExpectError(3), StringComparison.Ordinal);
    }

    [Fact]
    public void A_peer_that_disconnects_loses_its_session_at_once()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(TopicUnsubscribed));
        var (publisher, peer) = PublisherWithPeer();
        peer.Send(Subscribe(), "n");
        peer.Expect('I');
        peer.Dispose();

        Assert.Equal("n"u8.ToArray(), ExpectMsg<TopicUnsubscribed>(Patience).Prefix.ToArray());
        Assert.Empty(StatusOf(publisher).Retained!.Subscribers);
    }

    [Fact]
    public void A_publisher_that_stops_says_goodbye_with_its_latest_number()
    {
        var (publisher, peer) = PublisherWithPeer();
        using var _ = peer;
        peer.Send(Subscribe(), "n");
        peer.Expect('I');
        Publish(publisher, [1, 2]);
        publisher.Tell(PoisonPill.Instance);

        var goodbye = peer.Expect('G');
        Assert.Equal((1, 2ul), (goodbye.Frames[0][1], goodbye.Number(2)));
    }

    // ---- our subscriber

    [Fact]
    public void A_subscriber_says_what_it_wants_and_where_it_stands()
    {
        var (peer, _, _) = SubscriberWithPeer(window: 5);
        using var disposed = peer;
        var subscribe = peer.Expect('S');

        Assert.Equal("CAST\x01"u8.ToArray(), subscribe.Frames[0][1..6]);
        Assert.Equal((0ul, 0ul), (subscribe.Number(14), subscribe.Number(22)));
        Assert.Equal([0, 0, 0, 5, .. "subscriber"u8], subscribe.Frames[0][30..]);
        Assert.Equal(("n", "m"), (subscribe.Text(1), subscribe.Text(2)));
    }

    [Fact]
    public void A_subscriber_is_ready_when_its_subscription_is_in_force_and_not_before()
    {
        var (peer, role, _) = SubscriberWithPeer();
        using var disposed = peer;
        role.Tell(WhenReady.Instance, TestActor);
        role.Tell(WhenOpen.Instance, TestActor);
        ExpectMsg<RoleOpen>(Patience);
        peer.AnswerSubscribe(epoch: 9, latest: 0);

        ExpectMsg<RoleReady>(Patience);
    }

    [Fact]
    public void Messages_that_come_again_are_dropped_and_counted()
    {
        var (peer, role, receiver) = SubscriberWithPeer();
        using var disposed = peer;
        peer.AnswerSubscribe(epoch: 9, latest: 0);
        foreach (var n in new[] { 1, 2, 2, 1, 3 }) peer.Send($"4D {n:X16}", "n", $"{n}");

        ExpectNumbers(receiver, [1, 2, 3]);
        var status = StatusOf(role).Subscription!;
        Assert.Equal((3, 2), (status.Received, status.Repeats));
    }

    [Fact]
    public void Credit_comes_back_when_the_handler_has_worked()
    {
        var (peer, _, receiver) = SubscriberWithPeer(window: 2);
        using var disposed = peer;
        peer.AnswerSubscribe(epoch: 9, latest: 0);
        peer.Send("4D 0000000000000001", "n", "1");
        ExpectNumbers(receiver, [1]);

        Assert.Equal([0x43, 0, 0, 0, 1], peer.Expect('C').Frames[0]);
    }

    [Fact]
    public void Messages_before_the_answer_belong_to_another_session()
    {
        var (peer, _, receiver) = SubscriberWithPeer();
        using var disposed = peer;
        var subscribe = peer.Expect('S');
        peer.Send("4D 0000000000000007", "n", "7");
        peer.Send($"49 FFFFFFFF 000003E8 {9:X16} {0:X16} {0:X16}");
        peer.Send("4D 0000000000000008", "n", "8");
        peer.Send($"49 {Convert.ToHexString(subscribe.Frames[0].AsSpan(6, 4))} 000003E8 {9:X16} {0:X16} {0:X16}");
        peer.Send("4D 0000000000000001", "n", "1");

        ExpectNumbers(receiver, [1]);
    }

    [Fact]
    public void A_new_epoch_without_a_goodbye_is_a_gap_without_an_end()
    {
        var (peer, role, receiver) = SubscriberWithPeer(window: 2);
        using var _ = peer;
        peer.AnswerSubscribe(epoch: 9, latest: 0);
        peer.Send("4D 0000000000000003", "n", "3");
        ExpectNumbers(receiver, [3]);
        // A publisher that has started anew knows of no session.
        peer.Send("45 02");
        peer.AnswerSubscribe(epoch: 10, latest: 1);
        peer.Send("4D 0000000000000001", "n", "1");

        Assert.Equal(9ul, ExpectGap(receiver, 4, null).Epoch);
        ExpectNumbers(receiver, [1]);
        Assert.Equal((10ul, 1ul), StatusOf(role).Subscription!.Positions.Select(position => (position.Epoch, position.Number)).Single());
    }

    [Fact]
    public void A_new_epoch_after_a_goodbye_is_a_gap_up_to_what_was_said_to_be_the_latest()
    {
        var (peer, role, receiver) = SubscriberWithPeer();
        peer.AnswerSubscribe(epoch: 9, latest: 0);
        peer.Send("4D 0000000000000003", "n", "3");
        peer.Send("47 01 0000000000000005");
        ExpectNumbers(receiver, [3]);
        peer.Dispose();
        var router = new RouterSocket();
        using var next = new BroadcastPeer(router);
        router.Bind(Ask<RoleStatus>(role, GetRoleStatus.Instance).Endpoints[0]);
        next.AnswerSubscribe(epoch: 10, latest: 0);

        ExpectGap(receiver, 4, 5);
    }
}
