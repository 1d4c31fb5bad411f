using System.Net.Sockets;
using Actors;
using Actors.Transport;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>An open port meets peers that break the protocol: their connection ends, the event is published, the role goes on.</summary>
public sealed class HostilePeerTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>ZMTP 3.0, NULL mechanism (RFC 23): the greeting that a proper peer begins with.</summary>
    private static readonly byte[] Greeting =
        [0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 3, 0, .. "NULL"u8, .. new byte[16], 0, .. new byte[31]];

    private readonly ITestOutputHelper _log;
    private readonly string _endpoint;
    private readonly IActorRef _received;

    public HostilePeerTests(ITestOutputHelper log)
        : base("akka { loglevel = INFO, test { single-expect-default = 30s } }\n" + EngineUnderTest.Config, output: log)
    {
        _log = log;
        var received = CreateTestProbe();
        _received = received.Ref;
        var settings = new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"], MaxMessageSize = 1000 } };
        var receiver = _received;
        var role = Sys.ActorOf(PullRole.Props(settings, Props.Create(() => new Forwarder(receiver))));
        role.Tell(WhenReady.Instance, TestActor);
        _endpoint = ExpectMsg<RoleReady>(Patience).Endpoints[0];
        Sys.EventStream.Subscribe(TestActor, typeof(PeerDisconnected));
        Sys.EventStream.Subscribe(TestActor, typeof(PeerHandshakeFailed));
        Probe = received;
    }

    private Akka.TestKit.TestProbe Probe { get; }

    public static TheoryData<string, byte[]> Bytes => new()
    {
        { "an HTTP request", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n                                                          "u8.ToArray() },
        { "zeros", new byte[100] },
        { "ones", Enumerable.Repeat((byte)0xFF, 100).ToArray() },
        { "a greeting with an unknown mechanism", [.. Greeting[..12], .. "NOSUCHMECHANISM"u8, .. new byte[37]] },
        { "a wrong socket type", [.. Greeting, .. Ready("REQ")] },
        { "a socket type that does not exist", [.. Greeting, .. Ready("NONSENSE")] },
        { "an oversized frame", [.. Greeting, .. Ready("PUSH"), 0x02, 0, 0, 0, 0, 0, 0, 0x10, 0, .. new byte[100]] },
        { "a frame of 2^63 bytes and more", [.. Greeting, .. Ready("PUSH"), 0x02, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] },
        { "reserved flags", [.. Greeting, .. Ready("PUSH"), 0xF8, 1, 0] },
    };

    private static readonly string[] s_behindTheHandshake = ["an oversized frame", "a frame of 2^63 bytes and more", "reserved flags"];

    private static readonly string[] s_keptByNetMq = ["an HTTP request", "reserved flags"];

    [SkippableTheory]
    [MemberData(nameof(Bytes))]
    public async Task The_role_goes_on_after(string what, byte[] bytes)
    {
        if (s_keptByNetMq.Contains(what)) EngineUnderTest.NeedsZmtp("keeps the connection open");
        _log.WriteLine(what);
        using var peer = new TcpClient();
        await peer.ConnectAsync("127.0.0.1", new Uri(_endpoint).Port);
        var stream = peer.GetStream();
        await stream.WriteAsync(bytes);
        await UntilClosed(stream);
        // The engine netmq does not tell a failed handshake from a lost connection.
        if (EngineUnderTest.IsZmtp && !s_behindTheHandshake.Contains(what)) ExpectMsg<PeerHandshakeFailed>(Patience, $"no event told that the handshake with {what} failed");
        else ExpectMsg<PeerDisconnected>(Patience, $"no event told that the connection with {what} ended");

        await using var honest = PythonPeer.Connect(_log, "push", _endpoint, "still here", "1");
        Assert.Equal("still here 0", Probe.ExpectMsg<Message>(Patience).Text());
    }

    [SkippableTheory]
    [MemberData(nameof(Bytes))]
    public async Task On_netmq_the_role_goes_on_beside_a_connection_that_stays_open_after(string what, byte[] bytes)
    {
        Skip.If(EngineUnderTest.IsZmtp || !s_keptByNetMq.Contains(what), "the connection is closed");
        _log.WriteLine(what);
        using var peer = new TcpClient();
        await peer.ConnectAsync("127.0.0.1", new Uri(_endpoint).Port);
        await peer.GetStream().WriteAsync(bytes);

        await using var honest = PythonPeer.Connect(_log, "push", _endpoint, "still here", "1");
        // A frame with reserved flags reaches the handler there.
        Probe.FishForMessage<Message>(message => message.Text() == "still here 0", Patience, "the message of the honest peer");
        // A connection that was closed would be readable, with nothing to read.
        Assert.False(peer.Client.Poll(0, SelectMode.SelectRead) && peer.Available == 0);
    }

    /// <summary>READY with a Socket-Type (RFC 23, section "The NULL Security Mechanism").</summary>
    private static byte[] Ready(string type)
    {
        byte[] body = [5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, (byte)type.Length, .. System.Text.Encoding.ASCII.GetBytes(type)];
        return [0x04, (byte)body.Length, .. body];
    }

    private static async Task UntilClosed(NetworkStream stream)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[256];
        try
        {
            while (await stream.ReadAsync(buffer, patience.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset instead of closed: the connection ended all the same.
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"the connection was not closed within {Patience.TotalSeconds} s");
        }
    }

    private sealed class Forwarder : ReceiveActor
    {
        public Forwarder(IActorRef receiver) => Receive<Message>(message => receiver.Tell(message));
    }
}
