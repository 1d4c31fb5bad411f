using Actors.Zmtp.Sockets;
using System.Net;
using System.Net.Sockets;
using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Sockets;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Tests.Alone;

/// <summary>Names with several addresses, which are tried one after the other within one attempt.</summary>
[Collection(AloneCollection.Name)]
public class AddressTests : IDisposable
{
    private readonly List<string> _asked = [];
    private IPAddress[] _addresses = [];

    public AddressTests()
    {
        TcpTransport tcp = new()
        {
            Resolver = host =>
            {
                _asked.Add(host);
                return Task.FromResult(_addresses);
            },
        };
        ZmqContext.Exchange(new EngineContext(1) { Tcp = tcp });
    }

    public void Dispose() => ZmqContext.Terminate(block: false);

    [Fact]
    public void The_next_address_is_tried_within_the_same_attempt()
    {
        using RawListener listener = new();
        _addresses = [IPAddress.IPv6Loopback, IPAddress.Parse("127.0.0.2"), IPAddress.Loopback];
        using PushSocket ours = Create(ipv4Only: false);
        using EventRecorder events = new(ours, SocketEvents.Connections);
        ours.Connect(At("some.host", listener));
        using RawPeer peer = RawPeer.Accept(listener);
        peer.Handshake("PULL");
        events.Next(SocketEvents.ConnectDelayed);
        Assert.Equal(listener.Endpoint, events.Next(SocketEvents.Connected).PeerAddress);
        Assert.Equal(["some.host"], _asked);
    }

    [Fact]
    public void A_name_that_has_an_IPv6_address_only_is_reached()
    {
        _addresses = [IPAddress.IPv6Loopback];
        using PullSocket pull = new();
        int port = pull.BindRandomPort("tcp://[::1]");
        using PushSocket ours = Create(ipv4Only: false);
        ours.Connect($"tcp://some.host:{port}");
        ours.SendText("by name");
        Assert.Equal(["by name"], pull.ReceiveText());
    }

    [SkippableFact]
    public void An_address_that_does_not_answer_is_given_up_for_the_next_without_a_connect_timeout_too()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux is known to let connections wait for a listener whose queue is full.");
        using Socket full = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        full.Listen(0);
        int port = ((IPEndPoint)full.LocalEndPoint!).Port;
        using Socket waiting = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        waiting.Connect(full.LocalEndPoint);
        using Socket open = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        open.Bind(new IPEndPoint(IPAddress.Loopback, port));
        open.Listen(1);

        _addresses = [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback];
        using PushSocket ours = Create();
        using EventRecorder events = new(ours, SocketEvents.Connected);
        ours.Connect($"tcp://some.host:{port}");
        Assert.Equal($"tcp://127.0.0.1:{port}", events.Next(SocketEvents.Connected).PeerAddress);
    }

    [Fact]
    public void An_attempt_fails_when_no_address_is_left()
    {
        using RawListener listener = new();
        _addresses = [IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")];
        using PushSocket ours = Create();
        using EventRecorder events = new(ours, SocketEvents.Closed | SocketEvents.ConnectRetried);
        ours.Connect(At("some.host", listener));
        Assert.Contains("ConnectionRefused", events.Next(SocketEvents.Closed).Reason, StringComparison.Ordinal);
        events.Next(SocketEvents.ConnectRetried);
    }

    [Fact]
    public void With_IPv4_only_no_other_address_is_tried()
    {
        using RawListener listener = new();
        _addresses = [IPAddress.IPv6Loopback];
        using PushSocket ours = Create();
        using EventRecorder events = new(ours, SocketEvents.Closed);
        ours.Connect(At("some.host", listener));
        Assert.Contains("HostNotFound", events.Next(SocketEvents.Closed).Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void An_address_that_does_not_answer_is_given_up_after_the_connect_timeout()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux is known to let connections wait for a listener whose queue is full.");
        using Socket full = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        full.Listen(0);
        int port = ((IPEndPoint)full.LocalEndPoint!).Port;
        using Socket waiting = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        waiting.Connect(full.LocalEndPoint);
        using Socket open = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        open.Bind(new IPEndPoint(IPAddress.Loopback, port));
        open.Listen(1);

        _addresses = [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback];
        using PushSocket ours = Create();
        ours.Options.ConnectTimeout = TimeSpan.FromMilliseconds(200);
        using EventRecorder events = new(ours, SocketEvents.Connected);
        ours.Connect($"tcp://some.host:{port}");
        Assert.Equal($"tcp://127.0.0.1:{port}", events.Next(SocketEvents.Connected).PeerAddress);
    }

    private static PushSocket Create(bool ipv4Only = true)
    {
        PushSocket ours = new();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.IPv4Only = ipv4Only;
        return ours;
    }

    private static string At(string host, RawListener listener) => $"tcp://{host}:{listener.Endpoint.Split(':')[^1]}";
}
