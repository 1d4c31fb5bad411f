
namespace Actors.Zmtp.Tests.Interop;

/// <summary>Peers that come first, last, or again.</summary>
public class RestartInteropTests
{
    [SkippableFact]
    public void A_REQ_that_connects_before_anybody_listens_is_served()
    {
        var endpoint = Link.FreeEndpoint();
        using var ours = new RequestSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Connect(endpoint);
        Expect.Sent(ours, "61");
        using var theirs = PythonPeer.Start("REP");
        theirs.Bind(endpoint);
        Assert.Equal("61", theirs.Receive());
        theirs.Send("62");
        Expect.Message(ours, "62");
    }

    [SkippableFact]
    public void A_PULL_serves_a_PUSH_that_connected_first()
    {
        var endpoint = Link.FreeEndpoint();
        using var theirs = PythonPeer.Start("PUSH");
        theirs.Connect(endpoint);
        theirs.Begin("send 61");
        using var ours = new PullSocket();
        ours.Bind(endpoint);
        Expect.Message(ours, "61");
    }

    [SkippableFact]
    public void A_PUSH_goes_on_with_each_new_PULL_at_its_endpoint()
    {
        var endpoint = Link.FreeEndpoint();
        using var ours = new PushSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Connect(endpoint);
        for (var life = 0; life < 3; life++)
        {
            using var theirs = PythonPeer.Start("PULL");
            theirs.Bind(endpoint);
            var frame = $"0{life}";
            Link.Repeat(
                () =>
                {
                    Expect.Sent(ours, frame);
                    return theirs.Receive(100) == frame;
                },
                $"message at PULL number {life}");
            theirs.Kill();
        }
    }

    [SkippableFact]
    public void A_PULL_goes_on_with_each_new_PUSH()
    {
        using var ours = new PullSocket();
        Comeback.OfTheirSender(ours, 3, () => PythonPeer.Start("PUSH"));
    }

    [SkippableFact]
    public void A_REP_goes_on_when_a_requester_dies_before_the_reply()
    {
        using var ours = new ResponseSocket();
        ours.Options.Linger = TimeSpan.Zero;
        var endpoint = Link.Bind(ours);
        for (var life = 0; life < 3; life++)
        {
            using (var dies = PythonPeer.Start("REQ"))
            {
                dies.Connect(endpoint);
                dies.Send("64");
                Expect.Message(ours, "64");
                dies.Kill();
            }

            Expect.Sent(ours, "00");
            using var lives = PythonPeer.Start("REQ");
            lives.Connect(endpoint);
            lives.Send("61");
            Expect.Message(ours, "61");
            Expect.Sent(ours, "62");
            Assert.Equal("62", lives.Receive());
        }
    }

    [SkippableFact]
    public void A_ROUTER_knows_a_dealer_again_that_comes_back()
    {
        using var ours = new RouterSocket();
        ours.Options.Linger = TimeSpan.Zero;
        var endpoint = Link.Bind(ours);
        for (var life = 0; life < 3; life++)
        {
            using var theirs = PythonPeer.Start("DEALER");
            theirs.Set("IDENTITY", "6465");
            theirs.Connect(endpoint);
            Link.Repeat(
                () =>
                {
                    theirs.Send("61");
                    List<byte[]>? frames = null;
                    return ours.TryReceiveMultipartBytes(TimeSpan.FromMilliseconds(200), ref frames);
                },
                "message of the dealer that came back");
            Expect.Sent(ours, "6465,62");
            Assert.Equal("62", theirs.Receive());
            theirs.Kill();
            while (ours.TrySkipMultipartMessage())
            {
            }
        }
    }

    [SkippableFact]
    public void A_PAIR_takes_a_new_partner_when_the_old_one_died()
    {
        using var ours = new PairSocket();
        Comeback.OfTheirSender(ours, 3, () => PythonPeer.Start("PAIR"));
    }
}
