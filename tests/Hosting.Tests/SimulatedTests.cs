using Actors;
using Actors.Hosting;
using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;

namespace Hosting.Tests;

/// <summary>The roles of an app are tested with the genuine TestKit, on simulated sockets.</summary>
public sealed class SimulatedTests
{
    [Fact]
    public async Task The_roles_of_an_app_run_on_a_simulated_network()
    {
        await using var app = await HostedApp.Start(
            zmq => zmq.Push<Source>("tcp://peer:5557"),
            akka: akka => akka.AddHocon(SimulatedNetwork.Config, HoconAddMode.Prepend).WithActors((system, _) => SimulatedNetwork.Of(system)));
        using var kit = new Akka.TestKit.Xunit2.TestKit(app.System);
        var peer = SimulatedNetwork.Of(app.System).Socket("Source").Connect();

        app.Role<Source>().Tell(Message.FromText("hello"), kit.TestActor);

        Assert.Equal(Message.FromText("hello"), peer.Expect());
        Assert.False(app.System.HasExtension<ZmqTransport>(), "an engine was started");
    }
}
