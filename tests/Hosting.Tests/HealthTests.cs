using System.Threading.Channels;
using Actors;
using Actors.Hosting;
using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hosting.Tests;

public sealed class HealthTests
{
    private const string Readiness = "zeromq.readiness";
    private const string Liveness = "zeromq.liveness";

    private static void Services(IServiceCollection services) => services.AddSingleton(Channel.CreateUnbounded<string>());

    [Fact]
    public async Task An_app_whose_roles_are_ready_is_ready_and_live()
    {
        await using var app = await HostedApp.Start(zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort).Push<Source>("tcp://127.0.0.1:9"), Services);
        await app.Becomes("Sink", RoleCondition.Ready);
        await app.Becomes("Source", RoleCondition.Ready);

        var ready = await app.Check(Readiness);
        var live = await app.Check(Liveness);

        Assert.Equal((HealthStatus.Healthy, "2 roles are ready"), (ready.Status, ready.Description));
        Assert.Equal((HealthStatus.Healthy, "2 roles run"), (live.Status, live.Description));
        Assert.Contains("readiness", ready.Tags);
        Assert.Contains("liveness", live.Tags);
    }

    [Fact]
    public async Task A_subscriber_without_a_publisher_is_live_and_not_ready_and_says_why()
    {
        await using var app = await HostedApp.Start(zmq => zmq.Subscribe<Subscriber, Collector>("tcp://127.0.0.1:9", [""]), Services);
        await app.Becomes("Subscriber", RoleCondition.Open);

        var ready = await app.Check(Readiness);

        Assert.Equal(HealthStatus.Unhealthy, ready.Status);
        Assert.Equal("not ready: Subscriber (its sockets are open, and no peer has confirmed its subscriptions yet)", ready.Description);
        Assert.Equal(HealthStatus.Healthy, (await app.Check(Liveness)).Status);
    }

    [Fact]
    public async Task A_role_whose_socket_is_opened_again_is_not_ready_until_it_is()
    {
        await using var app = await Simulated(zmq => zmq.Pull<Sink, Collector>("tcp://*:5558", o => o with { Socket = o.Socket with { RestartBackoff = TimeSpan.FromMinutes(1), RestartBackoffMax = TimeSpan.FromMinutes(1) } }));
        var socket = SimulatedNetwork.Of(app.System).Socket("Sink");

        socket.Fail(new IOException("the cable is cut"));
        await app.Becomes("Sink", RoleCondition.Opening);
        var broken = await app.Check(Readiness);
        socket.Open();
        await app.Becomes("Sink", RoleCondition.Ready);

        Assert.Equal("not ready: Sink (its socket failed and is opened again: the cable is cut)", broken.Description);
        Assert.Equal(HealthStatus.Healthy, (await app.Check(Readiness)).Status);
        Assert.Equal(HealthStatus.Healthy, (await app.Check(Liveness)).Status);
    }

    [Fact]
    public async Task A_role_that_has_given_up_makes_the_app_neither_ready_nor_live_and_says_why()
    {
        await using var app = await Simulated(zmq => zmq.Pull<Sink, Collector>("tcp://*:5558"));

        SimulatedNetwork.Of(app.System).Socket("Sink").Fail(new ArgumentException("the address is gone for good"));
        await app.Becomes("Sink", RoleCondition.Stopped);

        var live = await app.Check(Liveness);
        Assert.Equal((HealthStatus.Unhealthy, "stopped: Sink (the address is gone for good)"), (live.Status, live.Description));
        Assert.Equal("not ready: Sink (the address is gone for good)", (await app.Check(Readiness)).Description);
    }

    [Fact]
    public async Task A_handler_that_stops_makes_the_app_not_live()
    {
        await using var app = await Simulated(zmq => zmq.Pull<Sink>("tcp://*:5558", Props.Create(() => new Quitter())));

        SimulatedNetwork.Of(app.System).Socket("Sink").Connect().Send(Message.FromText("quit"));
        await app.Becomes("Sink", RoleCondition.Stopped);

        Assert.Equal("stopped: Sink (it stopped, or its handler has)", (await app.Check(Liveness)).Description);
    }

    [Fact]
    public async Task An_app_that_has_stopped_is_not_live()
    {
        var app = await HostedApp.Start(zmq => zmq.Push<Source>("tcp://127.0.0.1:9"));
        await using (app)
        {
            await app.Stop();

            Assert.Equal("the actor system app has ended", RoleHealth.Liveness(app.System, app.Roles).Description);
            Assert.Equal("the roles are being stopped", RoleHealth.Readiness(app.Roles).Description);
        }
    }

    private static Task<HostedApp> Simulated(Action<ZeroMqBuilder> roles) =>
        HostedApp.Start(roles, Services, akka => akka.WithActors((system, _) => SimulatedNetwork.Of(system)));

    private sealed class Quitter : ReceiveActor
    {
        public Quitter() => ReceiveAny(_ => Context.Stop(Self));
    }
}
