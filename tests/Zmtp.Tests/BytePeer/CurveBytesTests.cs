using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Protocol;
using Actors.Zmtp.Tests.Security;

namespace Actors.Zmtp.Tests.BytePeer;

/// <summary>A CURVE server on a real connection: what a byte peer gets from it, and what ends the connection.</summary>
public class CurveBytesTests
{
    private const string Curve = "4355525645 000000 00000000 00000000 00000000";
    private const string SecondPartOfServer = "01" + Curve + "01" + RawPeer.Filler;
    private const string SecondPartOfClient = "01" + Curve + "00" + RawPeer.Filler;

    private static ZmqSocket Server()
    {
        var ours = new RouterSocket();
        ours.Options.CurveServer = true;
        ours.Options.CurveKeys = CurvePair.ServerKeys;
        return ours;
    }

    private static RawPeer Greeted(ZmqSocket ours)
    {
        var peer = RawPeer.ConnectTo(ours);
        peer.Send(RawPeer.FirstPart + SecondPartOfClient);
        peer.Expect(RawPeer.FirstPart + SecondPartOfServer);
        return peer;
    }

    private static byte[] Frame(byte[] body)
        => body.Length > 255 ? [0x06, 0, 0, 0, 0, 0, 0, (byte)(body.Length >> 8), (byte)body.Length, .. body] : [0x04, (byte)body.Length, .. body];

    [Fact]
    public void The_server_says_in_its_greeting_that_it_is_one_and_tells_nothing_before_a_HELLO()
    {
        using var ours = Server();
        using var peer = Greeted(ours);
        peer.Send(Frame(new CurvePair().Hello));
        var (flags, welcome) = peer.ReadFrame();
        Assert.Equal((0x04, 168), (flags, welcome.Length));
    }

    [Fact]
    public void A_peer_of_NULL_is_refused()
    {
        using var ours = Server();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Send(RawPeer.FirstPart + RawPeer.SecondPart);
        peer.ExpectEnd();
    }

    [Fact]
    public void A_malformed_HELLO_ends_the_connection()
    {
        using var ours = Server();
        using var peer = Greeted(ours);
        var hello = new CurvePair().Hello;
        hello[120] ^= 1;
        peer.Send(Frame(hello));
        peer.ExpectEnd();
    }

    [Theory]
    [InlineData("00 05 68656c6c6f")]
    [InlineData("04 05 68656c6c6f")]
    [InlineData("01 21 074d455353414745 0000000000000003 0000000000000000 0000000000000000 00")]
    [InlineData("00 21 074d455353414745 0000000000000003 0000000000000000 0000000000000000 00")]
    [InlineData("02 7fffffffffffffff")]
    public void Traffic_that_is_not_sealed_ends_the_connection_and_is_not_received(string traffic)
    {
        using var ours = Server();
        using (var peer = Handshaken(ours, out _))
        {
            peer.Send(traffic);
            peer.ExpectEndWithoutAWord();
        }

        Assert.False(ours.TryReceiveFrameBytes(TimeSpan.Zero, out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sealed_messages_are_received_with_the_command_bit_or_without(bool command)
    {
        using var ours = Server();
        using var peer = Handshaken(ours, out var pair);
        var frame = new byte[64];
        var length = pair.Client.Traffic!.Seal(0, "hi"u8, frame);
        if (command)
            frame[0] |= 0x04;
        foreach (var octet in frame.AsSpan(0, length).ToArray())
            peer.Send([octet]);
        Expect.Message(ours, "6d65,6869");
        Expect.Sent(ours, "6d65,6a");
        var (flags, body) = peer.ReadFrame();
        Assert.Equal(0, flags);
        var opened = new byte[2];
        Assert.True(pair.Client.Traffic.TryOpen(body, opened, out var error), error);
        Assert.Equal("006a", Octets.Hex(opened));
    }

    /// <summary>The client of a pair goes through the handshake with our server, the server of the pair has no part in it.</summary>
    private static RawPeer Handshaken(ZmqSocket ours, out CurvePair pair)
    {
        var peer = Greeted(ours);
        pair = new CurvePair();
        peer.Send(Frame(pair.Hello));
        peer.Send(Frame(pair.Give(pair.Client, peer.ReadFrame().Body)));
        pair.Give(pair.Client, peer.ReadFrame().Body, Actors.Zmtp.Protocol.MechanismOutcome.Done);
        return peer;
    }
}
