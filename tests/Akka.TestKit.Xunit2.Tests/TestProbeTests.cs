using Akka.Actor;
using Akka.TestKit.TestActors;

namespace Akka.TestKit.Tests;

public class TestProbeTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_probe_answers()
    {
        var probe = CreateTestProbe();
        var answer = probe.Ref.Ask<string>("question", Wait);
        probe.ExpectMsg("question", Wait);

        probe.Reply("answer");

        Assert.Equal("answer", await answer);
    }

    [Fact]
    public void A_probe_forwards_with_the_original_sender()
    {
        var (middle, last) = (CreateTestProbe(), CreateTestProbe());
        middle.Ref.Tell("m", TestActor);
        middle.ExpectMsg("m", Wait);

        middle.Forward(last);
        middle.Forward(last, "another");

        last.ExpectMsgFrom(TestActor, "m", Wait);
        last.ExpectMsgFrom(TestActor, "another", Wait);
    }

    [Fact]
    public void A_probe_sends_as_itself()
    {
        var probe = CreateTestProbe();
        var echo = Sys.ActorOf(SimpleEchoActor.Props());

        probe.Send(echo, "hello");

        probe.ExpectMsgFrom(echo, "hello", Wait);
        Assert.Equal(echo, probe.Sender);
    }

    [Fact]
    public void A_probe_can_stand_for_its_actor()
    {
        var probe = CreateTestProbe("probe");
        IActorRef reference = probe;

        reference.Tell("m", TestActor);

        probe.ExpectMsg("m", Wait);
        Assert.Equal("probe", reference.Path.Name);
        Assert.True(reference.Equals(probe.Ref));
        Assert.True(probe.Ref.Equals(reference));
        Assert.Equal(probe.Ref.GetHashCode(), reference.GetHashCode());
    }

    [Fact]
    public void Each_probe_has_its_own_queue()
    {
        var (one, two) = (CreateTestProbe(), CreateTestProbe());

        one.Ref.Tell("m");

        one.ExpectMsg("m", Wait);
        Assert.False(two.HasMessages);
        Assert.False(HasMessages);
    }

    [Fact]
    public void A_probe_watches()
    {
        var probe = CreateTestProbe();
        var echo = Sys.ActorOf(SimpleEchoActor.Props());
        probe.Watch(echo);

        Sys.Stop(echo);

        Assert.True(probe.ExpectTerminated(echo, Wait).ExistenceConfirmed);
    }

    [Fact]
    public void A_probe_has_children()
    {
        var probe = CreateTestProbe("parent");

        var child = probe.ChildActorOf<SimpleEchoActor>("child");

        Assert.Equal(probe.Ref.Path, child.Path.Parent);
        probe.Send(child, "hello");
        probe.ExpectMsg("hello", Wait);
    }

    [Fact]
    public void A_probe_that_is_stopped_can_be_watched()
    {
        var probe = CreateTestProbe();
        Watch(probe.Ref);

        Sys.Stop(probe.Ref);

        ExpectTerminated(probe.Ref, Wait);
    }
}
