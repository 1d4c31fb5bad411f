using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security.Zap;

namespace Actors.Zmtp.Tests.Security;

public class ZapReplyTests
{
    private static List<byte[]> Frames(string code = "200", string user = "joe", byte[]? metadata = null)
        => [[], "1.0"u8.ToArray(), [1], System.Text.Encoding.ASCII.GetBytes(code), "OK"u8.ToArray(), System.Text.Encoding.ASCII.GetBytes(user), metadata ?? []];

    [Theory]
    [InlineData("200", true, false)]
    [InlineData("300", false, false)]
    [InlineData("400", false, true)]
    [InlineData("500", false, true)]
    [InlineData("600", false, false)]
    public void The_status_decides_whether_a_peer_is_let_in_or_told_to_stay_away(string code, bool allowed, bool refusal)
    {
        var reply = ZapReply.Parse(Frames(code));
        Assert.Equal((allowed, refusal), (reply.IsAllowed, reply.IsRefusal));
    }

    [Fact]
    public void What_the_handler_says_of_a_peer_counts_more_than_what_it_says_of_itself()
    {
        var metadata = new Metadata().Add("X-Role", "reader"u8.ToArray());
        var octets = new byte[metadata.EncodedLength];
        metadata.Write(octets);
        var said = new Metadata().Add("user-id", "root"u8.ToArray()).Add("x-role", "writer"u8.ToArray()).Add("X-Host", "a"u8.ToArray());
        var peer = new PeerInfo(ZmtpRevision.Zmtp31, ZmqSocketType.Pair, default, said);
        var known = ZapReply.Parse(Frames(metadata: octets)).Complete(peer).Metadata;
        Assert.Equal("joe"u8.ToArray(), Value(known, ZapReply.UserIdProperty));
        Assert.Equal("reader"u8.ToArray(), Value(known, "X-Role"));
        Assert.Equal("a"u8.ToArray(), Value(known, "X-Host"));
        Assert.Equal(3, known.Count);
    }

    [Fact]
    public void The_text_of_what_was_wrong_names_it()
    {
        Assert.Contains("6 frames", ZapReply.Parse(Frames()[..6]).StatusText, StringComparison.Ordinal);
        Assert.Contains("200, 300, 400", ZapReply.Parse(Frames("OK")).StatusText, StringComparison.Ordinal);
        Assert.Contains("user id", ZapReply.Parse(Frames(user: new string('a', 256))).StatusText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", false, false, true, false)]
    [InlineData("", false, true, true, true)]
    [InlineData("", false, true, false, false)]
    [InlineData("", true, true, true, false)]
    [InlineData("a", false, false, true, true)]
    [InlineData("a", false, false, false, false)]
    [InlineData("a", true, false, false, true)]
    [InlineData("a", true, true, true, true)]
    public void Domain_and_mechanism_decide_who_is_asked(string domain, bool enforce, bool encrypted, bool hasHandler, bool asks)
        => Assert.Equal(asks, new ZapSettings { Domain = domain, EnforceDomain = enforce }.Asks(encrypted, hasHandler));

    private static byte[] Value(Metadata metadata, string name)
    {
        Assert.True(metadata.TryGet(name, out var value), $"there is no {name}");
        return value.ToArray();
    }
}
