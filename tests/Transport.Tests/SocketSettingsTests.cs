using Actors.Transport;

namespace Transport.Tests;

public sealed class SocketSettingsTests
{
    private static readonly SocketSettings Valid = new() { Bind = ["tcp://*:5555"] };

    [Fact]
    public void The_defaults_are_valid() => SpecOf(Valid).Validate();

    [Fact]
    public void A_socket_has_a_name() => Assert.Equal("name", Assert.Throws<SocketSettingsException>(() => (SpecOf(Valid) with { Name = " " }).Validate()).Option);

    private static SocketSpec SpecOf(SocketSettings settings) => new() { Name = "s", Kind = SocketKind.Push, Settings = settings };

    public static TheoryData<string, SocketSettings> Faulty => new()
    {
        { "bind", Valid with { Bind = [] } },
        { "bind", Valid with { Bind = ["nonsense"] } },
        { "connect", Valid with { Connect = ["tcp://*:5555"] } },
        { "send-high-water-mark", Valid with { SendHighWaterMark = -1 } },
        { "receive-high-water-mark", Valid with { ReceiveHighWaterMark = -1 } },
        { "outbound-window", Valid with { OutboundWindow = 0 } },
        { "linger", Valid with { Linger = TimeSpan.FromSeconds(-1) } },
        { "reconnect-interval", Valid with { ReconnectInterval = TimeSpan.Zero } },
        { "reconnect-interval-max", Valid with { ReconnectIntervalMax = TimeSpan.FromMilliseconds(1) } },
        { "restart-backoff-max", Valid with { RestartBackoffMax = TimeSpan.FromMilliseconds(1) } },
        { "heartbeat-interval", Valid with { HeartbeatInterval = TimeSpan.Zero } },
        { "heartbeat-timeout", Valid with { HeartbeatTimeout = TimeSpan.FromSeconds(1) } },
        { "max-message-size", Valid with { MaxMessageSize = 0 } },
        { "routing-id", Valid with { RoutingId = new byte[] { 0, 1 } } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_fault_names_its_option_and_what_was_expected(string option, SocketSettings settings)
    {
        var fault = Assert.Throws<SocketSettingsException>(() => SpecOf(settings).Validate());

        Assert.Equal(option, fault.Option);
        Assert.Contains($"\"{option}\"", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tcp://*:5555", "tcp://[::]:5555")]
    [InlineData("tcp://[::]:5555", "tcp://*:5555")]
    [InlineData("tcp://0.0.0.0:5555", "tcp://[::]:5555")]
    [InlineData("tcp://*:5555", "tcp://127.0.0.1:5555")]
    [InlineData("tcp://[::1]:5555", "tcp://*:5555")]
    [InlineData("tcp://0.0.0.0:5555", "tcp://127.0.0.1:5555")]
    [InlineData("tcp://localhost:5555", "tcp://localhost:5555")]
    [InlineData("tcp://*:5555", "ws://*:5555/path")]
    [InlineData("inproc://a", "inproc://a")]
    public void Endpoints_that_would_listen_at_the_same_place_are_named_both(string first, string second)
    {
        var fault = Assert.Throws<SocketSettingsException>(() => SpecOf(Valid with { Bind = [first, second] }).Validate());

        Assert.Equal("bind", fault.Option);
        Assert.Contains(first, fault.Message, StringComparison.Ordinal);
        Assert.Contains(second, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tcp://*:5555", "tcp://*:5556")]
    [InlineData("tcp://*:0", "tcp://*:0")]
    [InlineData("tcp://127.0.0.1:5555", "tcp://[::1]:5555")]
    [InlineData("tcp://0.0.0.0:5555", "tcp://[::1]:5555")]
    [InlineData("inproc://a", "inproc://b")]
    public void Endpoints_at_places_of_their_own_are_valid(string first, string second) => SpecOf(Valid with { Bind = [first, second] }).Validate();

    [Theory]
    [InlineData("tcp://*:5555", true)]
    [InlineData("tcp://*:*", true)]
    [InlineData("tcp://0.0.0.0:0", true)]
    [InlineData("tcp://[::1]:5555", true)]
    [InlineData("tcp://[::1]:5555", false)]
    [InlineData("tcp://localhost:5555", false)]
    [InlineData("tcp://a-host.example.org:65535", false)]
    [InlineData("inproc://name", false)]
    [InlineData("ipc:///tmp/socket", true)]
    [InlineData("ws://*:8080/zeromq", true)]
    [InlineData("ws://127.0.0.1:0", true)]
    [InlineData("ws://[::1]:8080/", false)]
    [InlineData("ws://a-host.example.org:80/a/path?query", false)]
    public void Well_formed_endpoints_have_no_fault(string endpoint, bool binds) => Assert.Null(EndpointSyntax.Fault(endpoint, binds));

    [Theory]
    [InlineData("localhost:5555", true, "is not an endpoint")]
    [InlineData("udp://localhost:5555", true, "unknown transport \"udp\"")]
    [InlineData("tcp://localhost", false, "has no port")]
    [InlineData("tcp://[::1]", false, "has no port")]
    [InlineData("tcp://localhost:http", false, "port \"http\"")]
    [InlineData("tcp://localhost:65536", false, "port \"65536\"")]
    [InlineData("tcp://localhost:-1", false, "port \"-1\"")]
    [InlineData("tcp://localhost:0", false, "connects to port 0")]
    [InlineData("tcp://*:5555", false, "connects to \"*\"")]
    [InlineData("tcp://:5555", true, "has no host")]
    [InlineData("tcp://::1:5555", true, "without brackets")]
    [InlineData("tcp://[::1:5555", true, "bracket")]
    [InlineData("tcp://[nonsense]:5555", true, "does not parse")]
    [InlineData("tcp://a host:5555", false, "neither a name nor an address")]
    [InlineData("inproc://", true, "names nothing")]
    [InlineData("ws://localhost/path", false, "has no port: expected ws://HOST:PORT")]
    [InlineData("ws://localhost:0/", false, "connects to port 0")]
    [InlineData("ws://*:8080/", false, "connects to \"*\"")]
    [InlineData("ws://localhost:8080/a b", false, "path \"/a b\"")]
    [InlineData("ws://localhost:8080/a#b", false, "path \"/a#b\"")]
    [InlineData("wss://localhost:8080/", false, "asks for TLS")]
    public void A_malformed_endpoint_says_what_is_wrong(string endpoint, bool binds, string expected) =>
        Assert.Contains(expected, EndpointSyntax.Fault(endpoint, binds), StringComparison.Ordinal);
}
