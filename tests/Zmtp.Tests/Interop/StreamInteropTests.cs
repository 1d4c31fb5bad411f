
namespace Actors.Zmtp.Tests.Interop;

/// <summary>STREAM and raw ROUTER with those of libzmq, in both directions.</summary>
public class StreamInteropTests
{
    public static TheoryData<string, string, bool> Pairs
    {
        get
        {
            var data = new TheoryData<string, string, bool>();
            foreach (var ours in (string[])["STREAM", "ROUTER"])
            {
                foreach (var theirs in (string[])["STREAM", "ROUTER"])
                {
                    data.Add(ours, theirs, true);
                    data.Add(ours, theirs, false);
                }
            }

            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Raw_sockets_talk_both_ways_and_end_the_connection(string ourType, string theirType, bool weBind)
    {
        using var ours = CreateOurs(ourType);
        using var theirs = StartTheirs(theirType);
        Link.Up(ours, theirs, weBind);
        var ourId = Expect.Message(ours).Split(',')[0];
        Assert.EndsWith(",", theirs.Receive(), StringComparison.Ordinal);

        Expect.Sent(ours, $"{ourId},68656c6c6f");
        var heard = theirs.Receive().Split(',');
        Assert.Equal("68656c6c6f", heard[1]);
        theirs.Send($"{heard[0]},776f726c64");
        Expect.Message(ours, $"{ourId},776f726c64");

        theirs.Send($"{heard[0]},");
        Expect.Message(ours, $"{ourId},");
    }

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void They_are_told_that_we_ended_the_connection(string ourType, string theirType, bool weBind)
    {
        using var ours = CreateOurs(ourType);
        using var theirs = StartTheirs(theirType);
        Link.Up(ours, theirs, weBind);
        var ourId = Expect.Message(ours).Split(',')[0];
        var begun = theirs.Receive();
        Expect.Sent(ours, $"{ourId},");
        Assert.Equal(begun, theirs.Receive());
    }

    [SkippableFact]
    public void A_peer_that_is_killed_is_told()
    {
        using var ours = new StreamSocket();
        using var theirs = PythonPeer.Start("STREAM");
        Link.Up(ours, theirs, weBind: true);
        var id = Expect.Message(ours);
        theirs.Kill();
        Expect.Message(ours, id);
    }

    private static ZmqSocket CreateOurs(string type)
    {
        if (type == "STREAM")
            return new StreamSocket();
        var router = new RouterSocket();
        router.Options.RouterRawSocket = true;
        return router;
    }

    private static PythonPeer StartTheirs(string type)
    {
        var theirs = PythonPeer.Start(type);
        if (type == "ROUTER")
            theirs.Set("ROUTER_RAW", 1);
        return theirs;
    }
}
