using Actors.Transport;
using Actors.Zmtp;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;
using Xunit.Abstractions;

namespace Transport.Tests.Security;

/// <summary>Sockets with a mechanism on the engine under test, and raw peers of Actors.Zmtp with the right and the wrong credentials.</summary>
public sealed class SecuredSocketTests : TestKit
{
    private const string NoList = "lets everyone in who knows the server's key";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly CurveKeyPair Server = new();

    private readonly TemporaryFolder _folder = new();

    public SecuredSocketTests(ITestOutputHelper log)
        : base("akka { loglevel = INFO, test { single-expect-default = 30s } }\n" + EngineUnderTest.Config, output: log)
    {
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }

    private static SocketSpec Spec(SecuritySettings security, string name = "socket") => new()
    {
        Name = name,
        Kind = SocketKind.Pull,
        Settings = new SocketSettings { Bind = ["tcp://127.0.0.1:0"], Security = security, RestartBackoff = TimeSpan.FromMilliseconds(10) },
    };

    private (IActorRef Socket, string Endpoint) Open(SocketSpec spec)
    {
        ZmqTransport.Of(Sys).Open(spec, TestActor);
        var socket = FishForMessage<SocketCreated>(_ => true, Patience, "the socket").Socket;
        socket.Tell(new InboundCredit(100));
        return (socket, FishForMessage<SocketOpened>(_ => true, Patience, "the open socket").Endpoints[0]);
    }

    private static PushSocket Curve(string endpoint, CurveKeyPair? client = null, byte[]? server = null)
    {
        var push = new PushSocket();
        push.Options.Linger = TimeSpan.Zero;
        push.Options.CurveKeys = client ?? new CurveKeyPair();
        push.Options.CurveServerKey = server ?? Server.PublicKey;
        push.Connect(endpoint);
        return push;
    }

    private static PushSocket Plain(string endpoint, string user, string password)
    {
        var push = new PushSocket();
        push.Options.Linger = TimeSpan.Zero;
        push.Options.PlainUsername = user;
        push.Options.PlainPassword = password;
        push.Connect(endpoint);
        return push;
    }

    private static PushSocket Null(string endpoint)
    {
        var push = new PushSocket();
        push.Options.Linger = TimeSpan.Zero;
        push.Connect(endpoint);
        return push;
    }

    private void ExpectText(string text) =>
        Assert.Equal([text], FishForMessage<InboundBatch>(_ => true, Patience, $"the message {text}").Messages.Select(message => message.Text()));

    private string ExpectRefusal() => FishForMessage<PeerHandshakeFailed>(_ => true, Patience, "the refusal").Reason;

    [Fact]
    public void A_curve_server_takes_clients_that_know_its_key()
    {
        var (_, endpoint) = Open(Spec(new CurveServer { Keys = Server, Clients = CurveServer.Any }));
        using var push = Curve(endpoint);
        push.SendFrame("sealed");

        ExpectText("sealed");
    }

    [Fact]
    public void A_curve_client_sends_to_the_server_whose_key_it_knows()
    {
        using var pull = new PullSocket();
        pull.Options.CurveServer = true;
        pull.Options.CurveKeys = Server;
        var endpoint = $"tcp://127.0.0.1:{pull.BindRandomPort("tcp://127.0.0.1")}";
        var settings = new SocketSettings { Connect = [endpoint], Security = new CurveClient { ServerKey = Server.PublicKeyZ85 } };
        ZmqTransport.Of(Sys).Open(new SocketSpec { Name = "push", Kind = SocketKind.Push, Settings = settings }, TestActor);
        FishForMessage<SocketCreated>(_ => true, Patience, "the socket").Socket.Tell(new OutboundBatch([Message.FromText("sealed")]));

        Assert.True(pull.TryReceiveFrameBytes(Patience, out var received));
        Assert.Equal("sealed"u8.ToArray(), received);
    }

    [Fact]
    public void A_restarted_socket_keeps_its_mechanism()
    {
        var (socket, endpoint) = Open(Spec(new CurveServer { Keys = Server, Clients = CurveServer.Any }) with { });
        socket.Tell(ReopenSocket.Instance);
        endpoint = FishForMessage<SocketOpened>(_ => true, Patience, "the socket that was opened again").Endpoints[0];
        using var bare = Null(endpoint);
        bare.SendFrame("in clear text");
        using var push = Curve(endpoint);
        push.SendFrame("sealed");

        ExpectText("sealed");
    }

