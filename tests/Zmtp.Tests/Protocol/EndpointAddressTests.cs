using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Tests.Protocol;

public class EndpointAddressTests
{
    [Theory]
    [InlineData("tcp://127.0.0.1:5555", EndpointUse.Connect, "127.0.0.1", 5555, "tcp://127.0.0.1:5555")]
    [InlineData("tcp://localhost:1", EndpointUse.Connect, "localhost", 1, "tcp://localhost:1")]
    [InlineData("tcp://[::1]:5555", EndpointUse.Connect, "::1", 5555, "tcp://[::1]:5555")]
    [InlineData("tcp://[fe80::1%eth0]:5555", EndpointUse.Bind, "fe80::1%eth0", 5555, "tcp://[fe80::1%eth0]:5555")]
    [InlineData("tcp://*:0", EndpointUse.Bind, "*", 0, "tcp://*:0")]
    [InlineData("tcp://*:*", EndpointUse.Bind, "*", 0, "tcp://*:0")]
    [InlineData("tcp://eth0:65535", EndpointUse.Bind, "eth0", 65535, "tcp://eth0:65535")]
    [InlineData("tcp://*", EndpointUse.BindRandomPort, "*", 0, "tcp://*:0")]
    [InlineData("tcp://[::1]", EndpointUse.BindRandomPort, "::1", 0, "tcp://[::1]:0")]
    internal void A_tcp_endpoint_has_host_and_port(string endpoint, EndpointUse use, string host, int port, string text)
    {
        var address = EndpointAddress.Parse(endpoint, use);
        Assert.Equal(new EndpointAddress(Transport.Tcp, host, port), address);
        Assert.Equal(text, address.ToString());
    }

    [Fact]
    public void An_inproc_endpoint_has_a_name()
    {
        var address = EndpointAddress.Parse("inproc://a/b:c", EndpointUse.Connect);
        Assert.Equal(new EndpointAddress(Transport.Inproc, "a/b:c", 0), address);
        Assert.Equal("inproc://a/b:c", address.ToString());
    }

    [Theory]
    [InlineData("ipc:///tmp/a b", EndpointUse.Connect, "/tmp/a b")]
    [InlineData("ipc://relative", EndpointUse.Bind, "relative")]
    [InlineData("ipc://@name", EndpointUse.Bind, "@name")]
    [InlineData("ipc://*", EndpointUse.Bind, "*")]
    internal void An_ipc_endpoint_has_a_path(string endpoint, EndpointUse use, string path)
    {
        var address = EndpointAddress.Parse(endpoint, use);
        Assert.Equal(new EndpointAddress(Transport.Ipc, path, 0), address);
        Assert.Equal(endpoint, address.ToString());
    }

    [Fact]
    public void An_ipc_path_is_as_long_as_an_address_of_the_system_at_most()
    {
        var longest = OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? 107 : 103;
        Assert.Equal(longest, EndpointAddress.Parse("ipc:///" + new string('x', longest - 1), EndpointUse.Bind).Host.Length);
        var error = Assert.Throws<InvalidException>(() => EndpointAddress.Parse("ipc:///" + new string('x', longest - 2) + "é", EndpointUse.Bind));
        Assert.Contains($"the path has {longest + 1} bytes; expected at most {longest}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", EndpointUse.Bind, "it has no transport")]
    [InlineData("://x:1", EndpointUse.Bind, "it has no transport")]
    [InlineData("localhost:5555", EndpointUse.Bind, "it has no transport")]
    [InlineData("tcp://", EndpointUse.Bind, "the port is missing")]
    [InlineData("tcp://*", EndpointUse.Bind, "the port is missing")]
    [InlineData("tcp://:5555", EndpointUse.Bind, "the host is empty")]
    [InlineData("tcp://host:", EndpointUse.Bind, "the port \"\" is no number")]
    [InlineData("tcp://host:65536", EndpointUse.Bind, "the port \"65536\" is no number from 0 to 65535")]
    [InlineData("tcp://host:-1", EndpointUse.Bind, "the port \"-1\"")]
    [InlineData("tcp://host:http", EndpointUse.Bind, "the port \"http\"")]
    [InlineData("tcp://host:99999999999999", EndpointUse.Bind, "the port \"99999999999999\"")]
    [InlineData("tcp://::1:5555", EndpointUse.Bind, "the host has a colon")]
    [InlineData("tcp://[::1:5555", EndpointUse.Bind, "not closed")]
    [InlineData("tcp://[::1]x:5555", EndpointUse.Bind, "follows the IPv6 address")]
    [InlineData("tcp://*:5555", EndpointUse.Connect, "\"*\" is no host to connect to")]
    [InlineData("tcp://host:0", EndpointUse.Connect, "0 is no port to connect to")]
    [InlineData("tcp://host:*", EndpointUse.Connect, "the port \"*\"")]
    [InlineData("tcp://a:1;b:2", EndpointUse.Connect, "source address")]
    [InlineData("inproc://", EndpointUse.Bind, "the name is empty")]
    [InlineData("ipc://", EndpointUse.Bind, "the path is empty")]
    [InlineData("ipc://*", EndpointUse.Connect, "\"*\" is no path to connect to")]
    [InlineData("ipc://*", EndpointUse.BindRandomPort, "ipc has no ports")]
    internal void A_bad_endpoint_is_named_with_what_is_wrong_and_expected(string endpoint, EndpointUse use, string wrong)
    {
        var error = Assert.Throws<InvalidException>(() => EndpointAddress.Parse(endpoint, use));
        Assert.Equal(ErrorCode.Invalid, error.ErrorCode);
        Assert.Contains($"\"{endpoint}\"", error.Message, StringComparison.Ordinal);
        Assert.Contains(wrong, error.Message, StringComparison.Ordinal);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tcp_endpoint_with_a_resource_is_refused()
    {
        foreach (var use in Enum.GetValues<EndpointUse>())
        {
            var error = Assert.Throws<InvalidException>(() => EndpointAddress.Parse("tcp://host:5555/path", use));
            Assert.Contains("\"tcp://host:5555/path\"", error.Message, StringComparison.Ordinal);
            Assert.Contains("resources are not supported", error.Message, StringComparison.Ordinal);
            Assert.Contains("expected", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("wss://host:80/x")]
    [InlineData("TCP://host:80")]
    [InlineData("udp://host:80")]
    public void Another_transport_is_not_supported(string endpoint)
    {
        var error = Assert.Throws<ProtocolNotSupportedException>(() => EndpointAddress.Parse(endpoint, EndpointUse.Connect));
        Assert.Contains(endpoint, error.Message, StringComparison.Ordinal);
    }
}
