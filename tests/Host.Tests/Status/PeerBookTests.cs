using Actors.Host.Status;
using Actors.Transport;

namespace Actors.Host.Tests.Status;

public sealed class PeerBookTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PeerBook _book = new();

    private void Come(string socket, string endpoint, Peer? peer, int second) => _book.Add(new PeerConnected(socket, endpoint, peer), s_start.AddSeconds(second));

    [Fact]
    public void Peers_are_told_in_the_order_in_which_they_came()
    {
        Come("a", "tcp://x", new Peer(null, "tcp://2"), 2);
        Come("a", "tcp://x", new Peer(null, "tcp://1"), 1);
        Come("other", "tcp://x", new Peer(null, "tcp://3"), 0);

        Assert.Equal(["tcp://1", "tcp://2"], _book.Of(["a"]).Select(peer => peer.Address));
    }

    [Fact]
    public void Of_peers_that_look_the_same_the_one_with_the_routing_id_goes()
    {
        Come("a", "ipc://x", new Peer("one"u8.ToArray(), "ipc://x"), 1);
        Come("a", "ipc://x", new Peer("two"u8.ToArray(), "ipc://x"), 2);

        _book.Remove(new PeerDisconnected("a", "ipc://x", new Peer("one"u8.ToArray(), "ipc://x")));

        Assert.Equal("two", Assert.Single(_book.Of(["a"])).RoutingId);
    }

    [Fact]
    public void A_routing_id_that_is_no_text_is_told_in_hexadecimal_digits()
    {
        Come("a", "ipc://x", new Peer(new byte[] { 0, 0x1B, 0xFF }, null), 1);

        Assert.Equal("0x001BFF", Assert.Single(_book.Of(["a"])).RoutingId);
    }

    [Fact]
    public void A_socket_that_fails_takes_its_peers_with_it()
    {
        Come("a.in", "tcp://x", null, 1);
        Come("a.out", "tcp://y", null, 1);

        _book.Clear("a.in");

        Assert.Equal("tcp://y", Assert.Single(_book.Of(["a.in", "a.out"])).Endpoint);
    }

    [Fact]
    public void A_peer_that_was_not_known_may_leave()
    {
        _book.Remove(new PeerDisconnected("a", "tcp://x"));

        Assert.Empty(_book.Of(["a"]));
    }
}
