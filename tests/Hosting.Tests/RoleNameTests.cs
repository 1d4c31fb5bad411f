using Actors;
using Actors.Hosting;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;

namespace Hosting.Tests;

/// <summary>Several roles in an app, several apps in a process, and how roles are found.</summary>
public sealed class RoleNameTests : HandlerTests
{
    [Fact]
    public async Task One_key_can_have_several_roles_that_differ_by_name()
    {
        await using var sinks = await HostedApp.Start(
            zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort).Pull<Sink, Collector>(HostedApp.AnyPort, o => o with { Name = "second" }), Services);
        await using var source = await HostedApp.Start(zmq => zmq.Push<Source>(sinks.Endpoint("second")));

        source.Role<Source>().Tell(Message.FromText("to the second"));

        Assert.Equal("to the second", await Received);
        Assert.Equal(sinks.Roles["Sink"].Role, sinks.Role<Sink>());
        Assert.Equal(1, (await sinks.Roles["second"].Role.Ask<RoleStatus>(GetRoleStatus.Instance, HostedApp.Patience)).Received);
    }

    [Fact]
    public async Task Two_roles_of_one_name_are_an_error_that_names_both()
    {
        await using var app = HostedApp.Of(zmq => zmq.Push<Source>(HostedApp.AnyPort).Push<Sink>(HostedApp.AnyPort, o => o with { Name = "Source" }));

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(app.Start);

        Assert.Contains("two roles are named \"Source\", Hosting.Tests.Source and Hosting.Tests.Sink", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_calls_add_roles_to_one_actor_system()
    {
        await using var app = await HostedApp.Start(
            zmq => zmq.Push<Source>(HostedApp.AnyPort),
            Services,
            akka => akka.WithZeroMq(zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort)));

        Assert.Equal(["Sink", "Source"], app.Roles.All.Select(role => role.Name));
    }

    [Fact]
    public async Task A_name_without_a_role_is_an_error_that_names_the_roles()
    {
        await using var app = await HostedApp.Start(zmq => zmq.Push<Source>(HostedApp.AnyPort));

        Assert.Equal("there is no role \"Sink\"; there are Source", Assert.Throws<KeyNotFoundException>(() => app.Roles["Sink"]).Message);
    }

    [Fact]
    public async Task Two_apps_in_one_process_have_actor_systems_of_their_own()
    {
        await using var first = await HostedApp.Start(zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort), Services);
        await using var second = await HostedApp.Start(zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort), Services);

        Assert.NotEqual(first.System, second.System);
        Assert.NotEqual(first.Endpoint("Sink"), second.Endpoint("Sink"));
    }
}
