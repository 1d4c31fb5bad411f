using NetMQ.Sockets;
using NetMQ.Tests.Interop;

namespace NetMQ.Tests.Alone;

/// <summary>A ZAP handler of the process and CURVE servers that ask it: https://rfc.zeromq.org/spec/27/. There is one handler in a process.</summary>
[Collection(AloneCollection.Name)]
public class ZapTests
{
    private static readonly NetMQCertificate Server = new();

    private static ResponseSocket Handler()
    {
        var handler = new ResponseSocket();
        handler.Options.Linger = TimeSpan.Zero;
        handler.Bind("inproc://zeromq.zap.01");
        return handler;
    }

    private static PullSocket Pull()
    {
        var ours = new PullSocket();
        ours.Options.CurveServer = true;
        ours.Options.CurveCertificate = Server;
        return ours;
    }

    private static PythonPeer Push(PullSocket ours, NetMQCertificate client)
    {
        var theirs = PythonPeer.Start("PUSH");
        theirs.Do($"set-text CURVE_PUBLICKEY {client.PublicKeyZ85}");
        theirs.Do($"set-text CURVE_SECRETKEY {client.SecretKeyZ85}");
        theirs.Do($"set-text CURVE_SERVERKEY {Server.PublicKeyZ85}");
        theirs.Connect(Link.Bind(ours));
        return theirs;
    }

    private static List<byte[]> Request(ResponseSocket handler)
    {
        List<byte[]>? frames = null;
        Assert.True(handler.TryReceiveMultipartBytes(Expect.Patience, ref frames), "no request came to the handler");
        return frames!;
    }

    private static void Reply(ResponseSocket handler, List<byte[]> request, string code, string user = "")
        => Assert.True(handler.TrySendMultipartBytes(Expect.Patience, ["1.0"u8.ToArray(), request[1], System.Text.Encoding.ASCII.GetBytes(code), "because"u8.ToArray(), System.Text.Encoding.ASCII.GetBytes(user), []]));

    [SkippableFact]
    public void A_client_that_the_handler_knows_is_let_in()
    {
        using var handler = Handler();
        using var ours = Pull();
        var client = new NetMQCertificate();
        using var theirs = Push(ours, client);
        theirs.Send("6869");
        var request = Request(handler);
        Assert.Equal(7, request.Count);
        Assert.Equal("1.0"u8.ToArray(), request[0]);
        Assert.Equal("global"u8.ToArray(), request[2]);
        Assert.Equal("127.0.0.1"u8.ToArray(), request[3]);
        // A PUSH of libzmq does not tell its identity.
        Assert.Empty(request[4]);
        Assert.Equal("CURVE"u8.ToArray(), request[5]);
        Assert.Equal(client.PublicKey, request[6]);
        Reply(handler, request, "200", "joe");
        Expect.Message(ours, "6869");
    }

    [SkippableFact]
    public void A_client_that_is_refused_gets_nothing_through_and_another_does()
    {
        using var handler = Handler();
        using var ours = Pull();
        using var refused = Push(ours, new NetMQCertificate());
        refused.Begin("send 6e6f");
        Reply(handler, Request(handler), "400");
        using var allowed = Push(ours, new NetMQCertificate());
        allowed.Send("6869");
        Reply(handler, Request(handler), "200");
        Expect.Message(ours, "6869");
    }

    [SkippableFact]
    public void After_a_temporary_error_a_client_comes_again_and_the_answer_may_have_changed()
    {
        using var handler = Handler();
        using var ours = Pull();
        using var theirs = Push(ours, new NetMQCertificate());
        theirs.Begin("send 6869");
        Reply(handler, Request(handler), "300");
        Reply(handler, Request(handler), "200");
        Expect.Message(ours, "6869");
    }

    [SkippableFact]
    public void A_reply_that_is_malformed_lets_nobody_in()
    {
        using var handler = Handler();
        using var ours = Pull();
        using var refused = Push(ours, new NetMQCertificate());
        refused.Begin("send 6e6f");
        Reply(handler, Request(handler), "2000");
        using var allowed = Push(ours, new NetMQCertificate());
        allowed.Send("6869");
        Reply(handler, Request(handler), "200");
        Expect.Message(ours, "6869");
    }
}
