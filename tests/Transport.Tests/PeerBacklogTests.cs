using Actors.Transport;

namespace Transport.Tests;

public sealed class PeerBacklogTests
{
    [Fact]
    public void A_peer_that_takes_nothing_does_not_hold_up_another()
    {
        var backlog = new PeerBacklog(10);
        foreach (var text in new[] { "a1", "b1", "a2", "b2" }) backlog.Add(For(text));
        var sent = new List<string>();

        backlog.Flush(message => Send(message, sent, peer => peer == "b"));

        Assert.Equal(["b1", "b2"], sent);
        Assert.True(backlog.Has("a"u8.ToArray()));
        Assert.False(backlog.Has("b"u8.ToArray()));
        Assert.Equal(2, backlog.Count);
    }

    [Fact]
    public void What_waits_for_a_peer_keeps_its_order()
    {
        var backlog = new PeerBacklog(10);
        foreach (var text in new[] { "a1", "a2", "a3" }) backlog.Add(For(text));
        var sent = new List<string>();

        backlog.Flush(message => sent.Count < 2 && Send(message, sent, _ => true));
        backlog.Add(For("a4"));
        backlog.Flush(message => Send(message, sent, _ => true));

        Assert.Equal(["a1", "a2", "a3", "a4"], sent);
        Assert.True(backlog.IsEmpty);
    }

    [Fact]
    public void What_is_too_much_for_one_peer_is_counted_for_it_once()
    {
        var backlog = new PeerBacklog(2);
        foreach (var text in new[] { "a1", "a2", "a3", "a4", "b1" }) backlog.Add(For(text));

        var (routingId, count) = Assert.Single(backlog.TakeDropped());
        Assert.Equal("a"u8.ToArray(), routingId.ToArray());
        Assert.Equal(2, count);
        Assert.Empty(backlog.TakeDropped());
        Assert.Equal(3, backlog.Count);
    }

    [Fact]
    public void With_room_for_none_every_message_is_counted()
    {
        var backlog = new PeerBacklog(0);
        backlog.Add(For("a1"));

        Assert.Equal(1, Assert.Single(backlog.TakeDropped()).Count);
        backlog.Flush(_ => true);
        Assert.True(backlog.IsEmpty);
    }

    /// <summary>The routing id is the first letter.</summary>
    private static Message For(string text) => Message.FromText(text[..1], text);

    private static bool Send(Message message, List<string> sent, Func<string, bool> takes)
    {
        if (!takes(message.Text(0))) return false;
        sent.Add(message.Text(1));
        return true;
    }
}
