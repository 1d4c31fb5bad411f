using Akka.Actor;
using Akka.Event;
using Akka.Routing;

namespace Akka.Tests.Routing;

public class PoolSizeTests : TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    internal static List<Routee> RouteesOf(IActorRef router) =>
        [.. router.Ask<Routees>(new GetRoutees(), Wait).GetAwaiter().GetResult().Members];

    private static IActorRef ActorOf(Routee routee) => ((ActorRefRoutee)routee).Actor;

    [Fact]
    public void A_pool_has_as_many_children_as_it_was_told()
    {
        var router = Sys.ActorOf(new RoundRobinPool(4).Props(Props.Create<NamingActor>()));

        var routees = RouteesOf(router);

        Assert.Equal(4, routees.Count);
        Assert.All(routees, r => Assert.Equal(router.Path, ActorOf(r).Path.Parent));
    }

    [Fact]
    public void A_pool_grows_and_shrinks_when_told_to()
    {
        var router = Sys.ActorOf(new RoundRobinPool(2).Props(Props.Create<NamingActor>()));

        router.Tell(new AdjustPoolSize(3));
        Assert.Equal(5, RouteesOf(router).Count);

        var last = Watch(ActorOf(RouteesOf(router)[^1]));
        router.Tell(new AdjustPoolSize(-1));
        Assert.Equal(4, RouteesOf(router).Count);
        ExpectTerminated(last, Wait);
    }

    [Fact]
    public void A_routee_that_terminates_is_removed()
    {
        var router = Sys.ActorOf(new RoundRobinPool(2).Props(Props.Create<NamingActor>()));
        var first = ActorOf(RouteesOf(router)[0]);

        Sys.Stop(first);

        AwaitAssert(() => Assert.DoesNotContain(new ActorRefRoutee(first), RouteesOf(router)), Wait);
        Assert.Single(RouteesOf(router));
    }

    [Fact]
    public void The_router_stops_with_its_last_routee()
    {
        var router = Watch(Sys.ActorOf(new RoundRobinPool(2).Props(Props.Create<NamingActor>())));

        foreach (var routee in RouteesOf(router))
        {
            Sys.Stop(ActorOf(routee));
        }

        ExpectTerminated(router, Wait);
    }

    [Fact]
    public void The_routees_stop_with_their_router()
    {
        var router = Sys.ActorOf(new RoundRobinPool(2).Props(Props.Create<NamingActor>()));
        var routees = RouteesOf(router).Select(ActorOf).ToList();
        routees.ForEach(r => Watch(r));

        router.Tell(PoisonPill.Instance);

        var gone = new[] { ExpectMsg<Terminated>(Wait).ActorRef, ExpectMsg<Terminated>(Wait).ActorRef };
        Assert.Equal(routees.ToHashSet(), gone.ToHashSet());
    }

    [Fact]
    public void A_foreign_routee_can_be_added_and_removed_and_lives_on()
    {
        var router = Sys.ActorOf(new RoundRobinPool(1).Props(Props.Create<NamingActor>()));
        var foreign = CreateTestProbe();

        router.Tell(new AddRoutee(new ActorRefRoutee(foreign.Ref)));
        Assert.Equal(2, RouteesOf(router).Count);
        router.Tell(new Broadcast("hello"));
        foreign.ExpectMsg("hello", Wait);

        router.Tell(new RemoveRoutee(new ActorRefRoutee(foreign.Ref)));
        Assert.Single(RouteesOf(router));
        foreign.Ref.Tell("still there");
        foreign.ExpectMsg("still there", Wait);
    }

    [Fact]
    public void A_removed_child_still_processes_what_it_had_and_then_stops()
    {
        var router = Sys.ActorOf(new RoundRobinPool(2).Props(Props.Create<NamingActor>()));
        var removed = RouteesOf(router)[0];
        Watch(ActorOf(removed));

        ActorOf(removed).Tell("work");
        router.Tell(new RemoveRoutee(removed));

        ExpectMsg<Named>(n => n.Message is "work", Wait);
        ExpectTerminated(ActorOf(removed), Wait);
    }

    [Fact]
    public void What_is_sent_to_a_router_without_routees_becomes_a_dead_letter()
    {
        var router = Sys.ActorOf(new RoundRobinPool(0).Props(Props.Create<NamingActor>()));
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        router.Tell("nobody");
        router.Tell(new Broadcast("nobody at all"), ActorRefs.NoSender);

        ExpectMsg<DeadLetter>(letter => letter.Message is "nobody", Wait);
        ExpectMsg<DeadLetter>(letter => letter.Message is "nobody at all", Wait);
    }

    [Fact]
    public void A_negative_size_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new RoundRobinPool(-1));

        Assert.Contains("-1", error.Message);
    }
}
