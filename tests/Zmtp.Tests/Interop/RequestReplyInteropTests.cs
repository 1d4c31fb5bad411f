
namespace Actors.Zmtp.Tests.Interop;

public class RequestReplyInteropTests
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_REQ_asks_their_REP(bool weBind)
    {
        using var theirs = PythonPeer.Start("REP");
        using var ours = new RequestSocket();
        Link.Up(ours, theirs, weBind);
        for (var i = 0; i < 3; i++)
        {
            Expect.Sent(ours, "61,,62");
            Assert.Equal("61,,62", theirs.Receive());
            theirs.Send("63");
            Expect.Message(ours, "63");
        }
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_REP_answers_their_REQ(bool weBind)
    {
        using var theirs = PythonPeer.Start("REQ");
        using var ours = new ResponseSocket();
        Link.Up(ours, theirs, weBind);
        for (var i = 0; i < 3; i++)
        {
            theirs.Send("61,62");
            Expect.Message(ours, "61,62");
            Expect.Sent(ours, "-");
            Assert.Equal("-", theirs.Receive());
        }
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_DEALER_talks_to_their_ROUTER_under_its_routing_id(bool weBind)
    {
        using var theirs = PythonPeer.Start("ROUTER");
        using var ours = new DealerSocket();
        ours.Options.Identity = "me"u8.ToArray();
        Link.Up(ours, theirs, weBind);
        Expect.Sent(ours, "61,62");
        Assert.Equal("6d65,61,62", theirs.Receive());
        theirs.Send("6d65,63");
        Expect.Message(ours, "63");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_ROUTER_knows_their_DEALER_by_its_routing_id(bool weBind)
    {
        using var theirs = PythonPeer.Start("DEALER");
        using var ours = new RouterSocket();
        theirs.Set("IDENTITY", "796f75");
        Link.Up(ours, theirs, weBind);
        theirs.Send("61");
        Expect.Message(ours, "796f75,61");
        Expect.Sent(ours, "796f75,62,63");
        Assert.Equal("62,63", theirs.Receive());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_ROUTER_makes_up_a_routing_id_for_who_has_none(bool weBind)
    {
        using var theirs = PythonPeer.Start("REQ");
        using var ours = new RouterSocket();
        Link.Up(ours, theirs, weBind);
        theirs.Send("61");
        var request = Expect.Message(ours).Split(',');
        Assert.Equal(3, request.Length);
        Assert.StartsWith("00", request[0], StringComparison.Ordinal);
        Assert.Equal(["", "61"], request[1..]);
        Expect.Sent(ours, $"{request[0]},,62");
        Assert.Equal("62", theirs.Receive());
    }

    [SkippableFact]
    public void A_DEALER_asks_their_REP_with_an_envelope()
    {
        using var theirs = PythonPeer.Start("REP");
        using var ours = new DealerSocket();
        Link.Up(ours, theirs, weBind: true);
        Expect.Sent(ours, ",61");
        Assert.Equal("61", theirs.Receive());
        theirs.Send("62");
        Expect.Message(ours, ",62");
    }

    [SkippableFact]
    public void A_REP_gives_back_the_envelope_of_their_DEALER()
    {
        using var theirs = PythonPeer.Start("DEALER");
        using var ours = new ResponseSocket();
        Link.Up(ours, theirs, weBind: true);
        theirs.Send("0102,03,,61");
        Expect.Message(ours, "61");
        Expect.Sent(ours, "62");
        Assert.Equal("0102,03,,62", theirs.Receive());
    }

    [SkippableFact]
    public void A_REQ_takes_turns_among_their_REPs()
    {
        using var one = PythonPeer.Start("REP");
        using var other = PythonPeer.Start("REP");
        using var ours = new RequestSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Connect(one.Bind());
        ours.Connect(other.Bind());
        for (var i = 0; i < 4; i++)
        {
            one.Begin("echo 1");
            other.Begin("echo 1");
            Expect.Sent(ours, "61");
            Expect.Message(ours, "61");
            Expect.Sent(ours, "62");
            Expect.Message(ours, "62");
            one.Finish("echo 1");
            other.Finish("echo 1");
        }
    }
}
