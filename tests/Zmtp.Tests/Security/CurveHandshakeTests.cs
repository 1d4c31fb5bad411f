using System.Buffers;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security.Curve;
using Actors.Zmtp.Security.Zap;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.Security;

/// <summary>The handshake of CurveZMQ, command by command: https://rfc.zeromq.org/spec/26/.</summary>
public class CurveHandshakeTests
{
    [Fact]
    public void Both_ends_come_to_know_each_other()
    {
        var pair = new CurvePair().Done();
        Assert.Equal(ZmqSocketType.Router, pair.Client.Peer!.SocketType);
        Assert.Equal(ZmqSocketType.Dealer, pair.Server.Peer!.SocketType);
        Assert.Equal("me"u8.ToArray(), pair.Server.Peer.RoutingId.ToArray());
    }

    [Fact]
    public void HELLO_has_200_octets_version_1_0_and_zero_padding()
    {
        var hello = new CurvePair().Hello;
        Assert.Equal(200, hello.Length);
        Assert.Equal(Octets.Vector("05 48454c4c4f 01 00"), Octets.Hex(hello.AsSpan(0, 8)));
        Assert.Equal(new byte[72], hello[8..80]);
    }

    [Fact]
    public void WELCOME_has_168_octets()
    {
        var welcome = new CurvePair().UpTo("WELCOME");
        Assert.Equal(168, welcome.Length);
        Assert.Equal("\u0007WELCOME"u8.ToArray(), welcome[..8]);
    }

    [Fact]
    public void INITIATE_has_257_octets_and_the_metadata()
    {
        var initiate = new CurvePair().UpTo("INITIATE");
        Assert.Equal(257 + "\u000bSocket-Type0000DEALER\u0008Identity0000me".Length, initiate.Length);
        Assert.Equal("\u0008INITIATE"u8.ToArray(), initiate[..9]);
    }

    [Fact]
    public void READY_has_30_octets_and_the_metadata()
    {
        var ready = new CurvePair().UpTo("READY");
        Assert.Equal(30 + "\u000bSocket-Type0000ROUTER".Length, ready.Length);
        Assert.Equal("\u0005READY"u8.ToArray(), ready[..6]);
    }

    [Fact]
    public void A_client_makes_keys_for_each_connection_and_wipes_them_with_it()
    {
        var pair = new CurvePair();
        Assert.NotEqual(pair.Hello[80..112], new CurvePair().Hello[80..112]);
        var welcome = pair.UpTo("WELCOME");
        pair.Client.Dispose();
        pair.Give(pair.Client, welcome, MechanismOutcome.Failed);
    }

