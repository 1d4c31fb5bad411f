using Akka.Actor;
using Akka.TestKit.TestActors;

namespace Akka.TestKit.Tests;

public class ChildActorOfTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    private sealed class Failing : ReceiveActor
    {
        public Failing()
        {
            Receive<Exception>(failure => throw failure);
        }
    }

    [Fact]
    public void The_test_actor_is_the_parent()
    {
        var child = ChildActorOf(SimpleEchoActor.Props(), "child");

        Assert.Equal(TestActor.Path, child.Path.Parent);
        Assert.Equal("child", child.Path.Name);
    }

    [Fact]
    public void Each_child_may_have_a_strategy_of_its_own()
    {
        var mortal = Watch(ChildActorOf(Props.Create<Failing>(), SupervisorStrategy.StoppingStrategy));
        var immortal = Watch(ChildActorOf(Props.Create<Failing>(), new OneForOneStrategy(_ => Directive.Resume)));

        EventFilter.Exception<FormatException>().Expect(1, Wait, () => mortal.Tell(new FormatException()));
        immortal.Tell(new FormatException());

        ExpectTerminated(mortal, Wait);
        immortal.Tell(PoisonPill.Instance);
        ExpectTerminated(immortal, Wait);
    }

    [Fact]
    public async Task It_can_be_awaited()
    {
        var child = await ChildActorOfAsync(SimpleEchoActor.Props());

        child.Tell("m");

        await ExpectMsgFromAsync(child, "m", Wait);
    }
}
