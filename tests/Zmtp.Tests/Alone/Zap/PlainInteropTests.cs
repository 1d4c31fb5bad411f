using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Alone.Zap;

/// <summary>PLAIN and NULL with ZAP, with libzmq as the other end: either role, either direction of the connection.</summary>
[Collection(AloneCollection.Name)]
public class PlainInteropTests
{
    private static readonly TimeSpan Unheard = TimeSpan.FromMilliseconds(300);

    private static PythonPeer TheirClient(string password)
    {
        var theirs = PythonPeer.Start("PAIR");
        theirs.Do("set-text PLAIN_USERNAME admin");
        theirs.Do($"set-text PLAIN_PASSWORD {password}");
        return theirs;
    }

    private static PairSocket OurClient(string password)
    {
        var ours = new PairSocket();
        ours.Options.PlainUsername = "admin";
        ours.Options.PlainPassword = password;
        return ours;
    }

    /// <summary>A client that was refused already has nobody to send to.</summary>
    private static void SendUnlessRefused(ZmqSocket ours, string frame)
        => ours.TrySendMultipartBytes(TimeSpan.Zero, Expect.Frames(frame));

    private static string Hex(string text) => Convert.ToHexStringLower(ZapHandler.Text(text));

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Their_client_with_the_password_is_let_in(bool weBind)
    {
        using var handler = new ZapHandler();
        using var theirs = TheirClient("secret");
        using var ours = new PairSocket();
        ours.Options.PlainServer = true;
        Link.Up(ours, theirs, weBind);
        var request = handler.Request();
        Assert.Equal(["admin"u8.ToArray(), "secret"u8.ToArray()], request[6..]);
        handler.Reply(request, "200");
        theirs.Send("61,62");
        Expect.Message(ours, "61,62");
        Expect.Sent(ours, "63,,");
        Assert.Equal("63,,", theirs.Receive());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Their_client_with_a_wrong_password_gets_nothing_through(bool weBind)
    {
        using var handler = new ZapHandler();
        using var theirs = TheirClient("wrong");
        using var ours = new PairSocket();
        ours.Options.PlainServer = true;
        Link.Up(ours, theirs, weBind);
        theirs.Begin("send 6e6f");
        handler.Answer("400");
        Assert.False(ours.Poll(PollEvents.PollIn, Unheard).HasIn());
    }

    [SkippableFact]
    public void Their_client_gets_nothing_through_without_a_handler()
    {
        using var theirs = TheirClient("secret");
        using var ours = new PairSocket();
        ours.Options.PlainServer = true;
        Link.Up(ours, theirs, weBind: true);
        theirs.Begin("send 6e6f");
        Assert.False(ours.Poll(PollEvents.PollIn, Unheard).HasIn());

        // When there is one, it is asked.
        using var handler = new ZapHandler();
        handler.Answer("200");
        Expect.Message(ours, "6e6f");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Our_client_with_the_password_is_let_in(bool weBind)
    {
        using var theirs = PythonPeer.Start("PAIR");
        theirs.Set("PLAIN_SERVER", 1);
        theirs.Do($"zap {Hex("admin")},{Hex("secret")}");
        using var ours = OurClient("secret");
        Link.Up(ours, theirs, weBind);
        Expect.Sent(ours, "61,62");
        Assert.Equal("61,62", theirs.Receive());
        theirs.Send("63,,");
        Expect.Message(ours, "63,,");
    }

    [SkippableFact]
    public void Our_client_with_a_wrong_password_gets_nothing_through()
    {
        using var theirs = PythonPeer.Start("PAIR");
        theirs.Set("PLAIN_SERVER", 1);
        theirs.Do($"zap {Hex("admin")},{Hex("secret")}");
        using var ours = OurClient("wrong");
        using var disconnected = new ManualResetEventSlim();
        using var monitor = ours.Monitor(SocketEvents.Disconnected, _ => disconnected.Set());
        Link.Up(ours, theirs, weBind: false);
        SendUnlessRefused(ours, "6e6f");
        Expect.Set(disconnected, "refused connection");
        Assert.Equal("nothing", theirs.Receive(300));
    }

    [SkippableFact]
    public void Our_client_gets_nothing_through_to_a_server_without_a_handler()
    {
        using var theirs = PythonPeer.Start("PAIR");
        theirs.Set("PLAIN_SERVER", 1);
        using var ours = OurClient("secret");
        Link.Up(ours, theirs, weBind: false);
        SendUnlessRefused(ours, "6e6f");
        Assert.Equal("nothing", theirs.Receive(300));
    }

    [SkippableTheory]
    [InlineData("200", true)]
    [InlineData("400", false)]
    public void Their_peer_of_NULL_comes_in_when_the_handler_says_so(string code, bool allowed)
    {
        using var handler = new ZapHandler();
        using var theirs = PythonPeer.Start("PAIR");
        using var ours = new PairSocket();
        ours.Options.ZapDomain = "test";
        Link.Up(ours, theirs, weBind: true);
        theirs.Begin("send 6869");
        handler.Answer(code);
        if (allowed)
            Expect.Message(ours, "6869");
        else
            Assert.False(ours.Poll(PollEvents.PollIn, Unheard).HasIn());
    }

    [SkippableTheory]
    [InlineData("nothing", true)]
    [InlineData("61", false)]
    public void Our_peer_of_NULL_comes_in_when_their_handler_says_so(string credentials, bool allowed)
    {
        using var theirs = PythonPeer.Start("PAIR");
        theirs.Do("set-text ZAP_DOMAIN test");
        theirs.Do($"zap {credentials}");
        using var ours = new PairSocket();
        Link.Up(ours, theirs, weBind: false);
        SendUnlessRefused(ours, "6869");
        Assert.Equal(allowed ? "6869" : "nothing", theirs.Receive(allowed ? 20_000 : 300));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Our_client_of_CURVE_comes_in_when_their_handler_knows_its_key(bool known)
    {
        CurveKeyPair server = new(), client = new();
        using var theirs = PythonPeer.Start("PAIR");
        theirs.Do($"set-text CURVE_PUBLICKEY {server.PublicKeyZ85}");
        theirs.Do($"set-text CURVE_SECRETKEY {server.SecretKeyZ85}");
        theirs.Set("CURVE_SERVER", 1);
        theirs.Do($"zap {Convert.ToHexStringLower(known ? client.PublicKey : server.PublicKey)}");
        using var ours = new PairSocket();
        ours.Options.CurveKeys = client;
        ours.Options.CurveServerKey = server.PublicKey;
        Link.Up(ours, theirs, weBind: false);
        SendUnlessRefused(ours, "6869");
        Assert.Equal(known ? "6869" : "nothing", theirs.Receive(known ? 20_000 : 300));
    }
}
