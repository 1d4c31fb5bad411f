using Akka.Actor;
using Akka.Event;
using Akka.Routing;

namespace Akka.Tests.Routing;

public class RouterTests : TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_router_can_be_used_without_an_actor()
    {
        var (one, two) = (CreateTestProbe(), CreateTestProbe());
        var router = new Router(new RoundRobinRoutingLogic(), one.Ref, two.Ref);

        router.Route("a", TestActor);
        router.Route("b", TestActor);

        one.ExpectMsgFrom(TestActor, "a", Wait);
        two.ExpectMsgFrom(TestActor, "b", Wait);
    }

    [Fact]
    public void A_change_of_the_routees_makes_another_router()
    {
        var probe = CreateTestProbe();
        var empty = new Router(new BroadcastRoutingLogic());

        var one = empty.AddRoutee(probe.Ref);

        Assert.Empty(empty.Routees);
        Assert.Single(one.Routees);
        Assert.Empty(one.RemoveRoutee(probe.Ref).Routees);
    }

    [Fact]
    public void Without_routees_a_message_becomes_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        new Router(new RoundRobinRoutingLogic()).Route("nobody", TestActor);

        ExpectMsg<DeadLetter>(letter => letter.Message is "nobody", Wait);
    }

    [Fact]
    public void Routees_are_equal_when_their_actors_are()
    {
        var probe = CreateTestProbe().Ref;

        Assert.Equal(new ActorRefRoutee(probe), new ActorRefRoutee(probe));
        Assert.NotEqual(new ActorRefRoutee(probe), (Routee)new ActorRefRoutee(TestActor));
        Assert.Equal(
            new ActorSelectionRoutee(Sys.ActorSelection("/user/a")), new ActorSelectionRoutee(Sys.ActorSelection("/user/a")));
    }

    private sealed class FirstOnly : RoutingLogic
    {
        public override Routee Select(object message, Routee[] routees) => routees.Length > 0 ? routees[0] : Routee.NoRoutee;
    }

    private sealed class FirstOnlyGroup(params string[] paths) : Group(paths, null)
    {
        public override IEnumerable<string> GetPaths(ActorSystem system) => InternalPaths;

        public override Router CreateRouter(ActorSystem system) => new(new FirstOnly());

        public override Util.ISurrogate ToSurrogate(ActorSystem system) => throw new NotSupportedException();
    }

    [Fact]
    public void A_routing_logic_of_ones_own_can_be_used()
    {
        var (one, two) = (CreateTestProbe(), CreateTestProbe());
        var router = Sys.ActorOf(new FirstOnlyGroup(one.Ref.Path.ToString(), two.Ref.Path.ToString()).Props());

        router.Tell("a");
        router.Tell("b");

        one.ExpectMsg("a", Wait);
        one.ExpectMsg("b", Wait);
        Assert.False(two.HasMessages);
    }
}
