using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Conformance;

/// <summary>Clauses of RFC 28 and 29 about what comes from peers, octet by octet.</summary>
public class PatternBytesTests
{
    [Fact]
    public void A_REQ_takes_the_reply_of_the_peer_it_asked_and_discards_others()
    {
        using var ours = new RequestSocket();
        ours.Options.Linger = TimeSpan.Zero;
        var port = ours.BindRandomPort("tcp://127.0.0.1");
        using var asked = RawPeer.ConnectTo(port);
        asked.Handshake("REP");
        Expect.Sent(ours, "61");
        asked.Expect("01 00 00 01 61");

        using var other = RawPeer.ConnectTo(port);
        other.Handshake("REP");
        other.Send("01 00 00 01 78");
        asked.Send("01 00 00 01 62");
        Expect.Message(ours, "62");

        // The other's turn comes now or next; what it said before is no answer to what it is asked then.
        Expect.Sent(ours, "63");
        if (asked.HasOctets(TimeSpan.FromMilliseconds(500)))
        {
            asked.Expect("01 00 00 01 63");
            asked.Send("01 00 00 01 62");
            Expect.Message(ours, "62");
            Expect.Sent(ours, "63");
        }

        other.Expect("01 00 00 01 63");
        other.Send("01 00 00 01 64");
        Expect.Message(ours, "64");
    }

    [Fact]
    public void A_REP_keeps_the_whole_envelope_and_gives_it_back()
    {
        using var ours = new ResponseSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("DEALER");
        peer.Send("01 01 61 01 02 6262 01 00 01 01 63 00 00");
        Expect.Message(ours, "63,");
        Expect.Sent(ours, "64");
        peer.Expect("01 01 61 01 02 6262 01 00 00 01 64");
    }

    [Fact]
    public void An_XPUB_delivers_subscriptions_and_messages_and_the_unsubscription_of_who_leaves()
    {
        using var ours = new XPublisherSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("XSUB");
        peer.Send("04 0b 09 535542534352494245 61");
        Expect.Message(ours, "0161");
        peer.Send("00 02 7879");
        Expect.Message(ours, "7879");
        peer.Reset();
        Expect.Message(ours, "0061");
    }

    [Fact]
    public void A_PUB_discards_messages_of_subscribers()
    {
        using var ours = new PublisherSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("SUB");
        peer.Send("00 02 7879 04 0b 09 535542534352494245 61");
        Link.Repeat(
            () =>
            {
                Expect.Sent(ours, "61");
                return peer.HasOctets(TimeSpan.FromMilliseconds(20));
            },
            "message at the subscriber");
        peer.Expect("00 01 61");
    }

    [Fact]
    public void A_PUB_shows_nothing_of_subscriptions()
    {
        using var ours = new PublisherSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("SUB");
        peer.Send("04 0b 09 535542534352494245 61 04 08 06 43414e43454c 61");
        peer.WaitUntilTaken();
        Assert.Equal(PollEvents.PollOut, ours.Poll(PollEvents.PollIn | PollEvents.PollOut, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("PUB")]
    [InlineData("XPUB")]
    public void A_publisher_compares_octets_and_sends_messages_as_they_are(string type)
    {
        using var ours = SocketKinds.Create(type);
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("SUB");
        peer.Send("04 0c 09 535542534352494245 61 00");
        peer.WaitUntilTaken();
        foreach (var message in new[] { "6100ff,,62", "61", "6101,6100", "4100", "6100" })
            Expect.Sent(ours, message);
        peer.Expect("01 03 6100ff 01 00 00 01 62  00 02 6100");
        peer.WaitUntilTaken();
    }
}
