using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Interop;

/// <summary>PEER (RFC 51) and CHANNEL (RFC 52) with libzmq 4.3.5, the first whose PEERs and CHANNELs talk over a network.</summary>
public class PeerChannelInteropTests
{
    public static TheoryData<string, bool> Ways => Link.Ways();

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public void A_PEER_that_connects_writes_first_and_is_answered(string transport, bool weConnect)
    {
        using var theirs = DraftPeer.Start("PEER");
        using var ours = new PeerSocket();
        ours.Options.Linger = TimeSpan.Zero;
        if (weConnect)
        {
            var to = Convert.ToHexStringLower(ours.ConnectPeer(theirs.Bind(Link.AnyEndpoint(transport))));
            Expect.Sent(ours, $"{to},61");
            var heard = theirs.Receive().Split(' ');
            Assert.Equal("61", heard[1]);
            theirs.Do($"send-to-id {heard[0]} 62");
            Expect.Message(ours, $"{to},62");
        }
        else
        {
            ours.Bind(Link.AnyEndpoint(transport));
            var to = theirs.Ask($"connect-peer {ours.Options.LastEndpoint}");
            theirs.Do($"send-to-id {to} 61");
            var heard = Expect.Message(ours).Split(',');
            Assert.Equal("61", heard[1]);
            Expect.Sent(ours, $"{heard[0]},62");
            Assert.Equal($"{to} 62", theirs.Receive());
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public void A_CHANNEL_talks_both_ways(string transport, bool weBind)
    {
        using var theirs = DraftPeer.Start("CHANNEL");
        using var ours = new ChannelSocket();
        Link.Up(ours, theirs, transport, weBind);
        ours.SendText("a");
        Assert.Equal("61", theirs.Receive());
        theirs.Send("62");
        Assert.Equal("b", ours.ReceiveText());
    }
}
