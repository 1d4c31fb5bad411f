using Akka.Actor;
using Akka.Routing;

namespace Akka.Tests.Routing;

public class PoolSupervisionTests : TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    private sealed class Mortal : ReceiveActor
    {
        public Mortal(IActorRef witness)
        {
            witness.Tell($"born {Self.Path.Name}");
            Receive<Exception>(failure => throw failure);
            ReceiveAny(message => Sender.Tell(message));
        }
    }

    private sealed class Parent : ReceiveActor
    {
        private readonly IActorRef _witness;

        public Parent(IActorRef witness, Pool pool)
        {
            _witness = witness;
            var router = Context.ActorOf(pool.Props(Props.Create(() => new Mortal(witness))), "pool");
            ReceiveAny(router.Forward);
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(failure =>
        {
            _witness.Tell($"asked about {Sender.Path.Name}: {failure.Message}");
            return Directive.Restart;
        });
    }

    [Fact]
    public void By_default_a_failure_is_escalated_and_the_restart_of_the_router_restarts_all_routees()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(TestActor, new RoundRobinPool(3))), "parent");
        var born = ReceiveN(3, Wait).Cast<string>().Order().ToList();

        EventFilter.Exception<InvalidOperationException>("broken").ExpectOne(Wait, () =>
        {
            parent.Tell(new InvalidOperationException("broken"));
            ExpectMsg("asked about pool: broken", Wait);
        });

        Assert.Equal(born, ReceiveN(3, Wait).Cast<string>().Order());
        parent.Tell(new Broadcast("alive"));
        Assert.Equal(3, ReceiveN(3, Wait).Count(m => m is "alive"));
    }

    [Fact]
    public void A_strategy_of_the_pool_handles_the_failures_of_its_routees()
    {
        var restarts = new OneForOneStrategy(_ => Directive.Restart);
        var parent = Sys.ActorOf(
            Props.Create(() => new Parent(TestActor, new RoundRobinPool(3).WithSupervisorStrategy(restarts))), "parent");
        var born = ReceiveN(3, Wait).Cast<string>().ToList();

        EventFilter.Exception<InvalidOperationException>("broken").ExpectOne(Wait, () =>
            parent.Tell(new InvalidOperationException("broken")));

        Assert.Contains(ExpectMsg<string>(Wait), born);
        ExpectNoMsg(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public void A_strategy_that_stops_a_failed_routee_leaves_the_others()
    {
        var stops = new OneForOneStrategy(_ => Directive.Stop);
        var router = Sys.ActorOf(new RoundRobinPool(3, null, stops, null).Props(Props.Create<NamingActor>()));

        EventFilter.Exception<InvalidOperationException>("broken").ExpectOne(Wait, () =>
            router.Tell(new InvalidOperationException("broken")));

        AwaitAssert(() => Assert.Equal(2, PoolSizeTests.RouteesOf(router).Count), Wait);
        router.Tell(new Broadcast("alive"));
        Assert.Equal(2, ReceiveN(2, Wait).Count);
    }
}
