using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.Conformance;

/// <summary>
/// Scripts of octets that libzmq answers as this engine does, which shows that the byte peer asks for what the protocol is, and not for
/// what this engine happens to do.
/// </summary>
public class BothEnginesBytesTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_REP_tells_its_type_and_answers_a_request(bool libzmq)
    {
        using var engine = new EngineUnderTest("REP", libzmq);
        using var peer = engine.Handshaken("REQ", out var ready);
        Assert.Contains(Octets.Vector("0b 536f636b65742d54797065 00000003 524550"), Octets.Hex(ready), StringComparison.Ordinal);
        peer.Send("01 00  00 05 68656c6c6f");
        Assert.Equal("68656c6c6f", engine.Receive());
        engine.Send("6f6b");
        peer.Expect("01 00  00 02 6f6b");
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_REP_gives_the_envelope_back(bool libzmq)
    {
        using var engine = new EngineUnderTest("REP", libzmq);
        using var peer = engine.Handshaken("DEALER", out _);
        peer.Send("01 01 61 01 02 6262 01 00 01 01 63 00 00");
        Assert.Equal("63,", engine.Receive());
        engine.Send("64");
        peer.Expect("01 01 61 01 02 6262 01 00 00 01 64");
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_ROUTER_learns_the_identity(bool libzmq)
    {
        using var engine = new EngineUnderTest("ROUTER", libzmq);
        using var peer = engine.Handshaken("DEALER", out _, identity: "7468656d");
        peer.Send("00 01 61");
        Assert.Equal("7468656d,61", engine.Receive());
        engine.Send("7468656d,62");
        peer.Expect("00 01 62");
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Frames_may_be_short_or_long_and_come_in_pieces(bool libzmq)
    {
        using var engine = new EngineUnderTest("PULL", libzmq);
        using var peer = engine.Handshaken("PUSH", out _);
        foreach (var octet in Octets.Of("03 0000000000000001 61 00 01 62"))
            peer.Send([octet]);
        Assert.Equal("61,62", engine.Receive());
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_longer_than_255_octets_goes_in_a_long_frame(bool libzmq)
    {
        using var engine = new EngineUnderTest("PAIR", libzmq);
        using var peer = engine.Handshaken("PAIR", out _);
        var body = new string('7', 2 * 256);
        engine.Send(body[2..]);
        engine.Send(body);
        peer.Expect("00 ff" + body[2..] + "02 0000000000000100" + body);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_PING_is_answered_with_its_context(bool libzmq)
    {
        using var engine = new EngineUnderTest("PULL", libzmq);
        using var peer = engine.Handshaken("PUSH", out _);
        peer.Send("04 0b 04 50494e47 0000 61626364");
        peer.Expect("04 09 04 504f4e47 61626364");
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_XPUB_takes_subscriptions_as_commands_and_as_messages(bool libzmq)
    {
        using var engine = new EngineUnderTest("XPUB", libzmq);
        using var peer = engine.Handshaken("SUB", out _);
        peer.Send("04 0b 09 535542534352494245 61");
        Assert.Equal("0161", engine.Receive());
        peer.Send("00 02 0162");
        Assert.Equal("0162", engine.Receive());
        engine.Send("63");
        engine.Send("6231");
        peer.Expect("00 02 6231");
        peer.Send("04 08 06 43414e43454c 61");
        Assert.Equal("0061", engine.Receive());
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_has_come_from_a_peer_is_delivered_after_it_has_gone_and_nothing_that_broke_off(bool libzmq)
    {
        using var engine = new EngineUnderTest("PULL", libzmq);
        using (var gone = engine.Handshaken("PUSH", out _))
        {
            gone.Send("01 01 61 00 01 62 01 01 63");
            gone.WaitUntilTaken();
            gone.Reset();
        }

        using var peer = engine.Handshaken("PUSH", out _);
        Assert.Equal("61,62", engine.Receive());
        peer.Send("00 01 64");
        Assert.Equal("64", engine.Receive());
    }

    [SkippableTheory]
    [InlineData(false, "PUB")]
    [InlineData(true, "PUB")]
    [InlineData(false, "REP")]
    [InlineData(true, "REP")]
    public void A_peer_of_a_wrong_type_is_disconnected(bool libzmq, string type)
    {
        using var engine = new EngineUnderTest("PULL", libzmq);
        using var peer = engine.Greeted();
        peer.SendReady(type);
        peer.ExpectEnd();
    }

    [SkippableTheory]
    [InlineData(false, "00 01 61")]
    [InlineData(true, "00 01 61")]
    [InlineData(false, "04 06 05 48454c4c4f")]
    [InlineData(true, "04 06 05 48454c4c4f")]
    public void What_is_no_READY_ends_the_connection(bool libzmq, string octets)
    {
        using var engine = new EngineUnderTest("PULL", libzmq);
        using var peer = engine.Greeted();
        peer.Send(octets);
        peer.ExpectEnd();
    }
}