    [SkippableFact]
    public void A_listed_client_is_let_in_under_its_name_and_another_is_refused_with_its_key()
    {
        EngineUnderTest.NeedsZmtp(NoList);
        var (joe, bob) = (new CurveKeyPair(), new CurveKeyPair());
        var (_, endpoint) = Open(Spec(new CurveServer { Keys = Server, Clients = _folder.Write("clients.keys", $"{joe.PublicKeyZ85} joe") }));

        using var refused = Curve(endpoint, bob);
        refused.SendFrame("no");
        Assert.Contains($"the key {bob.PublicKeyZ85} is not in", ExpectRefusal(), StringComparison.Ordinal);

        using var allowed = Curve(endpoint, joe);
        Assert.Equal("joe", FishForMessage<PeerConnected>(_ => true, Patience, "the connection").Peer?.UserId);
        allowed.SendFrame("yes");
        ExpectText("yes");
        allowed.Dispose();
        Assert.Equal("joe", FishForMessage<PeerDisconnected>(_ => true, Patience, "the end of the connection").Peer?.UserId);
    }

    [SkippableFact]
    public void A_client_that_was_refused_comes_again_and_is_let_in_once_the_list_has_its_key()
    {
        EngineUnderTest.NeedsZmtp(NoList);
        var joe = new CurveKeyPair();
        var list = _folder.Write("clients.keys", "# nobody yet");
        var (_, endpoint) = Open(Spec(new CurveServer { Keys = Server, Clients = list }));
        var settings = new SocketSettings { Connect = [endpoint], ReconnectIntervalMax = TimeSpan.FromMilliseconds(200), Security = new CurveClient { ServerKey = Server.PublicKeyZ85, Keys = joe } };
        ZmqTransport.Of(Sys).Open(new SocketSpec { Name = "push", Kind = SocketKind.Push, Settings = settings }, TestActor);
        var push = FishForMessage<SocketCreated>(_ => true, Patience, "the client").Socket;
        push.Tell(new OutboundBatch([Message.FromText("at last")]));
        ExpectRefusal();

        _folder.Write("clients.keys", joe.PublicKeyZ85);

        ExpectText("at last");
    }

    [SkippableFact]
    public void A_broken_list_leaves_the_old_one_in_force_while_the_socket_runs()
    {
        EngineUnderTest.NeedsZmtp(NoList);
        var joe = new CurveKeyPair();
        var (_, endpoint) = Open(Spec(new CurveServer { Keys = Server, Clients = _folder.Write("clients.keys", joe.PublicKeyZ85) }));
        _folder.Write("clients.keys", joe.PublicKeyZ85, "nonsense");

        EventFilter.Error(contains: "clients.keys:2: \"nonsense\" is not a public key").ExpectOne(() =>
        {
            using var push = Curve(endpoint, joe);
            push.SendFrame("still");
            ExpectText("still");
        });
    }

