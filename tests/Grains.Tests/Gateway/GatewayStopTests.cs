using Actors;
using Actors.Grains;
using Actors.Transport;
using Akka.Actor;
using GrainSamples;

namespace Grains.Tests.Gateway;

/// <summary>The gateway at its start and its end.</summary>
public sealed class GatewayStopTests : GatewayTests
{
    [Fact]
    public async Task A_gateway_that_drains_answers_what_runs_and_refuses_what_is_new()
    {
        var client = Socket.Connect();
        client.Send(CallWriter.Full(1, "counter", Key, "Wait", "[]"));
        await Begun(Key);
        var drained = Role.Ask<RoleDrained>(new DrainRole(), Patience);
        Assert.Equal("01 no-node the gateway stops", Call(client, "counter", Key, "Get", "[]"));
        client.Send(CallWriter.Full(2, "counter", Key, "Get", "[]"));
        var refusal = client.Expect();
        Assert.Equal(CallWriter.Id(2, last: 'X'), refusal[0].ToArray());
        Assert.Equal("02 no-node: the gateway stops", Answer(refusal, 1));
        Assert.False(drained.IsCompleted);
        WaitGate.Of(Key).Release.SetResult("done");
        Assert.Equal("00 \"done\"", Answer(client.Expect(), 1));
        await drained;
    }

    [Fact]
    public async Task A_gateway_that_stops_tells_what_runs_that_it_may_be_done()
    {
        var client = Socket.Connect();
        client.Send(CallWriter.Full(1, "counter", Key, "Wait", "[]"));
        await Begun(Key);
        var other = Socket.Connect();
        other.Send(CallWriter.Bare("counter", Key, "Get", "[]"));
        await Role.GracefulStop(Patience);
        Assert.Equal("03 timeout: ", Answer(client.Expect(), 1)[..12]);
        Assert.Contains("the gateway stops before it could begin", Answer(other.Expect(), 0), StringComparison.Ordinal);
        Assert.Equal(2, Network.Dropped.Where(drop => drop.Reason == DropReason.Stopped).Sum(drop => drop.Count));
        WaitGate.Of(Key).Release.SetResult("done");
    }

    [Fact]
    public async Task A_gateway_without_grains_says_what_is_missing()
    {
        using var system = ActorSystem.Create("no-grains");
        var role = system.ActorOf(GatewayRole.Props(Settings));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => role.Ask<RoleReady>(WhenReady.Instance, Patience));
        Assert.Contains("the actor system \"no-grains\" has no grains: expected WithGrains(...)", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max-in-flight", 0, 1, 1000, 1000)]
    [InlineData("max-in-flight-per-client", 1, 0, 1000, 1000)]
    [InlineData("max-call-size", 1, 1, 10, 1000)]
    [InlineData("max-octets-in-flight", 1, 1, 1000, 999)]
    public void A_setting_that_cannot_work_is_named(string option, int inFlight, int perClient, int size, int octets)
    {
        var wrong = Settings with { MaxInFlight = inFlight, MaxInFlightPerClient = perClient, MaxCallSize = size, MaxOctetsInFlight = octets };
        Assert.Equal(option, Assert.Throws<SocketSettingsException>(() => GatewayRole.Props(wrong)).Option);
    }
}
