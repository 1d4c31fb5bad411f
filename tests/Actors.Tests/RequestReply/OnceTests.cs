using Actors.Transport;
using Akka.Actor;
using Actors.Zmtp;
using Xunit.Abstractions;

namespace Actors.Tests;

public sealed class OnceTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private static readonly byte[] Client = [.. Enumerable.Range(1, 16).Select(n => (byte)n)];

    private static ReplySettings Server() => new() { Name = "server", Socket = new SocketSettings { Bind = [AnyPort] }, Once = new() };

    /// <summary>The id frame as docs/protocols/request-reply.md gives it.</summary>
    private static byte[] Id(byte number) => [0, (byte)'R', (byte)'Q', 1, .. Client, 0, 0, 0, 0, 0, 0, 0, number];

    private static void Send(DealerSocket dealer, byte[] id, string body) => dealer.SendMoreFrame(id).SendMoreFrameEmpty().SendFrame(body);

    private static (byte[] Id, string Body) Receive(DealerSocket dealer)
    {
        var reply = new ZmqMessage();
        Assert.True(dealer.TryReceiveMultipartMessage(Patience, ref reply), "no reply came");
        Assert.Equal(3, reply!.FrameCount);
        return (reply[0].ToByteArray(), reply[2].ConvertToString());
    }

    /// <summary>A handler that answers with how often it was asked.</summary>
    private static Props Counting()
    {
        var asked = 0;
        return Handler((message, sender, self) => sender.Tell(Message.FromText($"{message.Text()} {++asked}"), self));
    }

    [Fact]
    public void A_repeat_gets_the_first_reply_again()
    {
        var (_, endpoint) = Start(ReplyRole.Props(Server(), Counting()));
        using var dealer = new DealerSocket(">" + endpoint);
        using var other = new DealerSocket(">" + endpoint);

        Send(dealer, Id(1), "work");
        Assert.Equal("work 1", Receive(dealer).Body);
        Send(dealer, Id(1), "work");
        Assert.Equal("work 1", Receive(dealer).Body);
        // By another connection as well: a client that reconnects has a new routing id.
        Send(other, Id(1), "work");
        var (id, body) = Receive(other);
        Assert.Equal("work 1", body);
        Assert.Equal(Id(1), id);
        Send(dealer, Id(2), "work");
        Assert.Equal("work 2", Receive(dealer).Body);
    }

    [Fact]
    public void A_repeat_while_the_first_is_worked_on_gets_its_reply_without_work_of_its_own()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(RequestRepeated));
        var worker = CreateTestProbe();
        var (_, endpoint) = Start(ReplyRole.Props(Server(), Handler((message, sender, _) => worker.Ref.Tell(message, sender))));
        using var gone = new DealerSocket(">" + endpoint);
        Send(gone, Id(1), "work");
        worker.ExpectMsg<Message>(Patience);
        var first = worker.LastSender;
        using var back = new DealerSocket(">" + endpoint);
        Send(back, Id(1), "work");
        Assert.False(ExpectMsg<RequestRepeated>(Patience).Answered);

        first.Tell(Message.FromText("done"));
        Assert.Equal("done", Receive(back).Body);
        Assert.False(worker.HasMessages, "the repeat was worked on too");
    }

    [Fact]
    public void A_request_that_failed_is_worked_on_again()
    {
        WatchDrops();
        var fails = true;
        var (_, endpoint) = Start(ReplyRole.Props(Server(), Handler((_, sender, self) =>
        {
            sender.Tell(fails ? new Status.Failure(new InvalidOperationException("not yet")) : Message.FromText("now"), self);
            fails = false;
        })));
        using var dealer = new DealerSocket(">" + endpoint);
        Send(dealer, Id(1), "work");
        ExpectDropped(DropReason.HandlerFailed);
        var refusal = new ZmqMessage();
        Assert.True(dealer.TryReceiveMultipartMessage(Patience, ref refusal), "the client was not told");
        Assert.Equal(["RX", "not yet"], [refusal![0].ConvertToString()[1..3], refusal[3].ConvertToString()[^7..]]);

        Send(dealer, Id(1), "work");
        Assert.Equal("now", Receive(dealer).Body);
    }

    [Fact]
    public void Requests_without_an_id_are_each_worked_on()
    {
        var (_, endpoint) = Start(ReplyRole.Props(Server(), Counting()));
        using var request = new RequestSocket(">" + endpoint);
        foreach (var expected in new[] { "same 1", "same 2" })
        {
            request.SendFrame("same");
            Assert.True(request.TryReceiveFrameString(Patience, out var reply), "no reply came to a plain REQ");
            Assert.Equal(expected, reply);
        }
    }

    [Fact]
    public void The_cache_holds_so_many_replies_and_no_more()
    {
        var (_, endpoint) = Start(ReplyRole.Props(Server() with { Once = new OnceSettings { Capacity = 2 } }, Counting()));
        using var dealer = new DealerSocket(">" + endpoint);
        foreach (var (id, reply) in new (byte, string)[] { (1, "x 1"), (2, "x 2"), (3, "x 3"), (2, "x 2"), (3, "x 3"), (1, "x 4") })
        {
            Send(dealer, Id(id), "x");
            Assert.Equal(reply, Receive(dealer).Body);
        }
    }

    [Fact]
    public async Task Retries_of_a_request_role_are_worked_on_once()
    {
        var asked = 0;
        var worker = CreateTestProbe();
        Sys.EventStream.Subscribe(TestActor, typeof(RequestRepeated));
        var (_, endpoint) = Start(ReplyRole.Props(Server(), Handler((message, sender, _) =>
        {
            asked++;
            worker.Ref.Tell(message, sender);
        })));
        var (client, _) = Start(RequestRole.Props(new RequestSettings
        {
            Name = "client",
            Socket = new SocketSettings { Connect = [endpoint] },
            Identified = true,
            Timeout = Patience,
            Retry = new RetrySettings(5) { Interval = TimeSpan.FromMilliseconds(1), TryTimeout = TimeSpan.FromMilliseconds(50) },
        }));
        var reply = client.Ask<Message>(Message.FromText("?"), Patience);
        for (var i = 0; i < 5; i++) ExpectMsg<RequestRepeated>(Patience);
        worker.ExpectMsg<Message>(Patience);
        worker.Reply(Message.FromText("!"));

        Assert.Equal("!", (await reply).Text());
        Assert.Equal(1, asked);
    }
}
