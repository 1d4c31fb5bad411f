using System.Buffers;
using FsCheck.Xunit;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security.Curve;
using Actors.Zmtp.Security.Plain;
using Actors.Zmtp.Security.Zap;

namespace Actors.Zmtp.Tests.Protocol;

/// <summary>Greeting and NULL handshake: https://rfc.zeromq.org/spec/37/, with 23 (ZMTP 3.0), 15 (2.0) and 13 (1.0).</summary>
public class HandshakeTests
{
    private const string Signature = "ff 0000000000000000 7f";
    private const string Null = "4e554c4c 00000000 00000000 00000000 00000000";
    private const string Filler = "00000000 00000000 00000000 00000000 00000000 00000000 00000000 000000";
    private const string FirstPart = Signature + "03";
    private const string SecondPart = "01" + Null + "00" + Filler;
    private const string ReadyDealer = "04 29 05 5245414459 0b 536f636b65742d54797065 00000006 4445414c4552 08 4964656e74697479 00000000";
    private const string ReadyRouter = "04 1c 05 5245414459 0b 536f636b65742d54797065 00000006 524f55544552";

    private static Handshake Begin(ZmqSocketType type, bool server, ArrayBufferWriter<byte> output, string routingId = "")
    {
        var handshake = new Handshake(new HandshakeOptions { SocketType = type, IsServer = server, RoutingId = Octets.Of(routingId) });
        handshake.Start(output);
        return handshake;
    }

    private static string Feed(Handshake handshake, string hex)
    {
        var output = new ArrayBufferWriter<byte>();
        var octets = Octets.Of(hex);
        Assert.Equal(octets.Length, handshake.Advance(octets, output));
        return Octets.Hex(output);
    }

    [Fact]
    public void A_dealer_connects_to_a_router_as_in_the_worked_example()
    {
        var output = new ArrayBufferWriter<byte>();
        var dealer = Begin(ZmqSocketType.Dealer, server: false, output);
        Assert.Equal(Octets.Vector(FirstPart), Octets.Hex(output));
        Assert.Equal(Octets.Vector(SecondPart), Feed(dealer, FirstPart));
        Assert.Equal(Octets.Vector(ReadyDealer), Feed(dealer, SecondPart));
        Assert.Equal(HandshakeState.Mechanism, dealer.State);
        Assert.Equal("", Feed(dealer, ReadyRouter));
        Assert.Equal(HandshakeState.Ready, dealer.State);
        Assert.Equal(ZmtpRevision.Zmtp31, dealer.Peer!.Revision);
        Assert.Equal(ZmqSocketType.Router, dealer.Peer.SocketType);
    }

