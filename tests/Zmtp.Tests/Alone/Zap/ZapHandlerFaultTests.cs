using System.Buffers.Binary;
using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Alone.Zap;

/// <summary>
/// A handler that does not follow https://rfc.zeromq.org/spec/27/, or is gone: nobody is let in, and the peer is not told
/// that it need not come again, since it is not at fault.
/// </summary>
[Collection(AloneCollection.Name)]
public class ZapHandlerFaultTests
{
    private static readonly byte[] Version = "1.0"u8.ToArray();
    private static readonly byte[] Success = "200"u8.ToArray();

    private static RawPeer Waiting(ZmqSocket ours)
    {
        ours.Options.ZapDomain = "test";
        var peer = RawPeer.ConnectTo(ours);
        peer.Greet();
        peer.SendReady("DEALER");
        return peer;
    }

    /// <summary>A request at a handler that is free to answer more than once: the routing id, an empty frame, version, id and the rest.</summary>
    private static List<byte[]> Request(RouterSocket handler)
    {
        List<byte[]>? frames = null;
        Assert.True(handler.TryReceiveMultipartBytes(Expect.Patience, ref frames), "no request came to the handler");
        return frames!;
    }

    private static void Reply(RouterSocket handler, List<byte[]> request, string code)
        => Assert.True(
            handler.TrySendMultipartBytes(Expect.Patience, request[0], [], Version, request[3], ZapHandler.Text(code), [], [], []),
            "the reply of the handler was not taken");

    public static TheoryData<string> Faults => ["version", "no version", "frames", "more frames", "status", "no status", "text", "user", "metadata", "id", "other id", "no id"];

    private static byte[][] Reply(string fault, byte[] id) => fault switch
    {
        "version" => ["1.1"u8.ToArray(), id, Success, [], [], []],
        "no version" => [[], id, Success, [], [], []],
        "frames" => [Version, id, Success, [], []],
        "more frames" => [Version, id, Success, [], [], [], []],
        "status" => [Version, id, "201"u8.ToArray(), [], [], []],
        "no status" => [Version, id, [], [], [], []],
        "text" => [Version, id, Success, new byte[256], [], []],
        "user" => [Version, id, Success, [], [0xC3, 0xA9], []],
        "metadata" => [Version, id, Success, [], [], [1]],
        "id" => [Version, [.. id, 0], Success, [], [], []],
        "other id" => [Version, Number(BinaryPrimitives.ReadUInt64BigEndian(id) + 1), Success, [], [], []],
        "no id" => [Version],
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "There is no such fault."),
    };

    private static byte[] Number(ulong value)
    {
        var octets = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(octets, value);
        return octets;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_reply_that_is_malformed_lets_nobody_in(string fault)
    {
        using var handler = new ZapHandler();
        using var ours = new RouterSocket();
        using var peer = Waiting(ours);
        handler.Reply(Reply(fault, handler.Request()[1]));
        peer.ExpectEndWithoutAWord();
    }

    [Fact]
    public void A_handler_that_takes_longer_than_the_handshake_may_lets_nobody_in_and_the_next_peer_is_asked_about()
    {
        using var handler = new ZapHandler();
        using var ours = new RouterSocket();
        ours.Options.HandshakeTimeout = TimeSpan.FromSeconds(1);
        using var late = Waiting(ours);
        var request = handler.Request();
        late.ExpectEndWithoutAWord();

        ours.Options.HandshakeTimeout = Expect.Patience;
        handler.Reply(request, "200");
        using var peer = Waiting(ours);
        handler.Answer("200");
        Assert.Equal("\u0005READY"u8.ToArray(), peer.ReadFrame().Body[..6]);
    }

    [Fact]
    public void The_second_of_two_answers_to_one_request_is_for_nobody()
    {
        using var handler = new RouterSocket();
        handler.Bind(ZapHandler.Endpoint);
        using var ours = new RouterSocket();
        using var first = Waiting(ours);
        var request = Request(handler);
        Reply(handler, request, "200");
        Reply(handler, request, "200");
        Assert.Equal("\u0005READY"u8.ToArray(), first.ReadFrame().Body[..6]);

        using var second = Waiting(ours);
        Reply(handler, Request(handler), "400");
        Assert.Equal("\u0005ERROR\u0003400"u8.ToArray(), second.ReadFrame().Body);
    }

    [Fact]
    public void The_answer_to_a_peer_that_has_gone_lets_no_other_in()
    {
        using var handler = new ZapHandler();
        using var ours = new RouterSocket();
        using var gone = Waiting(ours);
        var first = handler.Request();
        gone.Reset();
        using var peer = Waiting(ours);
        handler.Reply(first, "200");
        handler.Answer("400");
        Assert.Equal("\u0005ERROR\u0003400"u8.ToArray(), peer.ReadFrame().Body);
    }

    [Fact]
    public void A_handler_that_goes_without_an_answer_lets_nobody_in_and_another_takes_its_place()
    {
        using var ours = new RouterSocket();
        using (var handler = new ZapHandler())
        {
            using var peer = Waiting(ours);
            handler.Request();
            handler.Dispose();
            peer.ExpectEndWithoutAWord();
        }

        using var next = new ZapHandler();
        using var other = Waiting(ours);
        next.Answer("200");
        Assert.Equal("\u0005READY"u8.ToArray(), other.ReadFrame().Body[..6]);
    }
}
