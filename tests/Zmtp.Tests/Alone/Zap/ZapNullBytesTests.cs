using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.Alone.Zap;

/// <summary>Sockets of NULL with a ZAP domain, as a byte peer meets them: https://rfc.zeromq.org/spec/27/, "The NULL Mechanism".</summary>
[Collection(AloneCollection.Name)]
public class ZapNullBytesTests
{
    private const string ErrorOf400 = "04 0a 05 4552524f52 03 343030";

    private static RouterSocket Router(string domain = "test")
    {
        var ours = new RouterSocket();
        ours.Options.ZapDomain = domain;
        return ours;
    }

    /// <summary>A peer that has said everything, and waits for READY or ERROR.</summary>
    private static RawPeer Waiting(ZmqSocket ours, string identity = "")
    {
        var peer = RawPeer.ConnectTo(ours);
        peer.Greet();
        peer.SendReady("DEALER", identity);
        return peer;
    }

    private static void ExpectReady(RawPeer peer)
        => Assert.Equal("\u0005READY"u8.ToArray(), peer.ReadFrame().Body[..6]);

    [Fact]
    public void The_handler_is_told_the_domain_the_address_and_the_identity_and_no_credentials()
    {
        using var handler = new ZapHandler();
        using var ours = Router();
        using var peer = Waiting(ours, identity: "426f62");
        var request = handler.Request();
        Assert.Equal(6, request.Count);
        Assert.Equal("1.0"u8.ToArray(), request[0]);
        Assert.NotEmpty(request[1]);
        Assert.Equal("test"u8.ToArray(), request[2]);
        Assert.Equal("127.0.0.1"u8.ToArray(), request[3]);
        Assert.Equal("Bob"u8.ToArray(), request[4]);
        Assert.Equal("NULL"u8.ToArray(), request[5]);
    }

    [Fact]
    public void Nothing_is_sent_and_nothing_received_before_the_handler_has_answered()
    {
        using var handler = new ZapHandler();
        using var ours = Router();
        using var peer = Waiting(ours, identity: "426f62");
        peer.Send("00 01 61");
        var request = handler.Request();
        Assert.False(peer.HasOctets(TimeSpan.FromMilliseconds(100)));
        Assert.False(ours.HasIn);
        handler.Reply(request, "200");
        ExpectReady(peer);
        Expect.Message(ours, "426f62,61");
        Expect.Sent(ours, "426f62,62");
        peer.Expect("00 01 62");
    }

    [Theory]
    [InlineData("400", ErrorOf400)]
    [InlineData("500", "04 0a 05 4552524f52 03 353030")]
    public void A_peer_that_is_refused_is_told_the_status_and_disconnected(string code, string error)
    {
        using var handler = new ZapHandler();
        using var ours = Router();
        using var peer = Waiting(ours);
        handler.Answer(code);
        peer.Expect(error);
        peer.ExpectEndWithoutAWord();
    }

    [Fact]
    public void A_temporary_error_closes_the_connection_without_a_word()
    {
        using var handler = new ZapHandler();
        using var ours = Router();
        using var peer = Waiting(ours);
        handler.Answer("300");
        peer.ExpectEndWithoutAWord();
    }

    [Fact]
    public void Without_a_domain_the_handler_is_not_asked()
    {
        using var handler = new ZapHandler();
        using var ours = Router(domain: "");
        using var peer = Waiting(ours);
        ExpectReady(peer);
        Assert.True(handler.HasNoRequest);
    }

    [Fact]
    public void Without_a_handler_peers_are_let_in()
    {
        using var ours = Router();
        using var peer = Waiting(ours);
        ExpectReady(peer);
    }

    [Fact]
    public void Without_a_handler_nobody_is_let_in_where_the_domain_is_enforced()
    {
        using var ours = Router();
        ours.Options.ZapEnforceDomain = true;
        using var peer = Waiting(ours);
        peer.ExpectEndWithoutAWord();
    }

    [Fact]
    public void A_peer_of_ZMTP_2_does_not_come_in_past_the_handler()
    {
        using var handler = new ZapHandler();
        using var ours = Router();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Expect(RawPeer.FirstPart);
        peer.Send("ff 0000000000000000 7f 01 05 00 00");
        peer.ExpectEndWithoutAWord();
        Assert.True(handler.HasNoRequest);
    }

