using NetMQ.Sockets;
using NetMQ.Tests.Interop;

namespace NetMQ.Tests.Alone.Zap;

/// <summary>PLAIN with the libzmq of the npm package, over tcp and ws. Ours is the server, since the package has no ZAP handler.</summary>
[Collection(AloneCollection.Name)]
public class PlainNodeInteropTests
{
    [SkippableTheory]
    [InlineData("tcp://127.0.0.1:*", true)]
    [InlineData("tcp://127.0.0.1:*", false)]
    [InlineData("ws://127.0.0.1:*", true)]
    public void Their_client_with_the_password_is_let_in(string endpoint, bool weBind)
    {
        using var theirs = NodePeer.Start("PAIR");
        theirs.Set("plainUsername", "\"admin\"");
        theirs.Set("plainPassword", "\"secret\"");
        using var handler = new ZapHandler();
        using var ours = new PairSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.PlainServer = true;
        if (weBind)
        {
            ours.Bind(endpoint);
            theirs.Connect(ours.Options.LastEndpoint!);
        }
        else
        {
            ours.Connect(theirs.Bind(endpoint));
        }

        var request = handler.Request();
        Assert.Equal(["admin"u8.ToArray(), "secret"u8.ToArray()], request[6..]);
        handler.Reply(request, "200");
        theirs.Send("61,62");
        Expect.Message(ours, "61,62");
        Expect.Sent(ours, "63,,");
        Assert.Equal("63,,", theirs.Receive());
    }
}
