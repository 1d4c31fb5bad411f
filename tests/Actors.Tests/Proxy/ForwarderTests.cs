using Actors.Transport;
using Akka.Actor;

namespace Actors.Tests.Proxy;

/// <summary>The forwarder role on simulated sockets.</summary>
public sealed class ForwarderTests : SimulatedRoleTests
{
    private static ForwarderSettings Settings => new()
    {
        Name = "forwarder",
        Frontend = Bound,
        Backend = new SocketSettings { Bind = ["tcp://*:5556"] },
    };

    private IActorRef Forwarder(ForwarderSettings? settings = null) => Sys.ActorOf(ForwarderRole.Props(settings ?? Settings), "forwarder");

    private Actors.TestKit.SimulatedSocket Front => Network.Socket("forwarder.frontend");

    private Actors.TestKit.SimulatedSocket Back => Network.Socket("forwarder.backend");

    [Fact]
    public void What_a_subscriber_subscribes_to_is_subscribed_to_at_the_publishers()
    {
        Forwarder();
        var (one, two) = (Back.Connect(), Back.Connect());
        one.Subscribe("a");
        two.Subscribe("a");
        two.Subscribe("b");
        Assert.Equal(["a", "b"], Front.Subscriptions);

        one.Unsubscribe("a");
        Assert.Equal(["a", "b"], Front.Subscriptions);
        two.Disconnect();
        Assert.Empty(Front.Subscriptions);
    }

    [Fact]
    public void A_forwarder_passes_on_what_is_subscribed_to_with_its_frames_untouched()
    {
        Forwarder();
        var subscriber = Back.Connect();
        subscriber.Subscribe("a");
        Front.Connect().Send(Text("a1", "", "x"), Text("b"), Text("a2"));

        Assert.Equal([Text("a1", "", "x"), Text("a2")], subscriber.Received);
    }

    [Fact]
    public void Other_messages_of_subscribers_go_to_the_publishers()
    {
        Forwarder();
        var publisher = Front.Connect();
        Back.Connect().Send(Text("hello", "there"));

        Assert.Equal(Text("hello", "there"), publisher.Expect());
    }

    [Fact]
    public void When_the_back_fails_its_subscriptions_end_at_the_publishers_until_they_come_again()
    {
        Forwarder();
        Back.Connect().Subscribe("a");
        Back.Fail(new InvalidOperationException("broken"));
        Assert.Empty(Front.Subscriptions);

        Back.Open();
        Back.Connect().Subscribe("a");
        Assert.Equal(["a"], Front.Subscriptions);
    }

    [Fact]
    public void Subscriptions_outlast_a_failure_of_the_front()
    {
        Forwarder();
        var subscriber = Back.Connect();
        subscriber.Subscribe("a");
        Front.Fail(new InvalidOperationException("broken"));
        Front.Open();
        Front.Connect().Send(Text("a"));

        Assert.Equal(Text("a"), subscriber.Expect());
    }

    [Fact]
    public void A_published_capture_has_every_message_of_both_directions_in_order()
    {
        Forwarder(Settings with { Capture = new CaptureSettings(new SocketSettings { Bind = ["tcp://*:5557"] }) });
        var capture = Network.Socket("forwarder.capture").Connect();
        capture.Subscribe("");
        Back.Connect().Subscribe("a");
        Front.Connect().Send(Text("a", "1"), Text("a", "2"));

        Assert.Equal([Text("\u0001a"), Text("a", "1"), Text("a", "2")], capture.Received);
    }
}
