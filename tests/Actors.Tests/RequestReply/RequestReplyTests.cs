using Actors.Transport;
using Akka.Actor;
using Actors.Zmtp;
using Xunit.Abstractions;

namespace Actors.Tests;

public sealed class RequestReplyTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private static RequestSettings Client(string endpoint) => new() { Name = "client", Socket = new SocketSettings { Connect = [endpoint] }, Timeout = Patience };

    private static ReplySettings Server(string endpoint = AnyPort) => new() { Name = "server", Socket = new SocketSettings { Bind = [endpoint] } };

    private static readonly Props Echo = Handler((message, sender, self) => sender.Tell(message, self));

    [Fact]
    public async Task A_request_gets_the_handlers_reply()
    {
        var (_, endpoint) = Start(ReplyRole.Props(Server(), Handler((message, sender, self) => sender.Tell(Message.FromText($"{message.Text()} yes"), self))));
        var (client, _) = Start(RequestRole.Props(Client(endpoint)));

        Assert.Equal("well? yes", (await client.Ask<Message>(Message.FromText("well?"), Patience)).Text());
    }

    [Fact]
    public async Task Multipart_and_empty_frames_come_back_unchanged()
    {
        var (_, endpoint) = Start(ReplyRole.Props(Server(), Echo));
        var (client, _) = Start(RequestRole.Props(Client(endpoint)));

        foreach (var message in new[] { Message.FromText(""), Message.FromText("a", "", "c"), Message.FromText("", "") })
            Assert.Equal(message, await client.Ask<Message>(message, Patience));
    }

    [Fact]
    public async Task Requests_that_wait_for_their_turn_are_all_answered()
    {
        var (_, endpoint) = Start(ReplyRole.Props(Server(), Echo));
        var (client, _) = Start(RequestRole.Props(Client(endpoint)));

        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => client.Ask<Message>(Message.FromText($"{n}"), Patience)));
        Assert.Equal(Enumerable.Range(0, 200).Select(n => $"{n}"), replies.Select(reply => reply.Text()));
    }

    [Fact]
    public async Task Numbered_requests_find_their_replies_in_any_order()
    {
        var held = new List<(Message Message, IActorRef Sender)>();
        var backwards = Handler((message, sender, self) =>
        {
            held.Add((message, sender));
            if (held.Count < 4) return;
            foreach (var (request, asker) in Enumerable.Reverse(held)) asker.Tell(request, self);
            held.Clear();
        });
        var (_, endpoint) = Start(ReplyRole.Props(Server(), backwards));
        var (client, _) = Start(RequestRole.Props(Client(endpoint) with { MaxInFlight = 8 }));

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => client.Ask<Message>(Message.FromText($"{n}"), Patience)));
        Assert.Equal(Enumerable.Range(0, 8).Select(n => $"{n}"), replies.Select(reply => reply.Text()));
    }

    [Fact]
    public async Task A_request_that_nobody_answers_ends_in_a_timeout()
    {
        var (client, _) = Start(RequestRole.Props(Client("inproc://nobody") with { Timeout = TimeSpan.FromMilliseconds(50) }));

        await Assert.ThrowsAsync<RequestTimeoutException>(() => client.Ask<Message>(Message.FromText("?"), Patience));
    }

    [Fact]
    public async Task A_late_reply_is_not_taken_for_the_next_requests()
    {
        using var router = new RouterSocket();
        var port = router.BindRandomPort("tcp://127.0.0.1");
        var (client, _) = Start(RequestRole.Props(Client($"tcp://127.0.0.1:{port}") with { Timeout = TimeSpan.FromMilliseconds(500) }));

        var first = client.Ask<Message>(Message.FromText("first"), Patience);
        var late = Received(router);
        await Assert.ThrowsAsync<RequestTimeoutException>(() => first);
        var second = client.Ask<Message>(Message.FromText("second"), Patience);
        // The late reply goes to the connection that has been given up; ROUTER drops it or its connection is gone.
        router.TrySendMultipartMessage(TimeSpan.Zero, late);
        var next = Received(router);
        Assert.Equal("second", next.Last.ConvertToString());
        router.SendMultipartMessage(next);

        Assert.Equal("second", (await second).Text());
    }

    [Fact]
    public async Task Requests_beyond_the_queue_are_refused()
    {
        WatchDrops();
        var (client, _) = Start(RequestRole.Props(Client("inproc://nobody-listens") with { Outbound = new OutboundSettings(2, OverflowRule.Fail) }));
        for (var i = 0; i < 3; i++) client.Tell(Message.FromText("waits"));

        await Assert.ThrowsAsync<OutboundOverflowException>(() => client.Ask<Message>(Message.FromText("one too many"), Patience));
        ExpectDropped(DropReason.Refused);
    }

    [Fact]
    public async Task Requests_end_when_the_role_stops()
    {
        var (client, _) = Start(RequestRole.Props(Client("inproc://nobody-there")));
        var request = client.Ask<Message>(Message.FromText("?"), Patience);
        client.Tell(PoisonPill.Instance);

        await Assert.ThrowsAsync<RequestAbortedException>(() => request);
    }

    [Fact]
    public void A_handler_that_does_not_answer_costs_only_its_own_request()
    {
        WatchDrops();
        var choosy = Handler((message, sender, self) =>
        {
            if (message.Text() != "ignore") sender.Tell(message, self);
        });
        var (_, endpoint) = Start(ReplyRole.Props(Server() with { HandlerTimeout = TimeSpan.FromMilliseconds(200) }, choosy));
        var (client, _) = Start(RequestRole.Props(Client(endpoint) with { MaxInFlight = 2 }));

        client.Tell(Message.FromText("ignore"), TestActor);
        client.Tell(Message.FromText("answer"), TestActor);
        Assert.Equal("answer", FishForMessage<Message>(_ => true, Patience, "the reply to the other request").Text());
        ExpectDropped(DropReason.HandlerTimeout);
    }

    [Fact]
    public void A_reply_that_is_no_message_is_a_failure_of_the_handler()
    {
        WatchDrops();
        var (_, endpoint) = Start(ReplyRole.Props(Server(), Handler((_, sender, self) => sender.Tell(42, self))));
        var (client, _) = Start(RequestRole.Props(Client(endpoint)));
        client.Tell(Message.FromText("?"));

        ExpectDropped(DropReason.HandlerFailed);
    }

    [Fact]
    public void A_request_without_an_envelope_is_dropped_and_counted()
    {
        WatchDrops();
        var (_, endpoint) = Start(ReplyRole.Props(Server(), Echo));
        using var dealer = new DealerSocket(">" + endpoint);
        dealer.SendFrame("no delimiter");
        Assert.NotNull(ExpectDropped(DropReason.Malformed).Peer);

        dealer.SendMoreFrameEmpty().SendFrame("with delimiter");
        var reply = new ZmqMessage();
        Assert.True(dealer.TryReceiveMultipartMessage(Patience, ref reply), "no reply to the request behind the malformed one");
        Assert.Equal("with delimiter", reply!.Last.ConvertToString());
    }

    [Fact]
    public void A_producer_is_never_refused()
    {
        var (_, endpoint) = Start(ReplyRole.Props(Server(), Echo));
        var (client, _) = Start(RequestRole.Props(Client(endpoint) with { Outbound = new OutboundSettings(4, OverflowRule.Backpressure) }));
        client.Tell(RegisterProducer.Instance, TestActor);

        var sent = 0;
        var answered = 0;
        while (answered < 50)
        {
            switch (ReceiveOne(Patience))
            {
                case Demand demand:
                    Assert.InRange(demand.Messages, 1, 4);
                    for (var i = 0; i < demand.Messages; i++) client.Tell(Message.FromText($"{sent++}"), TestActor);
                    break;
                case Message: answered++; break;
                case var other: Assert.Fail($"expected demand or a reply after {answered} replies, but got {other ?? "nothing"}"); break;
            }
        }
    }

    private static ZmqMessage Received(RouterSocket router)
    {
        var message = new ZmqMessage();
        Assert.True(router.TryReceiveMultipartMessage(Patience, ref message), "no request reached the router");
        return message!;
    }
}
