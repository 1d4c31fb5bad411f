using Actors.Transport;
using Actors.Zmtp;
using Akka.Actor;
using Xunit.Abstractions;

namespace Actors.Tests.Failures;

/// <summary>
/// A handler that fails frees its slot at once. The handler's time is an hour here, so nothing of it can come from a timeout.
/// </summary>
public sealed class FailingHandlerTests(ITestOutputHelper log) : RoleTestKit(log, "akka.loglevel = WARNING")
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static TheoryData<string> WaysToFail => [.. FailingHandlers.ThatGoOn.Keys];

    public static TheoryData<string> WaysToEnd => [.. FailingHandlers.ThatStop.Keys];

    private static ReplySettings Server(int maxInFlight = 256) =>
        new() { Name = "server", Socket = new SocketSettings { Bind = [AnyPort] }, HandlerTimeout = Hour, MaxInFlight = maxInFlight };

    private static RequestSettings Client(string endpoint) =>
        new() { Name = "client", Socket = new SocketSettings { Connect = [endpoint] }, Timeout = Hour, Identified = true, MaxInFlight = 400 };

    [Theory]
    [MemberData(nameof(WaysToFail))]
    public async Task A_failing_handler_frees_its_slot_at_once(string way)
    {
        WatchDrops();
        var (server, endpoint) = Start(ReplyRole.Props(Server(maxInFlight: 1), FailingHandlers.ThatGoOn[way]));
        var (client, _) = Start(RequestRole.Props(Client(endpoint)));

        await Assert.ThrowsAsync<RequestFailedException>(() => client.Ask<Message>(Message.FromText("bad"), Patience));
        Assert.Equal("good", (await client.Ask<Message>(Message.FromText("good"), Patience)).Text());

        var dropped = ExpectDropped(DropReason.HandlerFailed);
        Assert.Equal((1, "server"), (dropped.Count, dropped.Source));
        Assert.NotNull(dropped.Peer);
        var status = StatusOf(server);
        Assert.Equal((0, 1), (status.Waiting, status.Dropped));
    }

    [Theory]
    [MemberData(nameof(WaysToFail))]
    public async Task A_handler_that_fails_on_each_of_300_requests_ends_each_at_once(string way)
    {
        var drops = CreateTestProbe();
        Sys.EventStream.Subscribe(drops.Ref, typeof(MessagesDropped));
        var (server, endpoint) = Start(ReplyRole.Props(Server(), FailingHandlers.ThatGoOn[way]));
        var (client, _) = Start(RequestRole.Props(Client(endpoint)));

        // With a child that is created anew goes what waits for it.
        bool IsGood(int n) => n % 50 == 49 && way != "lets its child's failure escalate";
        var requests = Enumerable.Range(0, 300).Select(n => client.Ask<Message>(Message.FromText(IsGood(n) ? $"good {n}" : "bad"), Patience)).ToArray();
        for (var n = 0; n < requests.Length; n++)
        {
            if (IsGood(n)) Assert.Equal($"good {n}", (await requests[n]).Text());
            else await Assert.ThrowsAsync<RequestFailedException>(() => requests[n]);
        }

        var failed = Enumerable.Range(0, 300).Count(n => !IsGood(n));
        for (var dropped = 0L; dropped < failed;)
        {
            var next = drops.ExpectMsg<MessagesDropped>(Patience);
            Assert.Equal(DropReason.HandlerFailed, next.Reason);
            dropped += next.Count;
        }
        var status = StatusOf(server);
        Assert.Equal((0, failed), (status.Waiting, status.Dropped));
        server.Tell(DrainRole.Instance, drops.Ref);
        drops.ExpectMsg<RoleDrained>(Patience);
    }

    [Theory]
    [MemberData(nameof(WaysToEnd))]
    public async Task A_handler_that_stops_ends_all_requests_in_its_hands_at_once(string way)
    {
        var drops = CreateTestProbe();
        Sys.EventStream.Subscribe(drops.Ref, typeof(MessagesDropped));
        var (server, endpoint) = Start(ReplyRole.Props(Server(), FailingHandlers.ThatStop[way]));
        var (client, _) = Start(RequestRole.Props(Client(endpoint)));
        Watch(server);
        var requests = Enumerable.Range(0, 5).Select(n => client.Ask<Message>(Message.FromText($"{n}"), Patience)).ToArray();

        await Assert.ThrowsAsync<RequestFailedException>(() => requests[0]);
        FishForMessage<Terminated>(_ => true, Patience, "the role to stop with its handler");
        // What came after the role had gone ends with the connection, and at once too.
        foreach (var request in requests) Assert.IsNotType<AskTimeoutException>(await Assert.ThrowsAnyAsync<Exception>(() => request));
        Assert.Equal(DropReason.HandlerFailed, drops.ExpectMsg<MessagesDropped>(Patience).Reason);
    }

    [Fact]
    public async Task A_role_whose_handler_cannot_be_created_stops_and_says_so()
    {
        // The role stops with its handler: who asks it only then asks nobody.
        using var isAsked = new ManualResetEventSlim();
        var role = Sys.ActorOf(ReplyRole.Props(Server(), Props.Create(() => new Uncreatable(isAsked))));
        var asked = role.Ask<RoleReady>(WhenReady.Instance, Patience);
        isAsked.Set();
        await Assert.ThrowsAsync<RequestAbortedException>(() => asked);
    }

    [Fact]
    public void Requests_that_a_stopping_role_leaves_are_counted_and_refused()
    {
        var drops = CreateTestProbe();
        Sys.EventStream.Subscribe(drops.Ref, typeof(MessagesDropped));
        var held = CreateTestProbe();
        var (server, endpoint) = Start(ReplyRole.Props(Server(), TellingTo(held.Ref)));
        var (client, _) = Start(RequestRole.Props(Client(endpoint)));
        for (var n = 0; n < 3; n++) client.Tell(Message.FromText($"{n}"), TestActor);
        for (var n = 0; n < 3; n++) held.ExpectMsg<Message>(Patience);
        server.Tell(PoisonPill.Instance);

        for (var n = 0; n < 3; n++)
        {
            var drop = drops.ExpectMsg<MessagesDropped>(Patience);
            Assert.Equal(("server", 1, DropReason.Stopped), (drop.Source, drop.Count, drop.Reason));
        }
        for (var n = 0; n < 3; n++) Assert.IsType<RequestFailedException>(ExpectMsg<Status.Failure>(Patience).Cause);
    }

    [Fact]
    public async Task A_failure_behind_the_answer_costs_no_request()
    {
        WatchDrops();
        var (server, endpoint) = Start(ReplyRole.Props(Server(), Handler((message, sender, self) =>
        {
            sender.Tell(message, self);
            throw new InvalidOperationException("too late to matter");
        })));
        var (client, _) = Start(RequestRole.Props(Client(endpoint)));
        for (var n = 0; n < 10; n++) Assert.Equal($"{n}", (await client.Ask<Message>(Message.FromText($"{n}"), Patience)).Text());

        Assert.Equal((0, 0), (StatusOf(server).Waiting, StatusOf(server).Dropped));
    }

    [Fact]
    public async Task A_failure_on_a_message_of_another_costs_no_request()
    {
        var (server, endpoint) = Start(ReplyRole.Props(Server(), Props.Create(() => new FailingOnOthers())));
        var (client, _) = Start(RequestRole.Props(Client(endpoint)));
        foreach (var way in new[] { "timer", "self", "child" })
        {
            // The first is in a task's hands while the handler fails, which the second waits for.
            var pending = client.Ask<Message>(Message.FromText("pending"), Patience);
            Assert.Equal("restarted", (await client.Ask<Message>(Message.FromText(way), Patience)).Text());
            FailingOnOthers.Pending.Tell(Message.FromText("answered all the same"));
            Assert.Equal("answered all the same", (await pending).Text());
        }
        Assert.Equal((0, 0), (StatusOf(server).Waiting, StatusOf(server).Dropped));
    }

    [Fact]
    public void A_plain_client_gets_no_answer_and_its_next_request_is_served()
    {
        WatchDrops();
        var (_, endpoint) = Start(ReplyRole.Props(Server(maxInFlight: 1), FailingHandlers.ThatGoOn["throws"]));
        using var dealer = new DealerSocket(">" + endpoint);
        foreach (var body in new[] { "bad", "good" }) dealer.SendMoreFrameEmpty().SendFrame(body);

        var reply = new ZmqMessage();
        Assert.True(dealer.TryReceiveMultipartMessage(Patience, ref reply), "no reply to the good request");
        Assert.Equal("good", reply!.Last.ConvertToString());
        Assert.NotNull(ExpectDropped(DropReason.HandlerFailed).Peer);
    }

    [Theory]
    [MemberData(nameof(WaysToFail))]
    public async Task A_client_of_a_queue_hears_at_once_of_its_servers_failure(string way)
    {
        var queue = Sys.ActorOf(QueueRole.Props(new QueueSettings { Name = "queue", Clients = new SocketSettings { Bind = [AnyPort] }, Servers = new SocketSettings { Bind = [AnyPort] }, Timeout = Hour }));
        queue.Tell(WhenReady.Instance, TestActor);
        var endpoints = ExpectMsg<RoleReady>(Patience).Endpoints;
        var server = Server(maxInFlight: 1) with { Socket = new SocketSettings(), Queue = new JoinQueueSettings(endpoints[1]) };
        Sys.ActorOf(ReplyRole.Props(server, FailingHandlers.ThatGoOn[way]));
        var (client, _) = Start(RequestRole.Props(Client(endpoints[0])));

        await Assert.ThrowsAsync<RequestFailedException>(() => client.Ask<Message>(Message.FromText("bad"), Patience));
        Assert.Equal("good", (await client.Ask<Message>(Message.FromText("good"), Patience)).Text());
    }

    [Fact]
    public async Task A_repeat_of_a_request_that_a_handler_threw_on_is_worked_on_again()
    {
        var told = 0;
        var (_, endpoint) = Start(ReplyRole.Props(Server() with { Once = new() }, Handler((message, sender, self) =>
        {
            if (++told < 3) throw new InvalidOperationException("not yet");
            sender.Tell(message, self);
        })));
        var (client, _) = Start(RequestRole.Props(Client(endpoint) with { Retry = new RetrySettings(3) { Interval = TimeSpan.FromMilliseconds(10) } }));

        Assert.Equal("?", (await client.Ask<Message>(Message.FromText("?"), Patience)).Text());
        Assert.Equal(3, told);
    }

    private sealed class Uncreatable : ReceiveActor
    {
        public Uncreatable(ManualResetEventSlim isAsked)
        {
            Assert.True(isAsked.Wait(Patience), "nobody asks for the role");
            throw new InvalidOperationException("it cannot be created");
        }
    }

    /// <summary>Keeps a request for the test, and fails on what is no request: a timer, a message to itself, its child's.</summary>
    private sealed class FailingOnOthers : ReceiveActor, IWithTimers
    {
        private static IActorRef s_waiting = ActorRefs.Nobody;

        public FailingOnOthers()
        {
            var child = Context.ActorOf(Props.Create(() => new Child()));
            Receive<string>(_ => throw new InvalidOperationException("a bad message of its own"));
            Receive<Message>(message =>
            {
                if (message.Text() == "pending")
                {
                    Pending = Sender;
                    return;
                }
                s_waiting = Sender;
                if (message.Text() == "timer") Timers.StartSingleTimer("bad", "bad", TimeSpan.FromMilliseconds(1));
                else if (message.Text() == "self") Self.Tell("bad");
                else child.Forward(message);
            });
        }

        public static IActorRef Pending { get; private set; } = ActorRefs.Nobody;

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PostRestart(Exception reason)
        {
            s_waiting.Tell(Message.FromText("restarted"));
            base.PostRestart(reason);
        }

        private sealed class Child : ReceiveActor
        {
            // It stands at the request while its parent fails.
            public Child() => ReceiveAsync<Message>(async _ =>
            {
                Context.Parent.Tell("bad");
                await Task.Delay(Timeout.InfiniteTimeSpan);
            });
        }
    }
}
