using Akka.Actor;
using Akka.Routing;
using Akka.TestKit.Xunit2;

namespace Akka.Tests.Routing;

public class RoundRobinTests : TestKit.Xunit2.TestKit
{
    [Fact]
    public void A_pool_gives_messages_to_its_routees_in_turn()
    {
        var router = Sys.ActorOf(new RoundRobinPool(3).Props(Props.Create<NamingActor>()), "pool");
        for (var i = 0; i < 9; i++)
        {
            router.Tell(i);
        }

        var answers = ReceiveN(9, TimeSpan.FromSeconds(10)).Cast<Named>().ToList();

        var perRoutee = answers.GroupBy(a => a.Name).ToList();
        Assert.Equal(3, perRoutee.Count);
        Assert.All(perRoutee, routee =>
        {
            var numbers = routee.Select(a => (int)a.Message).ToList();
            Assert.Equal([numbers[0], numbers[0] + 3, numbers[0] + 6], numbers);
        });
    }

    [Fact]
    public void The_logic_survives_the_wrap_of_its_counter()
    {
        var routees = Enumerable.Range(0, 3).Select(_ => (Routee)new ActorRefRoutee(CreateTestProbe())).ToArray();
        var logic = new RoundRobinRoutingLogic(int.MaxValue);

        var selected = Enumerable.Range(0, 6).Select(_ => logic.Select("m", routees)).ToList();

        Assert.All(selected, routee => Assert.Contains(routee, routees));
        Assert.Equal(3, selected.Skip(2).Take(3).Distinct().Count());
    }

    [Fact]
    public void Without_routees_the_logic_selects_none()
    {
        Assert.Same(Routee.NoRoutee, new RoundRobinRoutingLogic().Select("m", []));
    }

    [Fact]
    public void A_group_gives_messages_to_its_paths_in_turn()
    {
        var probes = Enumerable.Range(0, 3).Select(i => CreateTestProbe($"member{i}")).ToList();
        var router = Sys.ActorOf(new RoundRobinGroup(probes.Select(p => p.Ref.Path.ToStringWithoutAddress())).Props(), "group");

        for (var i = 0; i < 6; i++)
        {
            router.Tell(i);
        }

        var received = probes.Select(p => p.ReceiveN(2, TimeSpan.FromSeconds(10)).Cast<int>().ToList()).ToList();
        Assert.All(received, pair => Assert.Equal(3, pair[1] - pair[0]));
    }

    [Fact]
    public void A_routee_sees_the_original_sender()
    {
        var sender = CreateTestProbe();
        var router = Sys.ActorOf(new RoundRobinPool(1).Props(Props.Create<NamingActor>()));

        sender.Send(router, "who");

        sender.ExpectMsg<Named>(n => n.Message is "who", TimeSpan.FromSeconds(10));
    }
}