    [Fact]
    public void An_ERROR_as_PLAIN_servers_of_libzmq_misspell_it_is_a_refusal()
    {
        var options = new HandshakeOptions { SocketType = ZmqSocketType.Push, IsServer = false };
        var handshake = new Handshake(options, new PlainSettings { Username = "u"u8.ToArray(), Password = "p"u8.ToArray() }.CreateMechanism(options));
        handshake.Start(new ArrayBufferWriter<byte>());
        Feed(handshake, Signature + "03");
        Feed(handshake, "01" + "504c41494e 000000 00000000 00000000 00000000" + "00" + Filler);
        Feed(handshake, "04 09 5e52524f52 03 343030");
        Assert.Equal(HandshakeFailureReason.RefusedByPeer, handshake.Failure!.Reason);
        Assert.Contains("400", handshake.Failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_router_waits_for_READY_and_answers_it()
    {
        var output = new ArrayBufferWriter<byte>();
        var router = Begin(ZmqSocketType.Router, server: true, output);
        Assert.Equal(Octets.Vector(SecondPart), Feed(router, FirstPart));
        Assert.Equal("", Feed(router, SecondPart));
        Assert.Equal(Octets.Vector(ReadyRouter), Feed(router, ReadyDealer));
        Assert.Equal(HandshakeState.Ready, router.State);
        Assert.Equal(ZmqSocketType.Dealer, router.Peer!.SocketType);
        Assert.True(router.Peer.RoutingId.IsEmpty);
    }

    [Fact]
    public void A_router_learns_the_routing_id_and_others_do_not()
    {
        const string ready = "04 2b 05 5245414459 0b 536f636b65742d54797065 00000006 4445414c4552 08 4964656e74697479 00000002 6162";
        var router = Begin(ZmqSocketType.Router, server: true, new());
        Feed(router, FirstPart + SecondPart + ready);
        Assert.Equal("6162", Octets.Hex(router.Peer!.RoutingId.Span));

        var reply = Begin(ZmqSocketType.Rep, server: true, new());
        Feed(reply, FirstPart + SecondPart + ready);
        Assert.True(reply.Peer!.RoutingId.IsEmpty);
    }

    [Fact]
    public void Our_routing_id_is_told_in_READY()
    {
        var router = Begin(ZmqSocketType.Router, server: false, new(), routingId: "6162");
        var sent = Feed(router, FirstPart + SecondPart);
        Assert.EndsWith(Octets.Vector("08 4964656e74697479 00000002 6162"), sent, StringComparison.Ordinal);
    }

    [Fact]
    public void Octets_behind_the_handshake_are_left()
    {
        var router = Begin(ZmqSocketType.Router, server: true, new());
        var octets = Octets.Of(FirstPart + SecondPart + ReadyDealer + "00 01 41");
        Assert.Equal(octets.Length - 3, router.Advance(octets, new ArrayBufferWriter<byte>()));
        Assert.Equal(0, router.Advance(Octets.Of("000141"), new ArrayBufferWriter<byte>()));
    }

    [Theory]
    [InlineData("03 00", ZmtpRevision.Zmtp30)]
    [InlineData("03 01", ZmtpRevision.Zmtp31)]
    [InlineData("03 02", ZmtpRevision.Zmtp31)]
    [InlineData("04 00", ZmtpRevision.Zmtp31)]
    public void The_revision_is_the_lower_of_both(string version, object revision)
    {
        var router = Begin(ZmqSocketType.Router, server: true, new());
        Feed(router, Signature + version + Null + "00" + Filler + ReadyDealer);
        Assert.Equal((ZmtpRevision)revision, router.Peer!.Revision);
    }

    [Fact]
    public void The_padding_and_the_filler_of_the_peer_have_no_significance()
    {
        var router = Begin(ZmqSocketType.Router, server: true, new());
        Feed(router, "ff 0000000000000001 7f 03 01" + Null + "00" + new string('f', 62) + ReadyDealer);
        Assert.Equal(HandshakeState.Ready, router.State);
    }

    [Theory]
    [InlineData("01", "05", "02 6162", ZmqSocketType.Dealer)]
    [InlineData("02", "05", "02 6162", ZmqSocketType.Dealer)]
    [InlineData("01", "03", "00", ZmqSocketType.Req)]
    public void A_peer_of_ZMTP_2_gets_socket_type_and_identity(string revision, string type, string identity, ZmqSocketType peer)
    {
        var router = Begin(ZmqSocketType.Router, server: true, new(), routingId: "72");
        Assert.Equal(Octets.Vector("06 00 01 72"), Feed(router, Signature + revision));
        Assert.Equal("", Feed(router, type + "00" + identity));
        Assert.Equal(HandshakeState.Ready, router.State);
        Assert.Equal(ZmtpRevision.Zmtp20, router.Peer!.Revision);
        Assert.Equal(peer, router.Peer.SocketType);
        Assert.Equal(Octets.Vector(identity)[2..], Octets.Hex(router.Peer.RoutingId.Span));
    }

    [Theory]
    [InlineData(ZmqSocketType.Xpub, "01", "02", ZmqSocketType.Sub)]
    [InlineData(ZmqSocketType.Xsub, "02", "09", ZmqSocketType.Xpub)]
    public void XPUB_and_XSUB_are_PUB_and_SUB_in_ZMTP_2(ZmqSocketType ours, string code, string peerCode, ZmqSocketType peer)
    {
        var handshake = Begin(ours, server: true, new());
        Assert.Equal(Octets.Vector(code + "0000"), Feed(handshake, Signature + "01" + peerCode + "0000"));
        Assert.Equal(peer, handshake.Peer!.SocketType);
    }

    [Theory]
    [InlineData("01", HandshakeFailureReason.UnversionedPeer, "began with 01")]
    [InlineData("47", HandshakeFailureReason.UnversionedPeer, "began with 47")]
    [InlineData("ff 0000000000000001 00", HandshakeFailureReason.UnversionedPeer, "ZMTP 1.0")]
    [InlineData(Signature + "00", HandshakeFailureReason.UnversionedPeer, "ZMTP 1.0")]
    [InlineData("ff 0000000000000000 7d", HandshakeFailureReason.BadSignature, "0x7d")]
    [InlineData(FirstPart + "01 504c41494e 0000000000 0000000000 0000000000 00" + Filler, HandshakeFailureReason.MechanismMismatch, "\"PLAIN\", ours is \"NULL\"")]
    [InlineData(Signature + "01 01 0000", HandshakeFailureReason.IncompatibleSocketType, "PUB does not fit ROUTER")]
    [InlineData(Signature + "01 0b 0000", HandshakeFailureReason.IncompatibleSocketType, "0x0b")]
    [InlineData(Signature + "01 05 0100", HandshakeFailureReason.MalformedFrame, "0x01")]
    [InlineData(Signature + "01 05 0001 00", HandshakeFailureReason.InvalidRoutingId, "zero octet")]
    [InlineData(FirstPart + SecondPart + "00", HandshakeFailureReason.MalformedFrame, "flags 0x00")]
    [InlineData(FirstPart + SecondPart + "05", HandshakeFailureReason.MalformedFrame, "flags 0x05")]
    [InlineData(FirstPart + SecondPart + "0c", HandshakeFailureReason.MalformedFrame, "flags 0x0c")]
    [InlineData(FirstPart + SecondPart + "06 0000000000002001", HandshakeFailureReason.CommandTooLarge, "8193 octets, the most is 8192")]
    [InlineData(FirstPart + SecondPart + "06 ffffffffffffffff", HandshakeFailureReason.CommandTooLarge, "18446744073709551615")]
    [InlineData(FirstPart + SecondPart + "04 00", HandshakeFailureReason.MalformedCommand, "no name")]
    [InlineData(FirstPart + SecondPart + "04 05 04 50494e47", HandshakeFailureReason.UnexpectedCommand, "PING")]
    [InlineData(FirstPart + SecondPart + "04 07 05 5245414459 00", HandshakeFailureReason.MalformedCommand, "READY")]
    [InlineData(FirstPart + SecondPart + "04 09 05 4552524f52 02 6e6f", HandshakeFailureReason.RefusedByPeer, "\"no\"")]
    [InlineData(FirstPart + SecondPart + "04 06 05 4552524f52", HandshakeFailureReason.MalformedCommand, "ERROR")]
    public void What_is_wrong_ends_the_handshake_and_is_named(string received, object reason, string text)
    {
        var router = Begin(ZmqSocketType.Router, server: true, new());
        router.Advance(Octets.Of(received), new ArrayBufferWriter<byte>());
        Assert.Equal(HandshakeState.Failed, router.State);
        Assert.Equal((HandshakeFailureReason)reason, router.Failure!.Reason);
        Assert.Contains(text, router.Failure.Text, StringComparison.Ordinal);
        Assert.Equal((HandshakeFailureReason)reason != HandshakeFailureReason.RefusedByPeer, router.Failure.MayReconnect);
    }

    [Theory]
    [InlineData("PUB", "the_peer's_socket_type_PUB_does_not_fit_ROUTER")]
    [InlineData("FOO", "the_peer's_socket_type_\"FOO\"_is_unknown")]
    public void A_wrong_socket_type_is_answered_with_ERROR(string type, string reason)
    {
        var output = new ArrayBufferWriter<byte>();
        var router = Begin(ZmqSocketType.Router, server: true, new());
        var name = System.Text.Encoding.ASCII.GetBytes(type);
        var received = Octets.Join(
            Octets.Of(FirstPart + SecondPart + "04 19 05 5245414459 0b 536f636b65742d54797065 00000003"),
            name);
        router.Advance(received, output);

        var sent = output.WrittenSpan[Greeting.SecondPartLength..];
        Assert.Equal(FrameFlags.Command, sent[0]);
        Assert.True(Command.TryParse(sent[2..], out var command));
        Assert.Equal(CommandKind.Error, command.Kind);
        Assert.True(ErrorCommand.TryParse(command.Data, out var text));
        Assert.Equal(reason, text);
        Assert.Equal(HandshakeFailureReason.IncompatibleSocketType, router.Failure!.Reason);
    }

    [Fact]
    public void A_mechanism_with_security_does_not_talk_to_ZMTP_2()
    {
        var handshake = new Handshake(new HandshakeOptions { SocketType = ZmqSocketType.Rep, IsServer = true }, new OtherMechanism());
        handshake.Start(new ArrayBufferWriter<byte>());
        handshake.Advance(Octets.Of(Signature + "01"), new ArrayBufferWriter<byte>());
        Assert.Equal(HandshakeFailureReason.MechanismMismatch, handshake.Failure!.Reason);
    }

    [Fact]
    public void Socket_types_newer_than_ZMTP_2_do_not_talk_to_it()
    {
        var client = Begin(ZmqSocketType.Client, server: true, new());
        client.Advance(Octets.Of(Signature + "01"), new ArrayBufferWriter<byte>());
        Assert.Equal(HandshakeFailureReason.SocketTypeTooNew, client.Failure!.Reason);
    }

    [Property]
    public void The_portions_in_which_octets_come_do_not_matter(int[] cuts, bool server)
    {
        foreach (var revision in Enum.GetValues<ZmtpRevision>())
            Assert.Equal(Run([], server, revision), Run(cuts, server, revision));
    }

    [Property]
    public void Whatever_octets_come_the_handshake_goes_on_or_ends(byte[] garbage, int[] cuts, int valid)
    {
        var good = Octets.Of(FirstPart + SecondPart + ReadyDealer);
        var octets = Octets.Join(good[..(int)((uint)valid % (uint)good.Length)], garbage);
        Assert.Equal(Outcome(octets, [], true), Outcome(octets, cuts, true));
    }

    private static string Run(int[] cuts, bool server, ZmtpRevision revision)
    {
        var octets = Octets.Of(revision switch
        {
            ZmtpRevision.Zmtp31 => FirstPart + SecondPart + ReadyDealer,
            ZmtpRevision.Zmtp30 => Signature + "0300" + Null + "00" + Filler + ReadyDealer,
            _ => Signature + "01 05 00 03 616263",
        });
        var outcome = Outcome(Octets.Join(octets, [0x00, 0x00]), cuts, server);
        Assert.StartsWith($"Ready {revision} Dealer", outcome, StringComparison.Ordinal);
        return outcome;
    }

    /// <summary>All that can be seen of a handshake: how it ends, what it sends, how many octets it takes.</summary>
    private static string Outcome(byte[] octets, int[] cuts, bool server)
    {
        var output = new ArrayBufferWriter<byte>();
        var handshake = Begin(ZmqSocketType.Router, server, output);
        var taken = 0;
        foreach (var portion in Octets.Split(octets, cuts))
        {
            var count = handshake.Advance(portion, output);
            taken += count;
            if (count < portion.Length)
                break;
        }

        var peer = handshake.Peer is { } p ? $"{p.Revision} {p.SocketType} {Octets.Hex(p.RoutingId.Span)}" : "";
        return $"{handshake.State} {peer} {handshake.Failure?.Reason} taken {(handshake.State == HandshakeState.Failed ? 0 : taken)} sent {Octets.Hex(output)}";
    }

    private sealed class OtherMechanism : IMechanism
    {
        public string Name => "OTHER";

        public bool AsServer => false;

        public PeerInfo? Peer => null;

        public HandshakeFailure? Failure => null;

        public CurveTraffic? Traffic => null;

        public ZapRequest? Request => null;

        public MechanismOutcome Authenticated(ZapReply reply, IBufferWriter<byte> output) => MechanismOutcome.Continuing;

        public MechanismOutcome Start(ZmtpRevision revision, IBufferWriter<byte> output) => MechanismOutcome.Continuing;

        public MechanismOutcome Receive(Command command, IBufferWriter<byte> output) => MechanismOutcome.Continuing;
    }
}
