using Akka.Actor;
using Akka.Event;
using Akka.TestKit.TestActors;

namespace Akka.TestKit.Tests;

public class NestedTestKitTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_second_TestKit_gives_the_implicit_sender_back()
    {
        var echo = Sys.ActorOf(SimpleEchoActor.Props());
        using (var other = new Xunit2.TestKit())
        {
            other.Sys.ActorOf(SimpleEchoActor.Props()).Tell("inner");
            other.ExpectMsg("inner", Wait);
        }

        echo.Tell("outer");

        ExpectMsg("outer", Wait);
    }

    [Fact]
    public void A_probe_may_belong_to_another_system()
    {
        using var other = new Xunit2.TestKit();
        var probe = CreateTestProbe(other.Sys, "guest");
        var echo = other.Sys.ActorOf(SimpleEchoActor.Props());

        probe.Send(echo, "m");

        probe.ExpectMsg("m", Wait);
        Assert.Same(other.Sys, probe.Sys);
    }

    [Fact]
    public void Event_filters_can_look_at_another_system()
    {
        using var other = new Xunit2.TestKit("akka.loglevel = INFO");

        CreateEventFilter(other.Sys).Info("m").ExpectOne(Wait, () => other.Log.Info("m"));
    }
}
