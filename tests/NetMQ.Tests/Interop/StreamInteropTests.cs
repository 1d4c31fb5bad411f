using NetMQ.Sockets;

namespace NetMQ.Tests.Interop;

/// <summary>STREAM with libzmq's STREAM, in both directions.</summary>
public class StreamInteropTests
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_STREAM_talks_to_their_STREAM(bool weBind)
    {
        using var ours = new StreamSocket();
        using var theirs = PythonPeer.Start("STREAM");
        Link.Up(ours, theirs, weBind);
        var ourId = Expect.Message(ours).Split(',')[0];
        var theirId = theirs.Receive().Split(',')[0];

        theirs.Send($"{theirId},68656c6c6f");
        Expect.Message(ours, $"{ourId},68656c6c6f");
        Expect.Sent(ours, $"{ourId},776f726c64");
        Assert.Equal($"{theirId},776f726c64", theirs.Receive());

        Expect.Sent(ours, $"{ourId},");
        Assert.Equal($"{theirId},", theirs.Receive());
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
}