    [SkippableFact]
    public void A_client_with_another_servers_key_is_refused()
    {
        EngineUnderTest.NeedsZmtp("does not tell of handshakes");
        var (_, endpoint) = Open(Spec(new CurveServer { Keys = Server, Clients = CurveServer.Any }));
        using var push = Curve(endpoint, server: new CurveKeyPair().PublicKey);

        Assert.Contains("not sealed for this server's key", ExpectRefusal(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_peer_of_another_mechanism_is_refused_with_both_names()
    {
        EngineUnderTest.NeedsZmtp("does not tell of handshakes");
        var (_, endpoint) = Open(Spec(new CurveServer { Keys = Server, Clients = CurveServer.Any }));
        using var push = Null(endpoint);

        Assert.Contains("the peer's security mechanism is \"NULL\", ours is \"CURVE\"", ExpectRefusal(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_user_is_let_in_and_a_wrong_password_is_refused_with_the_user_and_without_the_password()
    {
        EngineUnderTest.NeedsZmtp("has no PLAIN");
        var (_, endpoint) = Open(Spec(new PlainServer { Users = _folder.Write("users.conf", "joe secret") }));

        using var refused = Plain(endpoint, "joe", "guess-work");
        var reason = ExpectRefusal();
        Assert.Contains("the user \"joe\" has another password", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("guess-work", reason, StringComparison.Ordinal);

        using var allowed = Plain(endpoint, "joe", "secret");
        allowed.SendFrame("yes");
        ExpectText("yes");
    }

    [SkippableFact]
    public void Sockets_of_one_system_have_lists_and_domains_of_their_own()
    {
        EngineUnderTest.NeedsZmtp(NoList);
        var (joe, ann) = (new CurveKeyPair(), new CurveKeyPair());
        var asked = CreateTestProbe();
        var (_, first) = Open(Spec(new CurveServer { Keys = Server, Clients = _folder.Write("first.keys", joe.PublicKeyZ85), Authenticator = asked.Ref, Domain = "first domain" }));
        var (_, second) = Open(Spec(new CurveServer { Keys = Server, Clients = _folder.Write("second.keys", ann.PublicKeyZ85), Authenticator = asked.Ref }, "another"));

        using var joeFirst = Curve(first, joe);
        var request = asked.ExpectMsg<ZapRequest>(Patience);
        Assert.Equal(("first domain", joe.PublicKeyZ85, "127.0.0.1", "CURVE"), (request.Domain, request.PublicKey, request.Address, request.Mechanism));
        asked.LastSender.Tell(ZapDecision.Allow());

        using var joeSecond = Curve(second, joe);
        Assert.Contains("second.keys", ExpectRefusal(), StringComparison.Ordinal);

        using var annSecond = Curve(second, ann);
        Assert.Equal("another", asked.ExpectMsg<ZapRequest>(Patience).Domain);
        asked.LastSender.Tell(ZapDecision.Allow("ann"));
        FishForMessage<PeerConnected>(connected => connected.Peer?.UserId == "ann", Patience, "the connection of ann");
    }

    [SkippableFact]
    public void An_authenticator_decides_by_address_where_there_is_no_mechanism()
    {
        EngineUnderTest.NeedsZmtp(NoList);
        var asked = CreateTestProbe();
        var (_, endpoint) = Open(Spec(new NullServer { Authenticator = asked.Ref }));
        using var push = Null(endpoint);
        push.SendFrame("from here");

        Assert.Equal("NULL", asked.ExpectMsg<ZapRequest>(Patience).Mechanism);
        asked.LastSender.Tell(ZapDecision.Allow("local"));

        ExpectText("from here");
    }

    [SkippableFact]
    public void What_a_peer_says_of_itself_is_not_its_user_id()
    {
        EngineUnderTest.NeedsZmtp(NoList);
        var (_, endpoint) = Open(new SocketSpec { Name = "socket", Kind = SocketKind.Pull, Settings = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } });
        using var peer = new System.Net.Sockets.TcpClient();
        peer.Connect(System.Net.IPEndPoint.Parse(endpoint["tcp://".Length..]));
        var greeting = new byte[64];
        greeting[0] = 0xFF;
        greeting[9] = 0x7F;
        greeting[10] = 3;
        "NULL"u8.CopyTo(greeting.AsSpan(12));
        byte[] properties = [.. "\u000bSocket-Type\0\0\0\u0004PUSH"u8, .. "\u0007User-Id\0\0\0\u0004root"u8];
        byte[] ready = [.. "\u0005READY"u8, .. properties];
        peer.GetStream().Write([.. greeting, 4, (byte)ready.Length, .. ready]);

        Assert.Null(FishForMessage<PeerConnected>(_ => true, Patience, "the connection").Peer?.UserId);
    }

    [SkippableFact]
    public void What_the_engine_cannot_do_is_an_error_when_the_socket_is_opened()
    {
        Skip.If(EngineUnderTest.IsZmtp, "zmtp can do all of it");

        var fault = Assert.Throws<SocketSettingsException>(() => ZmqTransport.Of(Sys).Open(Spec(new PlainServer { Users = _folder.Write("users.conf", "joe secret") }), TestActor));

        Assert.Equal("security.mechanism", fault.Option);
    }

    [SkippableFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_key_file_that_others_may_read_is_logged_once()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no modes");
        var file = _folder.PathOf("server.key");
        CurveKeyFile.Write(file, Server);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        EventFilter.Warning(contains: "key-file names").ExpectOne(() =>
        {
            for (var n = 0; n < 2; n++) Open(Spec(new CurveServer { KeyFile = file, Clients = CurveServer.Any }, $"socket-{n}"));
        });
    }
}