    [Fact]
    public void A_server_has_its_keys_in_the_cookie_only_and_wipes_the_key_of_the_cookie_with_the_connection()
    {
        var pair = new CurvePair();
        var initiate = pair.UpTo("INITIATE");
        pair.Server.Dispose();
        pair.Give(pair.Server, initiate, MechanismOutcome.Failed);
        Assert.Contains("cookie", pair.Server.Failure!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_opens_a_cookie_once()
    {
        var pair = new CurvePair();
        var initiate = pair.UpTo("INITIATE");
        pair.Give(pair.Server, initiate, MechanismOutcome.Done);
        pair.Give(pair.Server, initiate, MechanismOutcome.Failed);
        Assert.Contains("cookie", pair.Server.Failure!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_short_nonces_of_a_client_grow()
    {
        var pair = new CurvePair();
        Assert.Equal(Octets.Vector("00000000 00000001"), Octets.Hex(pair.Hello.AsSpan(112, 8)));
        Assert.Equal(Octets.Vector("00000000 00000002"), Octets.Hex(pair.UpTo("INITIATE").AsSpan(9 + 96, 8)));
    }

    [Fact]
    public void Each_connection_has_keys_and_cookies_of_its_own()
    {
        CurvePair one = new(), other = new();
        Assert.NotEqual(one.Hello[80..112], other.Hello[80..112]);
        Assert.NotEqual(one.UpTo("INITIATE")[9..105], other.UpTo("INITIATE")[9..105]);
    }

    [Theory]
    [InlineData("HELLO", 6)]
    [InlineData("WELCOME", 8)]
    [InlineData("INITIATE", 9)]
    [InlineData("READY", 6)]
    public void No_octet_of_a_command_can_be_altered(string name, int first)
    {
        var length = new CurvePair().UpTo(name).Length;
        for (var i = first; i < length; i++)
        {
            var pair = new CurvePair();
            var body = pair.UpTo(name);
            body[i] ^= 0x80;
            IMechanism end = name is "HELLO" or "INITIATE" ? pair.Server : pair.Client;
            // The highest bit of a public key has no meaning (RFC 7748), and does not change what it stands for.
            if (name == "HELLO" && i == 111)
                continue;
            Assert.Empty(pair.Give(end, body, MechanismOutcome.Failed));
        }
    }

    [Theory]
    [InlineData("HELLO")]
    [InlineData("WELCOME")]
    [InlineData("INITIATE")]
    [InlineData("READY")]
    public void A_command_that_is_too_short_is_refused(string name)
    {
        var pair = new CurvePair();
        var body = pair.UpTo(name);
        IMechanism end = name is "HELLO" or "INITIATE" ? pair.Server : pair.Client;
        Assert.Empty(pair.Give(end, body[..(name.Length + 20)], MechanismOutcome.Failed));
        Assert.Equal(HandshakeFailureReason.MalformedCommand, end.Failure!.Reason);
    }

    [Fact]
    public void A_command_out_of_order_is_refused()
    {
        var pair = new CurvePair();
        pair.Give(pair.Server, new CurvePair().UpTo("INITIATE"), MechanismOutcome.Failed);
        Assert.Equal(HandshakeFailureReason.UnexpectedCommand, pair.Server.Failure!.Reason);
        pair.Give(pair.Client, pair.Hello, MechanismOutcome.Failed);
        Assert.Equal(HandshakeFailureReason.UnexpectedCommand, pair.Client.Failure!.Reason);
    }

    [Fact]
    public void The_INITIATE_of_another_connection_is_refused()
    {
        var pair = new CurvePair();
        pair.UpTo("WELCOME");
        pair.Give(pair.Server, new CurvePair().UpTo("INITIATE"), MechanismOutcome.Failed);
        Assert.Contains("cookie", pair.Server.Failure!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_with_another_server_key_is_refused()
    {
        var pair = new CurvePair(knownServerKey: new CurveKeyPair().PublicKey);
        pair.Give(pair.Server, pair.Hello, MechanismOutcome.Failed);
        Assert.Contains("not sealed for this server's key", pair.Server.Failure!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ERROR_tells_the_client_not_to_come_again()
    {
        var pair = new CurvePair();
        pair.Give(pair.Client, [5, .. "ERROR"u8, 3, .. "400"u8], MechanismOutcome.Failed);
        Assert.Equal(HandshakeFailureReason.RefusedByPeer, pair.Client.Failure!.Reason);
        Assert.False(pair.Client.Failure.MayReconnect);
        Assert.Contains("400", pair.Client.Failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_type_that_does_not_fit_is_refused()
    {
        var pair = new CurvePair(clientType: ZmqSocketType.Push);
        pair.Give(pair.Server, pair.UpTo("INITIATE"), MechanismOutcome.Failed);
        Assert.Equal(HandshakeFailureReason.IncompatibleSocketType, pair.Server.Failure!.Reason);
    }

    [Fact]
    public void Two_servers_refuse_each_other_by_their_greetings()
    {
        var options = new HandshakeOptions { SocketType = ZmqSocketType.Pair, IsServer = true };
        using var handshake = new Handshake(options, new CurveServerMechanism(options, CurvePair.ServerKeys));
        var output = new ArrayBufferWriter<byte>();
        handshake.Start(output);
        handshake.Advance(Octets.Of("ff 0000000000000000 7f 03 01 4355525645 000000 00000000 00000000 00000000 01" + new string('0', 62)), output);
        Assert.Equal(HandshakeState.Failed, handshake.State);
        Assert.Contains("both ends", handshake.Failure!.Text, StringComparison.Ordinal);
        Assert.Equal(1, output.WrittenSpan[32]);
    }

    [Theory]
    [InlineData("200", "\u0005READY")]
    [InlineData("400", "\u0005ERROR\u0003400")]
    [InlineData("500", "\u0005ERROR\u0003500")]
    [InlineData("300", "")]
    public void A_client_that_the_handler_refuses_gets_an_ERROR(string code, string answer)
    {
        var outcome = code == "200" ? MechanismOutcome.Done : MechanismOutcome.Failed;
        var pair = new CurvePair(authenticates: true);
        pair.Give(pair.Server, pair.UpTo("INITIATE"), MechanismOutcome.Authenticating);
        Assert.Equal(CurvePair.ClientKeys.PublicKey, Assert.Single(pair.Server.Request!.Credentials));
        var body = pair.Authenticated(new ZapReply(code, "because", "", Metadata.Empty), outcome);
        Assert.Equal(answer, System.Text.Encoding.ASCII.GetString(body)[..answer.Length]);
        Assert.Equal(code == "300", body.Length == 0);
        if (answer.Contains("ERROR", StringComparison.Ordinal))
        {
            pair.Give(pair.Client, body, MechanismOutcome.Failed);
            Assert.False(pair.Client.Failure!.MayReconnect);
        }
    }
}
