using System.Text;
using Actors.Transport;
using Akka.Actor;
using Actors.Zmtp;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>Our ends against a bare DEALER that says exactly what the test wants: docs/protocols/pipeline.md, octet by octet.</summary>
public sealed class PipelineProtocolTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private const string ReceivingHello = "48504950450152 00000007 0000EA60";
    private const string SendingHello = "48504950450153 00000007 0000EA60";

    // A minute of silence is allowed, so that what these tests see within half of it is not the work of the heartbeat.
    private static readonly AcknowledgedSettings Patient = new() { Heartbeat = new HeartbeatSettings { Interval = TimeSpan.FromMilliseconds(100), Timeout = TimeSpan.FromSeconds(60) } };

    private (IActorRef Role, string Endpoint) StartPush(AcknowledgedSettings? settings = null, string endpoint = AnyPort) =>
        Start(PushRole.Props(new PushSettings { Name = "push", Socket = new SocketSettings { Bind = [endpoint] }, Acknowledged = settings ?? Patient }));

    private (IActorRef Role, string Endpoint) StartPull(SocketSettings socket, AcknowledgedSettings? settings = null) =>
        Start(PullRole.Props(new PullSettings { Name = "pull", Socket = socket, Acknowledged = settings ?? Patient }, TellingTo(TestActor)));

    private static byte[] Octets(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static void Send(DealerSocket peer, string hex, params string[] payload) =>
        peer.SendMultipartBytes([Octets(hex), .. payload.Select(Encoding.UTF8.GetBytes)]);

    /// <summary>The next message whose command is that letter; heartbeats and others before it are passed over.</summary>
    private static ZmqMessage Expect(DealerSocket peer, params char[] commands)
    {
        var seen = new StringBuilder();
        while (true)
        {
            var message = new ZmqMessage();
            Assert.True(peer.TryReceiveMultipartMessage(Patience, ref message), $"no '{new string(commands)}' came within {Patience.TotalSeconds} s; what came: {seen}");
            var kind = (char)message[0].ToByteArray()[0];
            if (commands.Contains(kind)) return message;
            if (seen.Length < 200) seen.Append(kind);
        }
    }

    /// <summary>The payloads of the next tasks, each alone or with others in one message.</summary>
    private static List<string> ExpectTasks(DealerSocket peer, int count)
    {
        var ids = new TaskIdReader();
        var payloads = new List<string>();
        while (payloads.Count < count)
        {
            var message = new Message([.. Expect(peer, 'T', 'M').Select(frame => (ReadOnlyMemory<byte>)frame.ToByteArray())]);
            Assert.True(PipelineCodec.TryRead(message, 0, ids, out var command, out var fault), fault);
            payloads.AddRange(((TasksCommand)command).Tasks.Select(task => task.Payload.Text()));
        }
        return payloads;
    }

    private static void ExpectError(DealerSocket peer, byte code, string text)
    {
        var error = Expect(peer, 'E')[0].ToByteArray();
        Assert.Equal(code, error[1]);
        Assert.Contains(text, Encoding.UTF8.GetString(error[2..]), StringComparison.Ordinal);
    }

    /// <summary>A receiving end with a session and that credit.</summary>
    private static DealerSocket Receiver(string endpoint, string credit = "00000001")
    {
        var peer = new DealerSocket(">" + endpoint);
        Send(peer, ReceivingHello);
        Expect(peer, 'H');
        Send(peer, "52" + credit);
        return peer;
    }

    [Fact]
    public void Hello_is_answered_with_the_same_number()
    {
        var (_, endpoint) = StartPush();
        using var peer = new DealerSocket(">" + endpoint);
        Send(peer, ReceivingHello);

        Assert.Equal(Octets("48504950450153 00000007 00000064"), Expect(peer, 'H')[0].ToByteArray());
    }

    [Theory]
    [InlineData("485049504509", 1, "expected 1")]
    [InlineData("42", 2, "HELLO")]
    [InlineData("FF", 3, "0xFF")]
    [InlineData("4850495045", 3, "HPIPE")]
    [InlineData(SendingHello, 4, "Sending")]
    public void What_cannot_be_followed_is_answered_with_its_error(string command, byte code, string text)
    {
        var (_, endpoint) = StartPush();
        using var peer = new DealerSocket(">" + endpoint);
        Send(peer, command);

        ExpectError(peer, code, text);
    }

    [Fact]
    public void No_more_tasks_are_sent_than_there_is_credit()
    {
        var (push, endpoint) = StartPush();
        using var peer = Receiver(endpoint, "00000003");
        for (var n = 0; n < 10; n++) push.Tell(Message.FromText($"{n}"));

        Assert.Equal(["0", "1", "2"], ExpectTasks(peer, 3));
        Assert.Equal((3, 7), (LedgerOf(push).Assigned, LedgerOf(push).Waiting));
        // What follows the heartbeat was sent behind it: had there been a fourth task, it would stand before.
        Expect(peer, 'B');
        Send(peer, "5200000001");
        Assert.Equal("3", Expect(peer, 'T')[1].ConvertToString());
    }

    [Fact]
    public void A_peer_that_disconnects_loses_its_tasks_at_once()
    {
        var (push, endpoint) = StartPush();
        using (var peer = Receiver(endpoint))
        {
            push.Tell(Message.FromText("task"));
            Expect(peer, 'T');
        }
        StartPull(new SocketSettings { Connect = [endpoint] });

        Assert.Equal("task", ExpectMsg<Message>(Patience).Text());
        Assert.Equal(1, LedgerOf(push).Redelivered);
    }

    [Fact]
    public void A_peer_that_falls_silent_loses_its_tasks()
    {
        var (push, endpoint) = StartPush(Patient with { Heartbeat = Patient.Heartbeat with { Timeout = TimeSpan.FromMilliseconds(500) } });
        using var peer = new DealerSocket(">" + endpoint);
        Send(peer, "48504950450152 00000007 00000032");
        Expect(peer, 'H');
        Send(peer, "5200000001");
        push.Tell(Message.FromText("task"));
        Expect(peer, 'T');
        // It stays connected, and says nothing more.
        StartPull(new SocketSettings { Connect = [endpoint] });

        Assert.Equal("task", ExpectMsg<Message>(Patience).Text());
    }

    [Fact]
    public void An_acknowledgement_holds_when_its_session_has_ended()
    {
        var (push, endpoint) = StartPush();
        using var peer = Receiver(endpoint);
        push.Tell(Message.FromText("task"));
        var id = Expect(peer, 'T')[0].ToByteArray()[5..];
        Send(peer, "47");
        AwaitCondition(() => LedgerOf(push).Waiting == 1, Patience);

        peer.SendFrame([(byte)'A', (byte)id.Length, .. id]);
        AwaitCondition(() => LedgerOf(push).Acknowledged == 1, Patience);
    }

    [Fact]
    public void A_task_given_back_for_good_is_dead_lettered()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(TaskDeadLettered));
        var (push, endpoint) = StartPush();
        using var peer = Receiver(endpoint);
        push.Tell(Message.FromText("task"));
        var id = Expect(peer, 'T')[0].ToByteArray()[5..];
        peer.SendFrame([(byte)'N', 1, (byte)id.Length, .. id, .. "no use"u8]);

        var dead = ExpectMsg<TaskDeadLettered>(Patience);
        Assert.Equal((TryOutcome.Refused, "no use"), (Assert.Single(dead.History).Outcome, dead.History[0].Detail));
    }

    [Fact]
    public void A_repeat_is_acknowledged_and_not_handed_on()
    {
        var (pull, endpoint) = StartPull(new SocketSettings { Bind = [AnyPort] });
        using var peer = new DealerSocket(">" + endpoint);
        Send(peer, SendingHello);
        Assert.Equal(Octets("5200000010"), Expect(peer, 'R')[0].ToByteArray());
        for (var round = 1; round <= 2; round++)
        {
            Send(peer, $"540000000{round}6964", "task");
            Assert.Equal(Octets("41026964"), Expect(peer, 'A')[0].ToByteArray());
        }

        ExpectMsg<Message>(Patience);
        Assert.Equal(new ReceivedCounts(1, 0, 1), ReceivedOf(pull));
    }

    [Fact]
    public void A_task_without_credit_is_refused()
    {
        var gate = new ManualResetEventSlim();
        var (_, endpoint) = Start(PullRole.Props(
            new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = [AnyPort] }, Acknowledged = Patient with { Credit = 1 } },
            Handler((_, _, _) => gate.Wait(Patience))));
        using var peer = new DealerSocket(">" + endpoint);
        Send(peer, SendingHello);
        Expect(peer, 'R');
        Send(peer, "54000000016964", "one");
        Send(peer, "54000000016965", "two");

        ExpectError(peer, 5, "without credit");
        gate.Set();
        Assert.Equal(Octets("41026964"), Expect(peer, 'A')[0].ToByteArray());
    }

    [Fact]
    public void Tasks_that_wait_together_go_together()
    {
        var (push, endpoint) = StartPush();
        for (var n = 0; n < 3; n++) push.Tell(Message.FromText($"{n}"));
        AwaitCondition(() => LedgerOf(push).Waiting == 3, Patience);
        using var peer = Receiver(endpoint, "00000064");

        var frame = Assert.Single(Expect(peer, 'M')).ToByteArray();
        var ids = new List<byte[]>();
        for (var n = 0; n < 3; n++)
        {
            // Try 1, an id of 16 octets, one frame of one octet.
            var packed = frame[(1 + (27 * n))..];
            Assert.Equal(Octets("00000001 10"), packed[..5]);
            ids.Add(packed[5..21]);
            Assert.Equal([.. Octets("01 00000001"), (byte)('0' + n)], packed[21..27]);
        }
        peer.SendFrame([(byte)'A', .. ids.SelectMany(id => (byte[])[16, .. id])]);
        AwaitCondition(() => LedgerOf(push).Acknowledged == 3, Patience);
    }

    [Fact]
    public void A_peer_that_drains_is_sent_no_more_and_what_it_did_not_begin_goes_to_another()
    {
        var (push, endpoint) = StartPush();
        using var draining = Receiver(endpoint, "00000064");
        push.Tell(Message.FromText("0"));
        var id = Expect(draining, 'T')[0].ToByteArray()[5..];
        Send(draining, "44");
        draining.SendFrame([(byte)'N', 2, (byte)id.Length, .. id]);
        AwaitCondition(() => LedgerOf(push).Waiting == 1, Patience);
        push.Tell(Message.FromText("1"));
        using var other = Receiver(endpoint, "00000064");

        Assert.Equal(["0", "1"], ExpectTasks(other, 2));
        Assert.Equal(0, LedgerOf(push).Redelivered);
    }

    [Fact]
    public void A_pull_role_that_drains_says_so_and_returns_what_it_has_not_begun()
    {
        var gate = new ManualResetEventSlim();
        var (pull, endpoint) = Start(PullRole.Props(
            new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = [AnyPort] }, Acknowledged = Patient },
            Handler((_, _, _) => gate.Wait(Patience))));
        using var peer = new DealerSocket(">" + endpoint);
        Send(peer, SendingHello);
        Expect(peer, 'R');
        Send(peer, "54000000016964", "begun");
        AwaitCondition(() => ReceivedOf(pull).InHand == 1, Patience);

        pull.Tell(DrainRole.Instance, TestActor);
        Expect(peer, 'D');
        Send(peer, "54000000016965", "crosses the DRAIN");

        Assert.Equal(Octets("4E02026965"), Expect(peer, 'N')[0].ToByteArray()[..5]);
        gate.Set();
        Assert.Equal(Octets("41026964"), Expect(peer, 'A')[0].ToByteArray());
        ExpectMsg<RoleDrained>(Patience);
    }

    [Fact]
    public void A_session_begins_anew_when_the_bound_end_is_restarted()
    {
        var (first, endpoint) = StartPush();
        StartPull(new SocketSettings { Connect = [endpoint], ReconnectInterval = TimeSpan.FromMilliseconds(20) });
        first.Tell(Message.FromText("before"));
        Assert.Equal("before", ExpectMsg<Message>(Patience).Text());
        AwaitCondition(() => LedgerOf(first).Acknowledged == 1, Patience);

        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first, Patience);
        var (second, _) = StartPush(endpoint: endpoint);
        second.Tell(Message.FromText("after"));

        Assert.Equal("after", ExpectMsg<Message>(Patience).Text());
        AwaitCondition(() => LedgerOf(second).Acknowledged == 1, Patience);
    }

    [Fact]
    public void What_a_push_role_still_holds_when_it_stops_is_counted()
    {
        var (push, _) = StartPush();
        WatchDrops();
        push.Tell(Message.FromText("0"));
        push.Tell(Message.FromText("1"));
        // Comes behind the messages, which a stop would overtake.
        push.Tell(PoisonPill.Instance);

        Assert.Equal(2, ExpectDropped(DropReason.Stopped).Count);
    }
}
