using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Actors.Tests.Peers;

/// <summary>A role whose messages wait for a peer says so after 5 s, in virtual time.</summary>
public sealed class NoPeerTests() : Akka.TestKit.Xunit2.TestKit(ConfigurationFactory.ParseString("akka.loglevel = INFO").WithFallback(VirtualTime.Config))
{
    private static readonly SocketSettings s_bound = new() { Bind = ["tcp://*:1"] };

    private VirtualTime Time => VirtualTime.Of(Sys);

    private SimulatedNetwork Network => SimulatedNetwork.Of(Sys);

    private IActorRef Start(Props props)
    {
        _ = Time;
        _ = Network;
        Sys.EventStream.Subscribe(TestActor, typeof(Warning));
        return Sys.ActorOf(props);
    }

    private IActorRef Push() => Start(PushRole.Props(new PushSettings { Name = "push", Socket = s_bound }));

    private void Send(IActorRef role, int count)
    {
        for (var i = 0; i < count; i++) role.Tell(Message.FromText($"{i}"), ActorRefs.NoSender);
    }

    private void Advance(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    private string ExpectWarning() => $"{ExpectMsg<Warning>(TimeSpan.FromSeconds(30)).Message}";

    [Fact]
    public void A_push_role_whose_messages_have_waited_5_s_for_a_peer_says_so_and_when_one_comes()
    {
        var role = Push();
        Send(role, 25);
        Advance(4.9);
        ExpectNoMsg(TimeSpan.Zero);
        Advance(0.1);
        Assert.Equal("push: no peer for 5 s; 25 messages wait", ExpectWarning());
        Send(role, 5);
        Advance(60);
        Network.Socket("push").Connect();
        Assert.Equal("push: has a peer after 65 s; 30 messages waited", ExpectWarning());
    }

    [Fact]
    public void A_role_without_messages_misses_no_peer()
    {
        Push();
        Advance(60);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_peer_that_comes_within_5_s_is_no_warning()
    {
        var role = Push();
        Send(role, 3);
        Advance(4.9);
        Network.Socket("push").Connect();
        Advance(60);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void The_time_counts_from_the_first_message_that_waits()
    {
        var role = Push();
        var peer = Network.Socket("push").Connect();
        Send(role, 3);
        peer.Disconnect();
        Advance(60);
        ExpectNoMsg(TimeSpan.Zero);
        Send(role, 1);
        Advance(4.9);
        ExpectNoMsg(TimeSpan.Zero);
        Advance(0.1);
        Assert.Equal("push: no peer for 5 s; 1 messages wait", ExpectWarning());
    }

    [Fact]
    public void A_request_role_says_so_once_for_all_its_servers()
    {
        var role = Start(RequestRole.Props(new RequestSettings { Name = "client", Socket = new SocketSettings { Connect = ["tcp://one:1", "tcp://two:2"] }, Timeout = TimeSpan.FromMinutes(1) }));
        Send(role, 2);
        Advance(5);
        Assert.Equal("client: no peer for 5 s; 2 messages wait", ExpectWarning());
        Network.Socket("client.2").Connect();
        Assert.Equal("client: has a peer after 5 s; 2 messages waited", ExpectWarning());
    }

    [Fact]
    public void An_acknowledged_push_role_says_so()
    {
        var role = Start(PushRole.Props(new PushSettings { Name = "push", Socket = s_bound, Acknowledged = new() }));
        Send(role, 7);
        Advance(5);
        Assert.Equal("push: no peer for 5 s; 7 messages wait", ExpectWarning());
    }

    [Fact]
    public void A_queue_without_servers_says_so()
    {
        var queue = Start(QueueRole.Props(new QueueSettings
        {
            Name = "queue", Clients = new SocketSettings { Bind = ["tcp://*:1"] }, Servers = new SocketSettings { Bind = ["tcp://*:2"] }, Timeout = TimeSpan.FromMinutes(1),
        }));
        Network.Socket("queue.clients").Connect().Send(Message.FromText("", "?"));
        Advance(5);
        Assert.Equal("queue.servers: no peer for 5 s; 1 messages wait", ExpectWarning());
        Assert.NotNull(queue);
    }

    [Fact]
    public void A_dealer_says_so()
    {
        var role = Start(DealerRole.Props(new DealerSettings { Name = "dealer", Socket = s_bound }, Props.Empty));
        Send(role, 2);
        Advance(5);
        Assert.Equal("dealer: no peer for 5 s; 2 messages wait", ExpectWarning());
    }

    [Fact]
    public void A_streamer_says_so_of_its_back()
    {
        Start(StreamerRole.Props(new StreamerSettings { Name = "streamer", Frontend = s_bound, Backend = new SocketSettings { Bind = ["tcp://*:2"] } }));
        Network.Socket("streamer.frontend").Connect().Send(Message.FromText("1"), Message.FromText("2"));
        Advance(5);
        Assert.Equal("streamer.backend: no peer for 5 s; 2 messages wait", ExpectWarning());
    }

    [Fact]
    public void A_publisher_waits_for_nobody()
    {
        Send(Start(PublishRole.Props(new PublishSettings { Name = "publisher", Socket = s_bound })), 10);
        Advance(60);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_role_whose_peers_come_and_go_sums_them_up_by_a_timer_of_its_own()
    {
        var role = Push();
        Sys.EventStream.Subscribe(TestActor, typeof(Info));
        var socket = Network.Socket("push");
        for (var i = 0; i < 100; i++) socket.Connect();
        Advance(10);
        FishForMessage<Info>(info => $"{info.Message}".StartsWith("push: 97 more peers connected within 10 s", StringComparison.Ordinal), TimeSpan.FromSeconds(30), "the sum");
        Assert.NotNull(role);
    }
}
