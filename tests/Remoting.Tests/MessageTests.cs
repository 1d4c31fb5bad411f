using Akka.Actor;
using Remoting.Tests.Nodes;

namespace Remoting.Tests;

public sealed class MessageTests
{
    [Theory]
    [MemberData(nameof(Carriers.All), MemberType = typeof(Carriers))]
    public async Task An_actor_of_another_system_answers(Carrier carrier)
    {
        await using var here = Node.Start(carrier);
        await using var there = Node.Start(carrier);
        there.System.ActorOf<Echo>("echo");

        var echo = await here.Find(there, "echo");

        Assert.Equal(carrier.Scheme(), there.Address.Protocol);
        Assert.Equal("hello", await echo.Ask<string>("hello", Patience.Limit));
    }

    [Theory]
    [MemberData(nameof(Carriers.All), MemberType = typeof(Carriers))]
    public async Task Messages_arrive_in_the_order_in_which_they_were_told(Carrier carrier)
    {
        const int Count = 20_000;
        await using var here = Node.Start(carrier);
        await using var there = Node.Start(carrier);
        var (_, events) = there.Collect("collector");
        var collector = await here.Find(there, "collector");

        for (var number = 0; number < Count; number++) collector.Tell(number);

        for (var expected = 0; expected < Count; expected++) Assert.Equal(expected, await events.Next<int>($"message {expected} of {Count}"));
    }

    [Theory]
    [MemberData(nameof(Carriers.All), MemberType = typeof(Carriers))]
    public async Task Both_systems_may_begin_at_once(Carrier carrier)
    {
        await using var here = Node.Start(carrier);
        await using var there = Node.Start(carrier);
        here.System.ActorOf<Echo>("echo");
        there.System.ActorOf<Echo>("echo");

        var answers = await Task.WhenAll(
            here.System.ActorSelection(there.PathOf("echo")).Ask<string>("to there", Patience.Limit),
            there.System.ActorSelection(here.PathOf("echo")).Ask<string>("to here", Patience.Limit));

        Assert.Equal(["to there", "to here"], answers);
    }
}
