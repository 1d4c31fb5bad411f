using Actors.Hosting;
using Actors.Transport;

namespace Hosting.Tests;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("tcp://peer:5557")]
    [InlineData("inproc://tasks")]
    [InlineData("ipc:///tmp/tasks")]
    public void An_endpoint_goes_in_the_usual_direction_of_its_pattern(string endpoint)
    {
        Assert.Equal([endpoint], RoleEndpoint.Parse("role", endpoint, usuallyBinds: false).Connect);
        if (!endpoint.Contains("peer", StringComparison.Ordinal)) Assert.Equal([endpoint], RoleEndpoint.Parse("role", endpoint, usuallyBinds: true).Bind);
    }

    [Theory]
    [InlineData("tcp://*:5557")]
    [InlineData("tcp://0.0.0.0:5557")]
    [InlineData("tcp://[::]:5557")]
    [InlineData("tcp://127.0.0.1:0")]
    [InlineData("tcp://127.0.0.1:*")]
    [InlineData("ws://*:8080/tasks")]
    public void An_endpoint_that_only_a_listener_can_have_is_bound(string endpoint) =>
        Assert.Equal([endpoint], RoleEndpoint.Parse("role", endpoint, usuallyBinds: false).Bind);

    [Fact]
    public void An_endpoint_can_say_its_direction()
    {
        Assert.Equal(["tcp://127.0.0.1:5557"], RoleEndpoint.Parse("role", "bind:tcp://127.0.0.1:5557", usuallyBinds: false).Bind);
        Assert.Equal(["tcp://peer:5557"], RoleEndpoint.Parse("role", "connect:tcp://peer:5557", usuallyBinds: true).Connect);
    }

    [Theory]
    [InlineData("nonsense", true)]
    [InlineData("tcp://peer", false)]
    [InlineData("connect:tcp://peer:none", true)]
    public void A_malformed_endpoint_is_an_error_that_names_the_role_and_the_endpoint(string endpoint, bool usuallyBinds)
    {
        var fault = Assert.Throws<SocketSettingsException>(() => RoleEndpoint.Parse("Sink", endpoint, usuallyBinds));

        Assert.StartsWith("Sink: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"\"{endpoint[(endpoint.StartsWith("connect:", StringComparison.Ordinal) ? 8 : 0)..]}\"", fault.Message, StringComparison.Ordinal);
    }
}
