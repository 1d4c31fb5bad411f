using Akka.Actor;
using Akka.Routing;

namespace Akka.Tests.Routing;

public class BroadcastTests : TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_broadcast_pool_gives_each_message_to_all()
    {
        var router = Sys.ActorOf(new BroadcastPool(3).Props(Props.Create<NamingActor>()));

        router.Tell("all");

        Assert.Equal(3, ReceiveN(3, Wait).Cast<Named>().Select(n => n.Name).Distinct().Count());
    }

    [Fact]
    public void A_broadcast_message_reaches_all_routees_of_any_router_without_its_envelope()
    {
        var router = Sys.ActorOf(new RoundRobinPool(4).Props(Props.Create<NamingActor>()));

        router.Tell(new Broadcast("all"));

        var answers = ReceiveN(4, Wait).Cast<Named>().ToList();
        Assert.Equal(4, answers.Select(n => n.Name).Distinct().Count());
        Assert.All(answers, a => Assert.Equal("all", a.Message));
    }

    [Fact]
    public void A_broadcast_group_gives_each_message_to_all()
    {
        var probes = Enumerable.Range(0, 3).Select(_ => CreateTestProbe()).ToList();
        var router = Sys.ActorOf(new BroadcastGroup(probes.Select(p => p.Ref.Path.ToString())).Props());

        router.Tell("all");

        Assert.All(probes, p => p.ExpectMsg("all", Wait));
    }

    [Fact]
    public void A_broadcast_poison_pill_ends_the_routees_after_their_messages_and_then_the_router()
    {
        var router = Watch(Sys.ActorOf(new RoundRobinPool(2).Props(Props.Create<NamingActor>())));
        for (var i = 0; i < 20; i++)
        {
            router.Tell(i);
        }

        router.Tell(new Broadcast(PoisonPill.Instance));

        ReceiveN(20, Wait);
        ExpectTerminated(router, Wait);
    }

    [Fact]
    public void A_random_pool_uses_all_its_routees()
    {
        var router = Sys.ActorOf(new RandomPool(3).Props(Props.Create<NamingActor>()));
        var names = new HashSet<string>();
        AwaitAssert(
            () =>
            {
                router.Tell("any");
                names.Add(ExpectMsg<Named>(Wait).Name);
                Assert.Equal(3, names.Count);
            },
            Wait,
            TimeSpan.FromMilliseconds(1));
    }
}
