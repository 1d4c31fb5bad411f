using System.Net;
using System.Net.Sockets;
using Actors.Transport;
using Akka.Actor;
using Actors.Zmtp;
using Xunit.Abstractions;

namespace Actors.Tests;

public sealed class RequestRetryTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private static readonly RetrySettings Soon = new(3) { Interval = TimeSpan.FromMilliseconds(5), TryTimeout = TimeSpan.FromMilliseconds(300) };

    private static RequestSettings Client(params string[] endpoints) =>
        new() { Name = "client", Socket = new SocketSettings { Connect = endpoints, ReconnectInterval = TimeSpan.FromMilliseconds(20) }, Timeout = Patience, Retry = Soon };

    private static Props Answering(string reply) => Handler((_, sender, self) => sender.Tell(Message.FromText(reply), self));

    private static readonly Props Silent = Handler((_, _, _) => { });

    private (IActorRef Role, string Endpoint) Server(string name, Props handler) =>
        Start(ReplyRole.Props(new ReplySettings { Name = name, Socket = new SocketSettings { Bind = [AnyPort] } }, handler));

    private async Task<IReadOnlyList<string>> Ask(IActorRef client, int times)
    {
        var replies = new List<string>();
        for (var i = 0; i < times; i++) replies.Add((await client.Ask<Message>(Message.FromText($"{i}"), Patience)).Text());
        return replies;
    }

    private async Task WaitForPeers(IActorRef client, int peers) =>
        await AwaitAssertAsync(async () => Assert.Equal(peers, (await client.Ask<RoleStatus>(GetRoleStatus.Instance, Patience)).Peers), Patience);

    [Fact]
    public async Task Connected_servers_are_asked_in_turn()
    {
        var (_, one) = Server("one", Answering("one"));
        var (_, two) = Server("two", Answering("two"));
        var (client, _) = Start(RequestRole.Props(Client(one, two)));
        await WaitForPeers(client, 2);

        var replies = await Ask(client, 6);
        Assert.Equal(3, replies.Count(reply => reply == "one"));
        Assert.Equal(3, replies.Count(reply => reply == "two"));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 4)]
    [InlineData(true, 4)]
    public async Task A_request_that_one_server_does_not_answer_goes_to_another(bool identified, int inFlight)
    {
        Sys.EventStream.Subscribe(TestActor, typeof(RequestRetried));
        var (_, silent) = Server("silent", Silent);
        var (_, talking) = Server("talking", Answering("here"));
        var (client, _) = Start(RequestRole.Props(Client(silent, talking) with { Identified = identified, MaxInFlight = inFlight }));
        await WaitForPeers(client, 2);

        Assert.All(await Ask(client, 2), reply => Assert.Equal("here", reply));
        var retried = ExpectMsg<RequestRetried>(Patience);
        Assert.Equal((silent, 1), (retried.Server, retried.Tries));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_not_asked()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(RequestRetried));
        var (_, there) = Server("there", Answering("here"));
        // Bound, so that nobody else takes the port, and not listening.
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var (client, _) = Start(RequestRole.Props(Client($"tcp://{nobody.LocalEndPoint}", there)));

        Assert.All(await Ask(client, 5), reply => Assert.Equal("here", reply));
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_whose_server_disconnects_goes_to_another_at_once(bool identified)
    {
        using var dying = new RouterSocket();
        var port = dying.BindRandomPort("tcp://127.0.0.1");
        // Without the disconnect, the request would stay at the first server for as long as the test waits.
        var patient = Soon with { TryTimeout = Patience };
        var (client, _) = Start(RequestRole.Props(Client($"tcp://127.0.0.1:{port}") with { Retry = patient, Identified = identified, Timeout = 2 * Patience }));
        var reply = client.Ask<Message>(Message.FromText("?"), Patience);
        var asked = new ZmqMessage();
        Assert.True(dying.TryReceiveMultipartMessage(Patience, ref asked), "the request did not reach the first server");
        dying.Dispose();

        Start(ReplyRole.Props(new ReplySettings { Name = "heir", Socket = new SocketSettings { Bind = [$"tcp://127.0.0.1:{port}"] } }, Answering("heir")));
        Assert.Equal("heir", (await reply).Text());
    }

    [Fact]
    public async Task The_last_try_has_the_rest_of_the_time()
    {
        using var slow = new RouterSocket();
        var port = slow.BindRandomPort("tcp://127.0.0.1");
        var (client, _) = Start(RequestRole.Props(Client($"tcp://127.0.0.1:{port}") with { Retry = Soon with { Retries = 2, TryTimeout = TimeSpan.FromMilliseconds(20) }, Identified = true }));
        var reply = client.Ask<Message>(Message.FromText("?"), Patience);
        var tries = new List<ZmqMessage>();
        while (tries.Count < 3)
        {
            var request = new ZmqMessage();
            Assert.True(slow.TryReceiveMultipartMessage(Patience, ref request), $"only {tries.Count} tries of 3 came");
            tries.Add(request!);
        }
        Assert.Single(tries.Select(request => Convert.ToHexString(request[1].Buffer)).Distinct());
        Assert.Equal(28, tries[0][1].BufferSize);

        slow.SendMultipartMessage(tries[2]);
        Assert.Equal("?", (await reply).Text());
    }

    [Fact]
    public async Task A_reply_to_the_first_try_ends_an_identified_request()
    {
        WatchDrops();
        using var slow = new RouterSocket();
        var port = slow.BindRandomPort("tcp://127.0.0.1");
        var (client, _) = Start(RequestRole.Props(Client($"tcp://127.0.0.1:{port}") with { Identified = true, Retry = Soon with { TryTimeout = TimeSpan.FromMilliseconds(20) } }));
        var reply = client.Ask<Message>(Message.FromText("?"), Patience);
        ZmqMessage? first = new(), second = new();
        Assert.True(slow.TryReceiveMultipartMessage(Patience, ref first), "the first try did not come");
        Assert.True(slow.TryReceiveMultipartMessage(Patience, ref second), "the second try did not come");
        slow.SendMultipartMessage(first!);
        Assert.Equal("?", (await reply).Text());

        slow.SendMultipartMessage(second!);
        ExpectDropped(DropReason.LateReply);
    }

    [Fact]
    public async Task Requests_that_timed_out_while_they_waited_leave_their_places()
    {
        var (client, _) = Start(RequestRole.Props(Client("tcp://127.0.0.1:1") with { Timeout = TimeSpan.FromMilliseconds(100), Outbound = new OutboundSettings(3, OverflowRule.Fail) }));

        for (var round = 0; round < 2; round++)
        {
            var ends = Enumerable.Range(0, 3).Select(_ => client.Ask<Message>(Message.FromText("?"), Patience)).ToList();
            foreach (var end in ends) await Assert.ThrowsAsync<RequestTimeoutException>(() => end);
        }
    }

    [Theory]
    [InlineData("retries", -1, 100, 200)]
    [InlineData("retry-interval", 1, 0, 200)]
    [InlineData("retry-interval-max", 1, 100, 50)]
    public void Settings_out_of_range_name_the_key(string key, int retries, int interval, int longest)
    {
        var settings = Client("tcp://127.0.0.1:1") with
        {
            Retry = new RetrySettings(retries) { Interval = TimeSpan.FromMilliseconds(interval), IntervalMax = TimeSpan.FromMilliseconds(longest) },
        };

        Assert.Equal(key, Assert.Throws<SocketSettingsException>(settings.Validate).Option);
    }
}
