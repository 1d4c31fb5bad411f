using Akka.Actor;
using Akka.Routing;

namespace Akka.Tests.Routing;

public class ResizerTests : TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(2, 2, 1)]
    [InlineData(5, 10, 0)]
    [InlineData(10, 10, 2)]
    [InlineData(2, 10, -1)]
    [InlineData(0, 25, -3)]
    public void The_filter_ramps_up_under_full_pressure_and_backs_off_under_little(int pressure, int capacity, int expected)
    {
        Assert.Equal(expected, new DefaultResizer(1, 100).Filter(pressure, capacity));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(7, -2)]
    public void The_size_stays_within_the_bounds(int current, int change)
    {
        var routees = Enumerable.Range(0, current).Select(_ => (Routee)new ActorRefRoutee(CreateTestProbe().Ref)).ToList();

        Assert.Equal(change, new DefaultResizer(2, 5).Resize(routees));
    }

    [Fact]
    public void It_is_time_once_in_so_many_messages()
    {
        var resizer = new DefaultResizer(1, 5, messagesPerResize: 10);

        Assert.Equal([0L, 10L, 20L], Enumerable.Range(0, 25).Select(i => (long)i).Where(resizer.IsTimeForResize));
    }

    [Theory]
    [InlineData(-1, 5, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(1, 2, 0)]
    public void Impossible_bounds_are_refused(int lower, int upper, int messagesPerResize)
    {
        Assert.ThrowsAny<ArgumentException>(() => new DefaultResizer(lower, upper, messagesPerResize: messagesPerResize));
    }

    [Fact]
    public void A_pool_starts_with_at_least_the_lower_bound()
    {
        var router = Sys.ActorOf(new RoundRobinPool(1, new DefaultResizer(3, 5)).Props(Props.Create<NamingActor>()));

        Assert.Equal(3, PoolSizeTests.RouteesOf(router).Count);
    }

    [Fact]
    public void A_pool_under_pressure_grows_up_to_the_upper_bound()
    {
        using var gate = new ManualResetEventSlim();
        var resizer = new DefaultResizer(1, 3, pressureThreshold: 0, rampupRate: 1.0, messagesPerResize: 1);
        var router = Sys.ActorOf(new SmallestMailboxPool(1).WithResizer(resizer).Props(Props.Create(() => new GatedActor(gate))));
        try
        {
            AwaitAssert(
                () =>
                {
                    router.Tell("work");
                    Assert.Equal(3, PoolSizeTests.RouteesOf(router).Count);
                },
                Wait,
                TimeSpan.FromMilliseconds(10));
        }
        finally
        {
            gate.Set();
        }
    }

    [Fact]
    public void A_pool_with_a_resizer_outlives_its_routees()
    {
        var router = Sys.ActorOf(new RoundRobinPool(1, new DefaultResizer(1, 3, messagesPerResize: 1)).Props(Props.Create<NamingActor>()));
        var routee = ((ActorRefRoutee)PoolSizeTests.RouteesOf(router)[0]).Actor;

        Sys.Stop(routee);

        AwaitAssert(() => Assert.DoesNotContain(new ActorRefRoutee(routee), PoolSizeTests.RouteesOf(router)), Wait);
        AwaitAssert(
            () =>
            {
                router.Tell("again");
                ExpectMsg<Named>(TimeSpan.FromMilliseconds(200));
            },
            Wait);
    }
}
