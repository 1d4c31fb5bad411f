using System.Net;
using System.Net.Sockets;
using Actors;
using Actors.Hosting;
using Actors.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Hosting.Tests;

/// <summary>A role that cannot do its work does not let the host start, and the error says which role and why.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_malformed_endpoint_fails_the_start()
    {
        await using var app = HostedApp.Of(zmq => zmq.Push<Source>("tcp://peer:none"));

        var fault = await Assert.ThrowsAsync<SocketSettingsException>(app.Start);

        Assert.Contains("tcp://peer:none", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("Source: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_out_of_its_range_fails_the_start()
    {
        await using var app = HostedApp.Of(zmq => zmq.Push<Source>("tcp://peer:5557", o => o with { Outbound = new OutboundSettings(-1, OverflowRule.Fail) }));

        Assert.StartsWith("Source: \"outbound.capacity\"", (await Assert.ThrowsAsync<SocketSettingsException>(app.Start)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_transport_that_the_engine_does_not_have_fails_the_start()
    {
        Skip.If(EngineUnderTest.IsZmtp, "the engine zmtp has all transports");
        await using var app = HostedApp.Of(zmq => zmq.Push<Source>("ipc:///tmp/never-opened"));

        var fault = await Assert.ThrowsAsync<RoleStartException>(app.Start);

        Assert.Equal("Source", fault.Role);
        Assert.Contains("ipc:///tmp/never-opened", fault.Message, StringComparison.Ordinal);
        Assert.Contains("actors.transport.engine = zmtp", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_fails_the_start_and_leaves_no_port_bound()
    {
        var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var endpoint = $"tcp://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        var other = (IPEndPoint)free.LocalEndpoint;
        free.Stop();
        await using var app = HostedApp.Of(zmq => zmq.Push<Source>($"bind:tcp://127.0.0.1:{other.Port}").Push<Middle>($"bind:{endpoint}"));

        var fault = await Assert.ThrowsAsync<RoleStartException>(app.Start);
        taken.Stop();

        Assert.Equal("Middle", fault.Role);
        Assert.Contains(endpoint, fault.Message, StringComparison.Ordinal);
        Assert.IsType<EndpointInUseException>(fault.InnerException);
        using var again = new TcpListener(other);
        again.Start();
    }

    [Fact]
    public async Task A_handler_that_cannot_be_injected_fails_the_start_with_what_is_missing()
    {
        await using var app = HostedApp.Of(zmq => zmq.Pull<Sink, Collector>(HostedApp.AnyPort));

        var fault = await Assert.ThrowsAsync<RoleStartException>(app.Start);

        Assert.Equal("Sink", fault.Role);
        Assert.Contains("System.Threading.Channels.Channel`1[System.String]", fault.Message, StringComparison.Ordinal);
    }
}
