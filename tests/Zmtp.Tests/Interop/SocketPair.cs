
namespace Actors.Zmtp.Tests.Interop;

/// <summary>What a socket of ours and one of theirs say to each other, for each pair of the classic types.</summary>
internal static class SocketPair
{
    /// <summary>All pairs, ours before theirs.</summary>
    public static readonly string[] All =
    [
        "REQ-REP", "REP-REQ", "REQ-ROUTER", "ROUTER-REQ", "DEALER-REP", "REP-DEALER", "DEALER-ROUTER", "ROUTER-DEALER", "DEALER-DEALER",
        "PUB-SUB", "SUB-PUB", "XPUB-SUB", "SUB-XPUB", "PUB-XSUB", "XSUB-PUB", "XPUB-XSUB", "XSUB-XPUB",
        "PUSH-PULL", "PULL-PUSH", "PAIR-PAIR",
    ];

    /// <summary>All pairs, each with both ends binding.</summary>
    public static TheoryData<string, bool> BothDirections()
    {
        var data = new TheoryData<string, bool>();
        foreach (var pair in All)
        {
            data.Add(pair, true);
            data.Add(pair, false);
        }

        return data;
    }

    public static string Theirs(string pair) => pair.Split('-')[1];

    public static ZmqSocket CreateOurs(string pair)
    {
        ZmqSocket socket = pair.Split('-')[0] switch
        {
            "REQ" => new RequestSocket(),
            "REP" => new ResponseSocket(),
            "DEALER" => new DealerSocket(),
            "ROUTER" => new RouterSocket(),
            "PUB" => new PublisherSocket(),
            "SUB" => new SubscriberSocket(),
            "XPUB" => new XPublisherSocket(),
            "XSUB" => new XSubscriberSocket(),
            "PUSH" => new PushSocket(),
            "PULL" => new PullSocket(),
            _ => new PairSocket(),
        };
        socket.Options.Linger = TimeSpan.Zero;
        return socket;
    }

    /// <summary>Exchanges messages of several kinds, whatever the pair can.</summary>
    public static void Exchange(string pair, ZmqSocket ours, LinePeer theirs)
    {
        switch (pair)
        {
            case "REQ-REP" or "DEALER-DEALER" or "PAIR-PAIR":
                Ask(ours, theirs, "61,,62", "61,,62");
                Answer(ours, theirs, "63", "63");
                break;
            case "DEALER-REP":
                Ask(ours, theirs, ",61,62", "61,62");
                Answer(ours, theirs, "63", ",63");
                break;
            case "REP-REQ":
                theirs.Send("61,62");
                Expect.Message(ours, "61,62");
                Ask(ours, theirs, "63", "63");
                break;
            case "REP-DEALER":
                theirs.Send(",61,62");
                Expect.Message(ours, "61,62");
                Ask(ours, theirs, "63", ",63");
                break;
            case "REQ-ROUTER" or "DEALER-ROUTER":
                var envelope = pair == "REQ-ROUTER" ? "," : "";
                Expect.Sent(ours, "61");
                var asked = theirs.Receive();
                Assert.EndsWith($",{envelope}61", asked, StringComparison.Ordinal);
                theirs.Send($"{asked.Split(',')[0]},{envelope}62");
                Expect.Message(ours, "62");
                break;
            case "ROUTER-REQ" or "ROUTER-DEALER":
                theirs.Send("61");
                var request = Expect.Message(ours).Split(',');
                Assert.Equal("61", request[^1]);
                request[^1] = "62";
                Expect.Sent(ours, string.Join(',', request));
                Assert.Equal("62", theirs.Receive());
                break;
            case "PUSH-PULL":
                Ask(ours, theirs, "61,,62", "61,,62");
                break;
            case "PULL-PUSH":
                theirs.Send("61,,62");
                Expect.Message(ours, "61,,62");
                break;
            case "SUB-PUB" or "SUB-XPUB" or "XSUB-PUB" or "XSUB-XPUB":
                Subscribe(ours, theirs);
                break;
            default:
                Publish(ours, theirs);
                break;
        }
    }

    private static void Ask(ZmqSocket ours, LinePeer theirs, string frames, string expected)
    {
        Expect.Sent(ours, frames);
        Assert.Equal(expected, theirs.Receive());
    }

    private static void Answer(ZmqSocket ours, LinePeer theirs, string frames, string expected)
    {
        theirs.Send(frames);
        Expect.Message(ours, expected);
    }

    /// <summary>The subscriber is theirs.</summary>
    private static void Publish(ZmqSocket ours, LinePeer theirs)
    {
        theirs.Do("subscribe 61");
        string heard = "nothing";
        Link.Repeat(
            () =>
            {
                Expect.Sent(ours, "62,78");
                Expect.Sent(ours, "6161,79");
                heard = theirs.Receive(20);
                return heard != "nothing";
            },
            "message at their subscriber");
        Assert.Equal("6161,79", heard);
    }

    /// <summary>The subscriber is ours.</summary>
    private static void Subscribe(ZmqSocket ours, LinePeer theirs)
    {
        if (ours is SubscriberSocket subscriber)
            subscriber.Subscribe("a");
        else
            Expect.Sent(ours, "0161");
        List<byte[]>? frames = null;
        Link.Repeat(
            () =>
            {
                theirs.Send("62,78");
                theirs.Send("6161,79");
                return ours.TryReceiveMultipartBytes(TimeSpan.FromMilliseconds(20), ref frames);
            },
            "message at our subscriber");
        Assert.Equal([[0x61, 0x61], [0x79]], frames);
    }
}
