using Actors.Transport;
using Actors.Zmtp;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>Clients that send the next request before the reply to the last one: DEALERs, as no REQ does.</summary>
public sealed class ReplyOrderTests(ITestOutputHelper log) : RoleTestKit(log, "akka.loglevel = ERROR")
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static ReplySettings Server(int maxInFlight = 256) =>
        new() { Name = "server", Socket = new SocketSettings { Bind = [AnyPort] }, HandlerTimeout = Hour, MaxInFlight = maxInFlight };

    private static DealerSocket Dealer(string endpoint)
    {
        var dealer = new DealerSocket();
        dealer.Options.SendHighWatermark = 0;
        dealer.Options.ReceiveHighWatermark = 0;
        dealer.Connect(endpoint);
        return dealer;
    }

    private static void Ask(DealerSocket dealer, string request) => dealer.SendMoreFrameEmpty().SendFrame(request);

    private static string Reply(DealerSocket dealer)
    {
        var reply = new ZmqMessage();
        Assert.True(dealer.TryReceiveMultipartMessage(Patience, ref reply), "no reply came");
        return reply!.Last.ConvertToString();
    }

    /// <summary>Hands each request with who asked to the test, which answers when it likes.</summary>
    private (string Endpoint, Func<(Message Request, IActorRef Asker)> Next) StartHeld(ReplySettings settings)
    {
        var worker = CreateTestProbe();
        var (_, endpoint) = Start(ReplyRole.Props(settings, Handler((message, sender, _) => worker.Ref.Tell(message, sender))));
        return (endpoint, () => (worker.ExpectMsg<Message>(Patience), worker.LastSender));
    }

    [Fact]
    public void Each_clients_pipelined_requests_are_answered_in_its_order()
    {
        var random = new Random(20261126);
        const int Clients = 4;
        const int Requests = 500;
        var (endpoint, next) = StartHeld(Server(maxInFlight: Clients * Requests));
        var clients = Enumerable.Range(0, Clients).Select(_ => Dealer(endpoint)).ToArray();
        foreach (var client in clients)
            for (var n = 0; n < Requests; n++) Ask(client, $"{n}");

        var asked = Enumerable.Range(0, Clients * Requests).Select(_ => next()).ToArray();
        random.Shuffle(asked);
        foreach (var (request, asker) in asked) asker.Tell(request);

        foreach (var client in clients)
        {
            Assert.Equal(Enumerable.Range(0, Requests).Select(n => $"{n}"), Enumerable.Range(0, Requests).Select(_ => Reply(client)));
            client.Dispose();
        }
    }

    [Fact]
    public void A_handler_that_answers_by_tasks_keeps_the_order_of_2000_in_flight()
    {
        var (_, endpoint) = Start(ReplyRole.Props(Server(maxInFlight: 2000), Handler((message, sender, self) => Task.Run(() => message).PipeTo(sender, self))));
        using var client = Dealer(endpoint);
        for (var n = 0; n < 2000; n++) Ask(client, $"{n}");
        for (var n = 0; n < 20_000; n++)
        {
            Assert.Equal($"{n}", Reply(client));
            Ask(client, $"{n + 2000}");
        }
    }

    [Fact]
    public void A_client_with_a_slow_request_and_2000_behind_it_does_not_hold_up_another()
    {
        var slow = CreateTestProbe();
        var handler = Handler((message, sender, self) =>
        {
            if (message.Text() == "slow") slow.Ref.Tell(message, sender);
            else sender.Tell(message, self);
        });
        var (server, endpoint) = Start(ReplyRole.Props(Server(maxInFlight: 2000), handler));
        using var greedy = Dealer(endpoint);
        using var other = Dealer(endpoint);
        Ask(greedy, "slow");
        for (var n = 1; n < 3000; n++) Ask(greedy, $"{n}");
        slow.ExpectMsg<Message>(Patience);

        Ask(other, "hello");
        Assert.Equal("hello", Reply(other));
        AwaitCondition(() => StatusOf(server).Waiting == 3000, Patience, "the replies to be held");

        slow.LastSender.Tell(Message.FromText("slow"));
        Assert.Equal([.. Enumerable.Range(1, 2999).Select(n => $"{n}").Prepend("slow")], Enumerable.Range(0, 3000).Select(_ => Reply(greedy)).ToArray());
        AwaitCondition(() => StatusOf(server) is { Waiting: 0, Dropped: 0 }, Patience, "nothing to wait");
    }

    [Fact]
    public void Held_replies_are_bounded()
    {
        var slow = CreateTestProbe();
        var told = 0;
        var handler = Handler((message, sender, self) =>
        {
            Interlocked.Increment(ref told);
            if (message.Text() == "slow") slow.Ref.Tell(message, sender);
            else sender.Tell(message, self);
        });
        var (server, endpoint) = Start(ReplyRole.Props(Server(maxInFlight: 10), handler));
        using var client = Dealer(endpoint);
        Ask(client, "slow");
        for (var n = 1; n < 100; n++) Ask(client, $"{n}");
        slow.ExpectMsg<Message>(Patience);

        // As many as may be in flight beside those in flight: the slow one, and what came behind it.
        AwaitCondition(() => StatusOf(server).Waiting == 20, Patience, "the window to be full");
        Assert.Equal(20, Volatile.Read(ref told));
        slow.LastSender.Tell(Message.FromText("slow"));
        Assert.Equal([.. Enumerable.Range(1, 99).Select(n => $"{n}").Prepend("slow")], Enumerable.Range(0, 100).Select(_ => Reply(client)).ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_request_without_a_reply_does_not_block_the_later_ones(bool timesOut)
    {
        WatchDrops();
        var handler = Handler((message, sender, self) =>
        {
            if (message.Text() != "lost") sender.Tell(message, self);
            else if (!timesOut) sender.Tell(new Status.Failure(new InvalidOperationException("no")), self);
        });
        var (_, endpoint) = Start(ReplyRole.Props(Server() with { HandlerTimeout = TimeSpan.FromMilliseconds(timesOut ? 300 : 3_600_000) }, handler));
        using var client = Dealer(endpoint);
        foreach (var request in new[] { "0", "lost", "2", "lost", "lost", "5" }) Ask(client, request);

        Assert.Equal(["0", "2", "5"], [Reply(client), Reply(client), Reply(client)]);
        var dropped = ExpectDropped(timesOut ? DropReason.HandlerTimeout : DropReason.HandlerFailed);
        Assert.NotNull(dropped.Peer);
    }

    [Fact]
    public void Replies_that_a_number_tells_apart_do_not_wait_for_each_other()
    {
        var (endpoint, next) = StartHeld(Server());
        using var client = Dealer(endpoint);
        foreach (var number in new[] { "one", "two" }) client.SendMoreFrame(number).SendMoreFrameEmpty().SendFrame($"body {number}");
        next();
        var (request, asker) = next();
        asker.Tell(request);

        Assert.Equal("body two", Reply(client));
    }

    [Fact]
    public void Clients_behind_a_proxy_do_not_wait_for_each_other()
    {
        var (endpoint, next) = StartHeld(Server());
        using var proxy = Dealer(endpoint);
        foreach (var client in new[] { "a", "b", "b" }) proxy.SendMoreFrame(client).SendMoreFrameEmpty().SendFrame($"of {client}");
        next();
        var (first, second) = (next(), next());
        second.Asker.Tell(Message.FromText("second"));
        first.Asker.Tell(Message.FromText("first"));

        Assert.Equal(["first", "second"], [Reply(proxy), Reply(proxy)]);
    }

    [SkippableFact]
    public void A_client_that_comes_back_with_its_routing_id_does_not_wait_for_what_it_asked_before()
    {
        EngineUnderTest.NeedsZmtp("does not tell which peer has gone");
        var (endpoint, next) = StartHeld(Server());
        using (var gone = new DealerSocket())
        {
            gone.Options.Identity = "client"u8.ToArray();
            gone.Connect(endpoint);
            Ask(gone, "before");
            next();
            Sys.EventStream.Subscribe(TestActor, typeof(PeerDisconnected));
        }
        ExpectMsg<PeerDisconnected>(Patience);
        using var back = new DealerSocket();
        back.Options.Identity = "client"u8.ToArray();
        back.Connect(endpoint);
        Ask(back, "after");
        var (request, asker) = next();
        asker.Tell(request);

        Assert.Equal("after", Reply(back));
    }
}
