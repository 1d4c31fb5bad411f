using Akka.Actor;
using Akka.TestKit.TestActors;

namespace Akka.TestKit.Tests;

public class TestActorsTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public void An_echo_reaches_the_test_and_the_sender()
    {
        var probe = CreateTestProbe();
        var echo = Sys.ActorOf(EchoActor.Props(this));

        probe.Send(echo, "m");

        probe.ExpectMsgFrom(echo, "m", Wait);
        ExpectMsgFrom(probe.Ref, "m", Wait);
    }

    [Fact]
    public void A_forwarder_keeps_the_sender()
    {
        var probe = CreateTestProbe();
        var forwarder = Sys.ActorOf(ForwardActor.Props(TestActor));

        probe.Send(forwarder, "m");

        ExpectMsgFrom(probe.Ref, "m", Wait);
    }

    [Fact]
    public async Task A_black_hole_handles_everything()
    {
        var hole = Sys.ActorOf(BlackHoleActor.Props);

        await EventFilter.Warning().ExpectAsync(0, async () =>
        {
            hole.Tell("m");
            await hole.Ask<ActorIdentity>(new Identify(1), Wait);
        });
    }
}
