using Actors.Transport;

namespace Transport.Tests.Security;

public sealed class FailedHandshakesTests
{
    private readonly FailedHandshakes _log = new();

    private static PeerHandshakeFailed Failed(string reason, string address = "tcp://127.0.0.1:4711") => new("s", "tcp://127.0.0.1:5555", new Peer(null, address), reason);

    [Fact]
    public void The_first_of_each_reason_is_logged_at_once_with_its_address()
    {
        Assert.Equal("the handshake with tcp://127.0.0.1:4711 at tcp://127.0.0.1:5555 failed: wrong key", _log.Add(Failed("wrong key")));
        Assert.NotNull(_log.Add(Failed("wrong mechanism")));
    }

    [Fact]
    public void A_burst_is_summed_up()
    {
        _log.Add(Failed("wrong key"));
        for (var n = 0; n < 500; n++) Assert.Null(_log.Add(Failed("wrong key", $"tcp://127.0.0.1:{n}")));

        Assert.Equal(["the handshake failed 500 more times, the last time with tcp://127.0.0.1:499 at tcp://127.0.0.1:5555: wrong key"], _log.TakeSums());
        Assert.Empty(_log.TakeSums());
        Assert.True(_log.IsEmpty);
        Assert.NotNull(_log.Add(Failed("wrong key")));
    }

    [Fact]
    public void A_peer_that_makes_up_reasons_does_not_fill_the_log()
    {
        var lines = Enumerable.Range(0, 10_000).Count(n => _log.Add(Failed($"reason {n}")) is not null);

        Assert.Equal(101, lines);
        Assert.Contains("9899 more times", Assert.Single(_log.TakeSums()), StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_of_a_peer_are_not_logged() =>
        Assert.EndsWith("failed: the user \"a??[31m\"", _log.Add(Failed("the user \"a\r\e[31m\"")), StringComparison.Ordinal);
}
