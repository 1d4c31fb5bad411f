using Actors.Transport;
using Akka.Actor;

namespace Actors.Tests.Proxy;

/// <summary>The streamer role on simulated sockets.</summary>
public sealed class StreamerTests : SimulatedRoleTests
{
    private static readonly Message[] s_hundred = [.. Enumerable.Range(0, 100).Select(n => Text($"{n}", ""))];

    private static StreamerSettings Settings => new()
    {
        Name = "streamer",
        Frontend = Bound,
        Backend = new SocketSettings { Bind = ["tcp://*:5556"], OutboundWindow = 4 },
        InboundWindow = 10,
    };

    private IActorRef Streamer(StreamerSettings? settings = null) => Sys.ActorOf(StreamerRole.Props(settings ?? Settings), "streamer");

    private Actors.TestKit.SimulatedSocket Front => Network.Socket("streamer.frontend");

    private Actors.TestKit.SimulatedSocket Back => Network.Socket("streamer.backend");

    [Fact]
    public void A_streamer_deals_to_its_pullers_what_comes_from_its_pushers_with_the_frames_untouched()
    {
        Streamer();
        var (one, two) = (Back.Connect(), Back.Connect());
        Front.Connect().Send(s_hundred);

        Assert.Equal(s_hundred.Where((_, n) => n % 2 == 0), one.Received);
        Assert.Equal(s_hundred.Where((_, n) => n % 2 == 1), two.Received);
    }

    [Fact]
    public void A_streamer_reads_no_more_than_its_window_while_nobody_pulls_and_drops_nothing()
    {
        var streamer = Streamer();
        Front.Connect().Send(s_hundred);
        Assert.Equal(90, Front.Unread);
        Assert.Equal(10, StatusOf(streamer).Waiting);

        Assert.Equal(s_hundred, Back.Connect() is var puller ? puller.Received : []);
        Assert.Empty(Network.Dropped);
        Assert.Equal(10, Front.Credit);
    }

    [Fact]
    public void While_nobody_takes_the_pushed_copies_a_streamer_waits()
    {
        Streamer(Settings with { Capture = new CaptureSettings(new SocketSettings { Bind = ["tcp://*:5557"] }, CaptureKind.Push) });
        var puller = Back.Connect();
        Front.Connect().Send(s_hundred);
        Assert.InRange(puller.Received.Count, 10, 20);

        var capture = Network.Socket("streamer.capture").Connect();
        Assert.Equal(s_hundred, capture.Received);
        Assert.Equal(s_hundred, puller.Received);
        Assert.Empty(Network.Dropped);
    }

    [Fact]
    public void A_streamer_that_drains_takes_nothing_new()
    {
        var streamer = Streamer();
        var pusher = Front.Connect();
        pusher.Send(s_hundred[..3]);
        streamer.Tell(DrainRole.Instance, TestActor);
        pusher.Send(s_hundred[3..]);
        ExpectNoMsg(TimeSpan.Zero);

        var puller = Back.Connect();
        Assert.Equal("streamer", ExpectMsg<RoleDrained>().Role);
        Assert.Equal(s_hundred[..3], puller.Received);
        Assert.Equal(97, Front.Unread);
    }

    [Fact]
    public void What_a_streamer_holds_when_it_stops_is_counted()
    {
        var streamer = Streamer();
        Front.Connect().Send(s_hundred);
        Sys.Stop(streamer);

        Assert.Equal(10, Network.Dropped.Where(dropped => dropped.Reason == DropReason.Stopped).Sum(dropped => dropped.Count));
        Assert.Equal(90, Network.Dropped.Where(dropped => dropped.Reason == DropReason.Unread).Sum(dropped => dropped.Count));
    }

    [Fact]
    public void What_waits_while_the_back_is_opened_again_arrives()
    {
        Streamer();
        Back.Fail(new InvalidOperationException("broken"));
        Front.Connect().Send(s_hundred);
        Time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(s_hundred, Back.Connect() is var puller ? puller.Received : []);
    }

    [Fact]
    public void A_mistake_in_a_proxys_socket_is_named_with_its_section() =>
        Assert.Equal("capture.bind", Assert.Throws<SocketSettingsException>(() => (Settings with { Capture = new CaptureSettings(new SocketSettings { Bind = ["nonsense"] }) }).Validate()).Option);
}
