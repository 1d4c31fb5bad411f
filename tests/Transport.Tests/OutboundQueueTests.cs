using Actors.Transport;

namespace Transport.Tests;

public sealed class OutboundQueueTests
{
    private static OutboundQueue<string> Full(OverflowRule rule)
    {
        var queue = new OutboundQueue<string>(2, rule);
        Assert.Equal(OfferResult.Queued, queue.Offer("a", out _));
        Assert.Equal(OfferResult.Queued, queue.Offer("b", out _));
        return queue;
    }

    [Fact]
    public void Items_leave_in_the_order_they_came()
    {
        var queue = Full(OverflowRule.Fail);

        Assert.Equal(["a"], queue.Take(1));
        Assert.Equal(["b"], queue.Take(5));
        Assert.Empty(queue.Take(5));
    }

    [Fact]
    public void Drop_newest_drops_the_offered_item()
    {
        var queue = Full(OverflowRule.DropNewest);

        Assert.Equal(OfferResult.Dropped, queue.Offer("c", out var dropped));
        Assert.Equal("c", dropped);
        Assert.Equal(["a", "b"], queue.Take(5));
    }

    [Fact]
    public void Drop_oldest_drops_the_item_that_waited_longest()
    {
        var queue = Full(OverflowRule.DropOldest);

        Assert.Equal(OfferResult.QueuedDroppingOldest, queue.Offer("c", out var dropped));
        Assert.Equal("a", dropped);
        Assert.Equal(["b", "c"], queue.Take(5));
    }

    [Theory]
    [InlineData(OverflowRule.Backpressure)]
    [InlineData(OverflowRule.Fail)]
    public void The_other_rules_refuse_the_offered_item(OverflowRule rule)
    {
        var queue = Full(rule);

        Assert.Equal(OfferResult.Refused, queue.Offer("c", out var dropped));
        Assert.Null(dropped);
        Assert.Equal(["a", "b"], queue.Take(5));
    }

    [Fact]
    public void Free_places_return_when_items_leave()
    {
        var queue = Full(OverflowRule.Fail);

        Assert.Equal(0, queue.Free);
        queue.Take(1);
        Assert.Equal(1, queue.Free);
        Assert.Equal(OfferResult.Queued, queue.Offer("c", out _));
    }

    [Fact]
    public void A_queue_holds_at_least_one() => Assert.Throws<ArgumentOutOfRangeException>(() => new OutboundQueue<string>(0, OverflowRule.Fail));
}
