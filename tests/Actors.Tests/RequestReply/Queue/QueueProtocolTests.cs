using Actors.Transport;
using Akka.Actor;
using Actors.Zmtp;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>The queue and the server held to the octets of docs/protocols/queue.md by raw sockets.</summary>
public sealed class QueueProtocolTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private (string Clients, string Servers) StartQueue()
    {
        var queue = Sys.ActorOf(QueueRole.Props(new QueueSettings { Name = "queue", Clients = new SocketSettings { Bind = [AnyPort] }, Servers = new SocketSettings { Bind = [AnyPort] } }));
        queue.Tell(WhenReady.Instance, TestActor);
        var endpoints = ExpectMsg<RoleReady>(Patience).Endpoints;
        return (endpoints[0], endpoints[1]);
    }

    private static string Hex(ZmqFrame frame) => Convert.ToHexString(frame.ToByteArray());

    [Fact]
    public void A_request_has_its_number_the_clients_id_the_delimiter_and_the_body()
    {
        var (clients, servers) = StartQueue();
        using var server = new RawServer(servers).Join();
        using var client = new DealerSocket(">" + clients);
        byte[] id = [0, (byte)'R', (byte)'Q', 1, .. new byte[24]];
        client.SendMoreFrame(id).SendMoreFrameEmpty().SendMoreFrame("work").SendFrame("");

        var request = server.Next();
        Assert.Equal(5, request.FrameCount);
        Assert.Equal(9, request[0].BufferSize);
        Assert.Equal((Convert.ToHexString(id), "", "work", ""), (Hex(request[1]), Hex(request[2]), request[3].ConvertToString(), request[4].ConvertToString()));
        server.Reply(request, "done");
        var reply = new ZmqMessage();
        Assert.True(client.TryReceiveMultipartMessage(Patience, ref reply), "no reply came");
        Assert.Equal([Convert.ToHexString(id), "", "646F6E65"], reply!.Select(Hex));
    }

    [Fact]
    public void The_envelope_of_proxies_stays_with_the_queue()
    {
        var (clients, servers) = StartQueue();
        using var server = new RawServer(servers).Join();
        using var proxied = new DealerSocket(">" + clients);
        proxied.SendMoreFrame("hop").SendMoreFrameEmpty().SendFrame("work");

        var request = server.Next();
        Assert.Equal(["", "work"], request.Skip(1).Select(frame => frame.ConvertToString()));
        server.Reply(request, "done");
        var reply = new ZmqMessage();
        Assert.True(proxied.TryReceiveMultipartMessage(Patience, ref reply), "no reply came");
        Assert.Equal(["hop", "", "done"], reply!.Select(frame => frame.ConvertToString()));
    }

    [Fact]
    public void A_failure_reaches_the_client_as_a_refusal()
    {
        var (clients, servers) = StartQueue();
        using var server = new RawServer(servers).Join();
        using var client = new DealerSocket(">" + clients);
        client.SendMoreFrame([0, (byte)'R', (byte)'Q', 1, .. new byte[24]]).SendMoreFrameEmpty().SendFrame("work");
        server.Fail(server.Next(), "bad");

        var refusal = new ZmqMessage();
        Assert.True(client.TryReceiveMultipartMessage(Patience, ref refusal), "no refusal came");
        Assert.Equal("00525801" + new string('0', 48), Hex(refusal![0]));
        Assert.Equal(("", "04"), (Hex(refusal[1]), Hex(refusal[2])));
        Assert.EndsWith("bad", refusal[3].ConvertToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_is_answered_with_error_1()
    {
        var (_, servers) = StartQueue();
        using var server = new RawServer(servers);
        server.Ready(1, version: 2);

        Assert.Equal("4501", Hex(server.Command()[0])[..4]);
    }

    [Fact]
    public void A_heartbeat_without_a_session_is_answered_with_error_2()
    {
        var (_, servers) = StartQueue();
        using var server = new RawServer(servers);
        server.Socket.SendFrame([(byte)'H', 0, 0, 3, 232]);

        Assert.Equal("4502", Hex(server.Command()[0])[..4]);
    }

    [Fact]
    public void A_malformed_command_is_answered_with_error_3_and_counted()
    {
        WatchDrops();
        var (_, servers) = StartQueue();
        using var server = new RawServer(servers);
        server.Socket.SendFrame("what?");

        Assert.Equal("4503", Hex(server.Command()[0])[..4]);
        Assert.NotNull(ExpectDropped(DropReason.Malformed).Peer);
    }

    [Fact]
    public void A_server_is_given_no_more_than_its_capacity()
    {
        var (clients, servers) = StartQueue();
        using var server = new RawServer(servers).Join(capacity: 2);
        using var client = new DealerSocket(">" + clients);
        for (byte i = 0; i < 4; i++) client.SendMoreFrame(new[] { i }).SendMoreFrameEmpty().SendFrame($"{i}");
        var first = server.Next();
        var second = server.Next();
        // An error to this is the next command: nothing else was sent in between.
        server.Socket.SendFrame("what?");
        Assert.Equal((byte)'E', server.Next()[0].Buffer[0]);

        server.Reply(first, "done");
        Assert.Equal("2", server.Next().Last.ConvertToString());
        server.Reply(second, "done");
        Assert.Equal("3", server.Next().Last.ConvertToString());
    }

    // ---- the server

    private (RouterSocket Queue, IActorRef Server) StartServer(Props handler)
    {
        var queue = new RouterSocket();
        var port = queue.BindRandomPort("tcp://127.0.0.1");
        var settings = new ReplySettings
        {
            Name = "server",
            Socket = new SocketSettings(),
            MaxInFlight = 4,
            Queue = new JoinQueueSettings($"tcp://127.0.0.1:{port}") { Heartbeat = new HeartbeatSettings { Interval = TimeSpan.FromMilliseconds(100), Timeout = TimeSpan.FromMilliseconds(400) } },
        };
        return (queue, Start(ReplyRole.Props(settings, handler)).Role);
    }

    /// <summary>The next command of that octet; others are passed over.</summary>
    private static ZmqMessage Next(RouterSocket queue, char command)
    {
        while (true)
        {
            var message = new ZmqMessage();
            Assert.True(queue.TryReceiveMultipartMessage(Patience, ref message), $"the command {command} did not come");
            if (message![1].Buffer[0] == command) return message;
        }
    }

    private static readonly Props Echo = Handler((message, sender, self) => sender.Tell(message, self));

    [Fact]
    public void A_server_announces_itself_and_answers()
    {
        var (queue, _) = StartServer(Echo);
        using var socket = queue;
        var ready = Next(queue, 'R');
        Assert.Equal(31, ready[1].BufferSize);
        Assert.Equal("525155455545" + "01", Hex(ready[1])[..14]);
        Assert.Equal("00000004" + "00000064", Hex(ready[1])[46..]);
        var peer = ready[0].ToByteArray();
        queue.SendMoreFrame(peer).SendFrame([(byte)'H', 0, 0, 3, 232]);
        byte[] number = [(byte)'Q', 1, 2, 3, 4, 5, 6, 7, 8];
        queue.SendMoreFrame(peer).SendMoreFrame(number).SendMoreFrame("id").SendMoreFrameEmpty().SendFrame("work");

        var reply = Next(queue, 'Q');
        Assert.Equal([Convert.ToHexString(number), "6964", "", "776F726B"], reply.Skip(1).Select(Hex));
        Next(queue, 'H');
    }

    [Fact]
    public void A_server_whose_handler_fails_says_so()
    {
        var (queue, _) = StartServer(Handler((_, sender, self) => sender.Tell(new Status.Failure(new InvalidOperationException("bad")), self)));
        using var socket = queue;
        var peer = Next(queue, 'R')[0].ToByteArray();
        queue.SendMoreFrame(peer).SendMoreFrame([(byte)'Q', 1, 2, 3, 4, 5, 6, 7, 8]).SendMoreFrameEmpty().SendFrame("work");

        Assert.StartsWith("460102030405060708", Hex(Next(queue, 'F')[1]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_announces_itself_again_when_it_is_unknown_or_hears_nothing()
    {
        var (queue, _) = StartServer(Echo);
        using var socket = queue;
        var peer = Next(queue, 'R')[0].ToByteArray();
        queue.SendMoreFrame(peer).SendFrame([(byte)'H', 0, 0, 0, 1]);
        Next(queue, 'H');
        queue.SendMoreFrame(peer).SendFrame([(byte)'E', 2]);
        Next(queue, 'R');
        queue.SendMoreFrame(peer).SendFrame([(byte)'H', 0, 0, 0, 1]);
        Next(queue, 'H');
        // From here on the queue is silent.
        Next(queue, 'R');
    }

    [Fact]
    public void A_server_that_drains_says_goodbye()
    {
        var (queue, server) = StartServer(Echo);
        using var socket = queue;
        var peer = Next(queue, 'R')[0].ToByteArray();
        queue.SendMoreFrame(peer).SendFrame([(byte)'H', 0, 0, 3, 232]);
        Next(queue, 'H');
        server.Tell(DrainRole.Instance, TestActor);

        Next(queue, 'G');
        ExpectMsg<RoleDrained>(Patience);
    }
}
