using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Tests;

/// <summary>When tries follow each other, in virtual time.</summary>
public sealed class RequestBackoffTests() : Akka.TestKit.Xunit2.TestKit(VirtualTime.Config)
{
    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(3, 400)]
    [InlineData(4, 500)]
    [InlineData(40, 500)]
    [InlineData(int.MaxValue, 500)]
    public void The_wait_doubles_up_to_the_longest(int tries, int expected) =>
        Assert.Equal(Ms(expected), (new RetrySettings(5) { Interval = Ms(100), IntervalMax = Ms(500) }).WaitAfter(tries));

    [Fact]
    public void Without_a_time_of_its_own_a_try_has_an_equal_share()
    {
        Assert.Equal(Ms(250), new RetrySettings(3).TryTimeoutWithin(Ms(1000)));
        Assert.Equal(Ms(70), (new RetrySettings(3) { TryTimeout = Ms(70) }).TryTimeoutWithin(Ms(1000)));
    }

    [Fact]
    public void The_tries_of_a_role_keep_to_the_times_that_are_set()
    {
        var time = VirtualTime.Of(Sys);
        var network = SimulatedNetwork.Of(Sys);
        var role = Sys.ActorOf(RequestRole.Props(new RequestSettings
        {
            Name = "client",
            Socket = new SocketSettings { Connect = ["tcp://one:1"] },
            Identified = true,
            Timeout = Ms(5000),
            Retry = new RetrySettings(4) { Interval = Ms(100), IntervalMax = Ms(300), TryTimeout = Ms(50) },
        }));
        var server = Assert.Single(network.Sockets).Connect();
        role.Tell(Message.FromText("?"), TestActor);
        var start = time.Now;
        var tries = new List<double>();
        for (var elapsed = 0; elapsed < 5000; elapsed += 10)
        {
            while (tries.Count < server.Received.Count) tries.Add((time.Now - start).TotalMilliseconds);
            time.Advance(Ms(10));
        }

        // Each try has 50 ms; then the waits are 100, 200, 300 and 300 ms. The last try has the rest of the time.
        Assert.Equal(new double[] { 0, 150, 400, 750, 1100 }, tries);
        Assert.IsType<RequestTimeoutException>(ExpectMsg<Status.Failure>(TimeSpan.FromSeconds(30)).Cause);
    }
}
