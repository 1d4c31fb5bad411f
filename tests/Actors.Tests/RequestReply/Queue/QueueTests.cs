using Actors.Transport;
using Akka.Actor;
using Actors.Zmtp;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>Clients, a queue and servers over real sockets.</summary>
public sealed class QueueTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private static readonly Props Silent = Handler((_, _, _) => { });

    private static Props Answering(string reply) => Handler((_, sender, self) => sender.Tell(Message.FromText(reply), self));

    private static QueueSettings Queue() => new() { Name = "queue", Clients = new SocketSettings { Bind = [AnyPort] }, Servers = new SocketSettings { Bind = [AnyPort] } };

    private (IActorRef Role, string Clients, string Servers) StartQueue(QueueSettings settings)
    {
        var queue = Sys.ActorOf(QueueRole.Props(settings));
        queue.Tell(WhenReady.Instance, TestActor);
        var endpoints = ExpectMsg<RoleReady>(Patience).Endpoints;
        return (queue, endpoints[0], endpoints[^1]);
    }

    private IActorRef StartServer(string queue, Props handler, ReplySettings? settings = null) =>
        Start(ReplyRole.Props((settings ?? new ReplySettings { Name = "server", Socket = new SocketSettings() }) with { Queue = new JoinQueueSettings(queue) }, handler)).Role;

    private IActorRef StartClient(string queue, bool identified = true, int inFlight = 16, TimeSpan? timeout = null) =>
        Start(RequestRole.Props(new RequestSettings { Name = "client", Socket = new SocketSettings { Connect = [queue] }, Identified = identified, MaxInFlight = inFlight, Timeout = timeout ?? Patience })).Role;

    private async Task WaitFor(IActorRef queue, Func<QueueCounts, bool> seen, string what) =>
        await AwaitAssertAsync(
            async () =>
            {
                var counts = (await queue.Ask<RoleStatus>(GetRoleStatus.Instance, Patience)).Queue!;
                Assert.True(seen(counts), $"expected {what}, but it is {counts}");
            },
            Patience,
            TimeSpan.FromMilliseconds(20));

    private static Task<Message> Ask(IActorRef client, string text) => client.Ask<Message>(Message.FromText(text), Patience);

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 16)]
    [InlineData(true, 16)]
    public async Task Our_roles_talk_through_a_queue(bool identified, int inFlight)
    {
        var (queue, clients, servers) = StartQueue(Queue());
        StartServer(servers, Handler((message, sender, self) => sender.Tell(message, self)));
        StartServer(servers, Handler((message, sender, self) => sender.Tell(message, self)));
        var client = StartClient(clients, identified, inFlight);

        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => Ask(client, $"{n}")));
        Assert.Equal(Enumerable.Range(0, 100).Select(n => $"{n}"), replies.Select(reply => reply.Text()));
        await WaitFor(queue, counts => counts is { Accepted: 100, Answered: 100, Waiting: 0, Assigned: 0 }, "100 answered");
    }

    [Fact]
    public async Task A_request_that_waits_is_answered_when_the_first_server_joins()
    {
        var (queue, clients, servers) = StartQueue(Queue());
        var reply = Ask(StartClient(clients), "?");
        await WaitFor(queue, counts => counts.Waiting == 1, "one that waits");
        StartServer(servers, Answering("late but there"));

        Assert.Equal("late but there", (await reply).Text());
    }

    [Fact]
    public void A_queue_hands_on_replies_as_they_come_each_with_its_number()
    {
        var held = CreateTestProbe();
        var (_, clients, servers) = StartQueue(Queue());
        StartServer(servers, Handler((message, sender, _) => held.Ref.Tell(message, sender)));
        using var dealer = new DealerSocket(">" + clients);
        foreach (var number in new[] { "first", "second" }) dealer.SendMoreFrame(number).SendMoreFrameEmpty().SendFrame($"body of the {number}");
        var asked = new List<(Message Request, IActorRef Asker)>();
        for (var n = 0; n < 2; n++) asked.Add((held.ExpectMsg<Message>(Patience), held.LastSender));

        foreach (var (request, asker) in Enumerable.Reverse(asked))
        {
            asker.Tell(request);
            var reply = new ZmqMessage();
            Assert.True(dealer.TryReceiveMultipartMessage(Patience, ref reply), "no reply came");
            Assert.Equal(request.Text(), $"body of the {reply![0].ConvertToString()}");
            Assert.Equal(request.Text(), reply.Last.ConvertToString());
        }
    }

    [Fact]
    public async Task A_request_of_a_server_that_is_gone_goes_to_another()
    {
        var (queue, clients, servers) = StartQueue(Queue());
        var reply = default(Task<Message>);
        using (var dying = new RawServer(servers).Join())
        {
            reply = Ask(StartClient(clients), "?");
            Assert.Equal((byte)'Q', dying.Next()[0].Buffer[0]);
        }
        StartServer(servers, Answering("heir"));

        Assert.Equal("heir", (await reply).Text());
        await WaitFor(queue, counts => counts is { Redelivered: 1, Answered: 1, Servers: 1 }, "one redelivered");
    }

    [Fact]
    public async Task A_request_without_an_id_is_not_given_to_a_second_server()
    {
        WatchDrops();
        var (queue, clients, servers) = StartQueue(Queue());
        using (var dying = new RawServer(servers).Join())
        {
            StartClient(clients, false, 1).Tell(Message.FromText("?"), ActorRefs.NoSender);
            dying.Next();
        }
        ExpectDropped(DropReason.ServerLost);
        using var other = new RawServer(servers).Join();
        await WaitFor(queue, counts => counts is { Lost: 1, Redelivered: 0, Servers: 1, Assigned: 0 }, "one lost");
    }

    [Fact]
    public async Task A_client_with_ids_is_told_that_its_request_is_lost()
    {
        var (_, clients, servers) = StartQueue(Queue() with { Redeliver = Redelivery.Never });
        var reply = default(Task<Message>);
        using (var dying = new RawServer(servers).Join())
        {
            reply = Ask(StartClient(clients), "?");
            dying.Next();
        }

        Assert.Contains("is gone", (await Assert.ThrowsAsync<RequestFailedException>(() => reply)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_nothing_more()
    {
        var (_, clients, servers) = StartQueue(Queue() with { Heartbeat = new HeartbeatSettings { Interval = TimeSpan.FromMilliseconds(50), Timeout = TimeSpan.FromMilliseconds(500) } });
        using var silent = new RawServer(servers).Join(capacity: 9, intervalSeconds: 0);
        var client = StartClient(clients);
        var reply = Ask(client, "first");
        silent.Next();
        StartServer(servers, Answering("talks"));

        Assert.Equal("talks", (await reply).Text());
        Assert.Equal("talks", (await Ask(client, "second")).Text());
        var more = new ZmqMessage();
        while (silent.Socket.TryReceiveMultipartMessage(ref more)) Assert.NotEqual((byte)'Q', more![0].Buffer[0]);
    }

    [Fact]
    public async Task A_client_of_ours_is_told_at_once_that_too_many_wait()
    {
        WatchDrops();
        var (queue, clients, _) = StartQueue(Queue() with { Capacity = 2 });
        var client = StartClient(clients);
        for (var i = 0; i < 2; i++) client.Tell(Message.FromText("waits"), ActorRefs.NoSender);
        await WaitFor(queue, counts => counts.Waiting == 2, "two that wait");

        await Assert.ThrowsAsync<RequestOverloadException>(() => Ask(client, "one too many"));
        ExpectDropped(DropReason.Refused);
    }

    [Fact]
    public async Task A_plain_client_is_sent_the_error_reply_where_one_is_set()
    {
        var (queue, clients, _) = StartQueue(Queue() with { Capacity = 1, ErrorReply = Message.FromText("ERROR", "try later") });
        using var first = new RequestSocket(">" + clients);
        first.SendFrame("waits");
        await WaitFor(queue, counts => counts.Waiting == 1, "one that waits");
        using var second = new RequestSocket(">" + clients);
        second.SendFrame("one too many");
        var reply = new ZmqMessage();

        Assert.True(second.TryReceiveMultipartMessage(Patience, ref reply), "no error reply came");
        Assert.Equal(["ERROR", "try later"], reply!.Select(frame => frame.ConvertToString()));
    }

    [Fact]
    public async Task A_request_that_outruns_the_queues_time_ends_as_expired()
    {
        WatchDrops();
        var (_, clients, _) = StartQueue(Queue() with { Timeout = TimeSpan.FromMilliseconds(100) });
        var reply = Ask(StartClient(clients), "?");

        ExpectDropped(DropReason.Expired);
        Assert.Contains("no server had room", (await Assert.ThrowsAsync<RequestFailedException>(() => reply)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_of_the_handler_ends_the_request_at_once()
    {
        var (queue, clients, servers) = StartQueue(Queue());
        StartServer(servers, Handler((_, sender, self) => sender.Tell(new Status.Failure(new InvalidOperationException("cannot be done")), self)));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Ask(StartClient(clients), "?"));
        Assert.Contains("cannot be done", failure.Message, StringComparison.Ordinal);
        await WaitFor(queue, counts => counts is { Failed: 1, Assigned: 0 }, "one failed");
    }

    [Fact]
    public async Task A_server_that_drains_answers_what_it_has_and_is_given_no_more()
    {
        var worker = CreateTestProbe();
        var (queue, clients, servers) = StartQueue(Queue());
        var draining = StartServer(servers, Handler((message, sender, _) => worker.Ref.Tell(message, sender)));
        var client = StartClient(clients);
        var first = Ask(client, "first");
        worker.ExpectMsg<Message>(Patience);
        var asker = worker.LastSender;
        draining.Tell(DrainRole.Instance, TestActor);
        await WaitFor(queue, counts => counts is { Assigned: 1, Servers: 0 }, "one with the server that drains");
        var second = Ask(client, "second");
        await WaitFor(queue, counts => counts is { Assigned: 1, Waiting: 1 }, "one with the server that drains, one that waits");
        asker.Tell(Message.FromText("done"));

        Assert.Equal("done", (await first).Text());
        ExpectMsg<RoleDrained>(Patience);
        await WaitFor(queue, counts => counts is { Servers: 0, Redelivered: 0, Lost: 0 }, "no server");
        StartServer(servers, Answering("other"));
        Assert.Equal("other", (await second).Text());
    }

    [Fact]
    public async Task Servers_join_a_queue_that_comes_back()
    {
        var (first, clients, servers) = StartQueue(Queue());
        StartServer(servers, Answering("here"), new ReplySettings { Name = "server", Socket = new SocketSettings { ReconnectInterval = TimeSpan.FromMilliseconds(20) } });
        await WaitFor(first, counts => counts.Servers == 1, "a server");
        Watch(first);
        first.Tell(PoisonPill.Instance);
        ExpectTerminated(first, Patience);
        var (again, _, _) = StartQueue(Queue() with { Clients = new SocketSettings { Bind = [clients] }, Servers = new SocketSettings { Bind = [servers] } });

        await WaitFor(again, counts => counts.Servers == 1, "a server");
        Assert.Equal("here", (await Ask(StartClient(clients), "?")).Text());
    }

    [Fact]
    public async Task Requests_end_when_the_queue_stops()
    {
        var (queue, clients, _) = StartQueue(Queue());
        var reply = Ask(StartClient(clients), "?");
        await WaitFor(queue, counts => counts.Waiting == 1, "one that waits");
        queue.Tell(PoisonPill.Instance);

        Assert.Contains("has stopped", (await Assert.ThrowsAsync<RequestFailedException>(() => reply)).Message, StringComparison.Ordinal);
    }

    // ---- once

    [Fact]
    public async Task A_repeat_finds_the_server_that_has_done_the_work()
    {
        var (queue, clients, servers) = StartQueue(Queue());
        var once = new ReplySettings { Name = "server", Socket = new SocketSettings(), Once = new() };
        StartServer(servers, Answering("one"), once);
        StartServer(servers, Answering("two"), once);
        await WaitFor(queue, counts => counts.Servers == 2, "two servers");
        using var client = new DealerSocket(">" + clients);
        byte[] id = [0, (byte)'R', (byte)'Q', 1, .. Guid.NewGuid().ToByteArray(), 0, 0, 0, 0, 0, 0, 0, 1];
        Sys.EventStream.Subscribe(TestActor, typeof(RequestRepeated));

        var replies = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            client.SendMoreFrame(id).SendMoreFrameEmpty().SendFrame("work");
            var reply = new ZmqMessage();
            Assert.True(client.TryReceiveMultipartMessage(Patience, ref reply), "no reply came");
            replies.Add(reply!.Last.ConvertToString());
        }

        Assert.Single(replies.Distinct());
        for (var i = 0; i < 3; i++) Assert.True(ExpectMsg<RequestRepeated>(Patience).Answered);
    }

    // ---- plain servers

    private static async Task<ZmqMessage> Received(ZmqSocket socket)
    {
        var message = new ZmqMessage();
        Assert.True(await Task.Run(() => socket.TryReceiveMultipartMessage(Patience, ref message)), "no request reached the server");
        return message!;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plain_REP_has_one_request_at_a_time(bool identified)
    {
        using var server = new ResponseSocket();
        var port = server.BindRandomPort("tcp://127.0.0.1");
        var (queue, clients, _) = StartQueue(Queue() with { Servers = null, PlainServers = new SocketSettings { Connect = [$"tcp://127.0.0.1:{port}"] } });
        var client = StartClient(clients, identified, 4);
        var replies = Task.WhenAll(Ask(client, "0"), Ask(client, "1"), Ask(client, "2"));
        for (var i = 0; i < 3; i++)
        {
            var request = await Received(server);
            Assert.Equal(1, request.FrameCount);
            var waiting = 2 - i;
            await WaitFor(queue, counts => counts.Assigned == 1 && counts.Waiting == waiting, $"one assigned and {waiting} that wait");
            server.SendFrame($"reply {request[0].ConvertToString()}");
        }

        Assert.Equal(["reply 0", "reply 1", "reply 2"], (await replies).Select(reply => reply.Text()));
    }

    [Fact]
    public async Task A_plain_REP_that_is_gone_is_given_nothing()
    {
        using var alive = new ResponseSocket();
        var port = alive.BindRandomPort("tcp://127.0.0.1");
        using var dying = new ResponseSocket();
        var other = dying.BindRandomPort("tcp://127.0.0.1");
        var (queue, clients, _) = StartQueue(Queue() with { Servers = null, PlainServers = new SocketSettings { Connect = [$"tcp://127.0.0.1:{port}", $"tcp://127.0.0.1:{other}"] } });
        await WaitFor(queue, counts => counts.Servers == 2, "two servers");
        dying.Dispose();
        await WaitFor(queue, counts => counts.Servers == 1, "one server");
        var client = StartClient(clients);
        for (var i = 0; i < 3; i++)
        {
            var reply = Ask(client, $"{i}");
            await Received(alive);
            alive.SendFrame("alive");
            Assert.Equal("alive", (await reply).Text());
        }
    }

    [Fact]
    public async Task A_plain_REP_that_connects_is_served()
    {
        // The port of a socket that is opened anew has to stay the same.
        using var probe = new RouterSocket();
        var port = probe.BindRandomPort("tcp://127.0.0.1");
        probe.Dispose();
        var (queue, clients, servers) = StartQueue(Queue() with { Servers = null, PlainServers = new SocketSettings { Bind = [$"tcp://127.0.0.1:{port}"] } });
        using var server = new ResponseSocket(">" + servers);
        var client = StartClient(clients);
        var reply = Ask(client, "?");

        await Received(server);
        server.SendFrame("!");
        Assert.Equal("!", (await reply).Text());
        server.Dispose();
        await WaitFor(queue, counts => counts.Servers == 0, "no server");
        using var again = new ResponseSocket(">" + servers);
        var second = Ask(client, "?");
        await Received(again);
        again.SendFrame("again");
        Assert.Equal("again", (await second).Text());
    }

    [Fact]
    public void A_message_of_a_plain_server_that_is_no_reply_is_counted()
    {
        WatchDrops();
        using var server = new DealerSocket();
        var port = server.BindRandomPort("tcp://127.0.0.1");
        StartQueue(Queue() with { Servers = null, PlainServers = new SocketSettings { Connect = [$"tcp://127.0.0.1:{port}"] } });
        server.SendFrame("who are you");

        ExpectDropped(DropReason.Malformed);
    }

    [Theory]
    [InlineData("capacity", 0, 1000)]
    [InlineData("max-tries", 1, 0)]
    public void Settings_out_of_range_name_the_key(string key, int capacity, int tries) =>
        Assert.Equal(key, Assert.Throws<SocketSettingsException>((Queue() with { Capacity = capacity, MaxTries = tries }).Validate).Option);

    [Fact]
    public void A_queue_without_servers_is_a_mistake() =>
        Assert.Equal("servers", Assert.Throws<SocketSettingsException>((Queue() with { Servers = null }).Validate).Option);

    [Fact]
    public async Task A_server_that_does_not_answer_holds_up_nobody_else()
    {
        WatchDrops();
        var (_, clients, servers) = StartQueue(Queue() with { Timeout = TimeSpan.FromSeconds(1) });
        StartServer(servers, Silent, new ReplySettings { Name = "silent", Socket = new SocketSettings(), MaxInFlight = 1 });
        var client = StartClient(clients);
        client.Tell(Message.FromText("to the silent one"), ActorRefs.NoSender);
        ExpectDropped(DropReason.Expired);
        StartServer(servers, Answering("talks"));

        Assert.Equal("talks", (await Ask(client, "?")).Text());
    }
}