    [Fact]
    public void A_connecting_end_asks_before_it_sends_READY()
    {
        using var handler = new ZapHandler();
        using var listener = new RawListener();
        using var ours = new PairSocket();
        ours.Options.ZapDomain = "test";
        ours.Options.Linger = TimeSpan.Zero;
        ours.Connect(listener.Endpoint);
        using var peer = RawPeer.Accept(listener);
        peer.Greet();
        peer.SendReady("PAIR");
        var request = handler.Request();
        Assert.False(peer.HasOctets(TimeSpan.FromMilliseconds(100)));
        handler.Reply(request, "200");
        ExpectReady(peer);
        Expect.Sent(ours, "61");
        peer.Expect("00 01 61");
    }

    [Fact]
    public void A_connecting_end_that_is_told_to_refuse_its_peer_comes_again()
    {
        using var handler = new ZapHandler();
        using var listener = new RawListener();
        using var ours = new PairSocket();
        ours.Options.ZapDomain = "test";
        ours.Options.Linger = TimeSpan.Zero;
        ours.Connect(listener.Endpoint);
        using (var peer = RawPeer.Accept(listener))
        {
            peer.Greet();
            handler.Answer("400");
            peer.Expect(ErrorOf400);
            peer.ExpectEndWithoutAWord();
        }

        using var again = RawPeer.Accept(listener);
        again.Greet();
        handler.Answer("200");
        ExpectReady(again);
    }

    [Fact]
    public void Peers_may_come_while_others_wait()
    {
        using var handler = new ZapHandler();
        using var ours = Router();
        ours.Options.Linger = TimeSpan.Zero;
        var port = ours.BindRandomPort("tcp://127.0.0.1");
        RawPeer[] peers = [.. Enumerable.Range(0, 20).Select(_ => RawPeer.ConnectTo(port))];
        for (var i = 0; i < peers.Length; i++)
        {
            peers[i].Greet();
            peers[i].SendReady("DEALER", identity: Octets.Hex([(byte)(i + 1)]));
        }

        // Every second one is let in.
        for (var i = 0; i < peers.Length; i++)
        {
            var request = handler.Request();
            handler.Reply(request, request[4][0] % 2 == 0 ? "200" : "400");
        }

        for (var i = 0; i < peers.Length; i++)
        {
            if ((i + 1) % 2 == 0)
                ExpectReady(peers[i]);
            else
                peers[i].Expect(ErrorOf400);
            peers[i].Dispose();
        }
    }

    [Fact]
    public void There_is_one_handler_in_a_process()
    {
        using var handler = new ZapHandler();
        using var second = new ResponseSocket();
        Assert.Throws<AddressAlreadyInUseException>(() => second.Bind(ZapHandler.Endpoint));
    }

    [Fact]
    public void A_handler_on_a_ROUTER_sees_the_delimiter_and_gives_it_back()
    {
        using var handler = new RouterSocket();
        handler.Options.Linger = TimeSpan.Zero;
        handler.Bind(ZapHandler.Endpoint);
        using var ours = Router();
        using var peer = Waiting(ours);
        List<byte[]>? request = null;
        Assert.True(handler.TryReceiveMultipartBytes(Expect.Patience, ref request), "no request came to the handler");
        Assert.Equal(8, request!.Count);
        Assert.Empty(request[1]);
        Assert.Equal("1.0"u8.ToArray(), request[2]);
        byte[][] reply = [request[0], [], request[2], request[3], "200"u8.ToArray(), [], [], []];
        Assert.True(handler.TrySendMultipartBytes(Expect.Patience, reply), "the reply was not taken");
        ExpectReady(peer);
    }

    [SkippableFact]
    public void The_handler_is_told_an_address_of_IPv6_without_brackets_and_port()
    {
        Skip.IfNot(System.Net.Sockets.Socket.OSSupportsIPv6, "There is no IPv6 here.");
        using var handler = new ZapHandler();
        using var ours = Router();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Bind("tcp://[::1]:0");
        using var client = new DealerSocket();
        client.Options.Linger = TimeSpan.Zero;
        client.Connect(ours.Options.LastEndpoint!);
        Assert.Equal("::1"u8.ToArray(), handler.Request()[3]);
    }
}
