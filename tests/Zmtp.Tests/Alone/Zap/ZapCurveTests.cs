using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Alone.Zap;

/// <summary>A ZAP handler of the process and CURVE servers that ask it: https://rfc.zeromq.org/spec/27/. There is one handler in a process.</summary>
[Collection(AloneCollection.Name)]
public class ZapCurveTests
{
    private static readonly CurveKeyPair Server = new();

    private static PullSocket Pull()
    {
        var ours = new PullSocket();
        ours.Options.CurveServer = true;
        ours.Options.CurveKeys = Server;
        return ours;
    }

    private static PythonPeer Push(PullSocket ours, CurveKeyPair client)
    {
        var theirs = PythonPeer.Start("PUSH");
        theirs.Do($"set-text CURVE_PUBLICKEY {client.PublicKeyZ85}");
        theirs.Do($"set-text CURVE_SECRETKEY {client.SecretKeyZ85}");
        theirs.Do($"set-text CURVE_SERVERKEY {Server.PublicKeyZ85}");
        theirs.Connect(Link.Bind(ours));
        return theirs;
    }

    [SkippableFact]
    public void A_client_that_the_handler_knows_is_let_in()
    {
        using var handler = new ZapHandler();
        using var ours = Pull();
        var client = new CurveKeyPair();
        using var theirs = Push(ours, client);
        theirs.Send("6869");
        var request = handler.Request();
        Assert.Equal(7, request.Count);
        Assert.Equal("1.0"u8.ToArray(), request[0]);
        Assert.Equal("global"u8.ToArray(), request[2]);
        Assert.Equal("127.0.0.1"u8.ToArray(), request[3]);
        // A PUSH of libzmq does not tell its identity.
        Assert.Empty(request[4]);
        Assert.Equal("CURVE"u8.ToArray(), request[5]);
        Assert.Equal(client.PublicKey, request[6]);
        handler.Reply(request, "200", "joe");
        Expect.Message(ours, "6869");
    }

    [SkippableFact]
    public void A_client_that_is_refused_gets_nothing_through_and_another_does()
    {
        using var handler = new ZapHandler();
        using var ours = Pull();
        using var refused = Push(ours, new CurveKeyPair());
        refused.Begin("send 6e6f");
        handler.Answer("400");
        using var allowed = Push(ours, new CurveKeyPair());
        allowed.Send("6869");
        handler.Answer("200");
        Expect.Message(ours, "6869");
    }

    [SkippableFact]
    public void After_a_temporary_error_a_client_comes_again_and_the_answer_may_have_changed()
    {
        using var handler = new ZapHandler();
        using var ours = Pull();
        using var theirs = Push(ours, new CurveKeyPair());
        theirs.Begin("send 6869");
        handler.Answer("300");
        handler.Answer("200");
        Expect.Message(ours, "6869");
    }

    [SkippableFact]
    public void The_keys_that_are_let_in_may_change_while_the_server_runs()
    {
        using var handler = new ZapHandler();
        using var ours = Pull();
        CurveKeyPair one = new(), other = new();
        HashSet<string> allowed = [one.PublicKeyZ85];
        bool Decide()
        {
            var request = handler.Request();
            var known = allowed.Contains(CurveKeyPair.FromPublicKey(request[6]).PublicKeyZ85);
            handler.Reply(request, known ? "200" : "400");
            return known;
        }

        using (var theirs = Push(ours, one))
        {
            theirs.Send("61");
            Assert.True(Decide());
            Expect.Message(ours, "61");
        }

        allowed = [other.PublicKeyZ85];
        using var refused = Push(ours, one);
        refused.Begin("send 6e6f");
        Assert.False(Decide());
        using var admitted = Push(ours, other);
        admitted.Send("62");
        while (!Decide())
        {
            // The refused one, again.
        }

        Expect.Message(ours, "62");
    }

    [Fact]
    public void Without_a_handler_every_client_is_let_in()
    {
        using var ours = Pull();
        using var client = Client(ours);
        Expect.Sent(client, "61");
        Expect.Message(ours, "61");
    }

    [Fact]
    public void Without_a_handler_nobody_is_let_in_where_a_domain_is_enforced()
    {
        using var ours = Pull();
        ours.Options.ZapDomain = "test";
        ours.Options.ZapEnforceDomain = true;
        using var client = Client(ours);
        Expect.Sent(client, "61");

        // It came, was turned away, and comes again when there is a handler, which shows that it was.
        using var handler = new ZapHandler();
        var request = handler.Request();
        Assert.Equal("test"u8.ToArray(), request[2]);
        Assert.False(ours.HasIn);
        handler.Reply(request, "200");
        Expect.Message(ours, "61");
    }

    private static PushSocket Client(PullSocket server)
    {
        var client = new PushSocket();
        client.Options.CurveKeys = new CurveKeyPair();
        client.Options.CurveServerKey = Server.PublicKey;
        client.Options.Linger = TimeSpan.Zero;
        client.Options.ReconnectInterval = TimeSpan.FromMilliseconds(20);
        client.Connect(Link.Bind(server));
        return client;
    }
}
