using Akka.Actor;
using Akka.Routing;

namespace Akka.Tests.Routing;

public class SmallestMailboxTests : TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_busy_routee_gets_nothing_while_another_is_idle()
    {
        using var gate = new ManualResetEventSlim();
        var router = Sys.ActorOf(new SmallestMailboxPool(2).Props(Props.Create(() => new GatedActor(gate))));
        try
        {
            router.Tell("first");
            var busy = ExpectMsg<Named>(Wait).Name;
            router.Tell("second");
            var other = ExpectMsg<Named>(Wait).Name;

            Assert.NotEqual(busy, other);
        }
        finally
        {
            gate.Set();
        }
    }

    [Fact]
    public void The_shorter_queue_gets_the_message()
    {
        using var gate = new ManualResetEventSlim();
        var longQueue = Sys.ActorOf(Props.Create(() => new GatedActor(gate)), "long");
        var shortQueue = Sys.ActorOf(Props.Create(() => new GatedActor(gate)), "short");
        try
        {
            // Both are processing a message, three wait for one and one for the other.
            longQueue.Tell("run");
            shortQueue.Tell("run");
            ExpectMsg<Named>(Wait);
            ExpectMsg<Named>(Wait);
            for (var i = 0; i < 3; i++)
            {
                longQueue.Tell(i);
            }

            shortQueue.Tell(0);
            Routee[] routees = [new ActorRefRoutee(longQueue), new ActorRefRoutee(shortQueue)];

            var logic = new SmallestMailboxRoutingLogic();

            Assert.All(Enumerable.Range(0, 4), _ => Assert.Equal(routees[1], logic.Select("m", routees)));
        }
        finally
        {
            gate.Set();
        }
    }

    [Fact]
    public void Idle_routees_take_turns()
    {
        Routee[] routees = [new ActorRefRoutee(CreateTestProbe().Ref), new ActorRefRoutee(CreateTestProbe().Ref)];
        var logic = new SmallestMailboxRoutingLogic();

        Assert.Equal(2, Enumerable.Range(0, 2).Select(_ => logic.Select("m", routees)).Distinct().Count());
    }

    [Fact]
    public void A_routee_that_is_known_by_path_only_comes_last()
    {
        var known = Sys.ActorOf(Props.Create<NamingActor>());
        Routee[] routees = [new ActorSelectionRoutee(Sys.ActorSelection("/user/elsewhere")), new ActorRefRoutee(known)];
        var logic = new SmallestMailboxRoutingLogic();

        Assert.All(Enumerable.Range(0, 4), _ => Assert.Same(routees[1], logic.Select("m", routees)));
    }

    [Fact]
    public void Without_routees_the_logic_selects_none()
    {
        Assert.Same(Routee.NoRoutee, new SmallestMailboxRoutingLogic().Select("m", []));
    }
}
