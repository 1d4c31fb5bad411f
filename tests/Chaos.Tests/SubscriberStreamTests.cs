using Chaos.Retained;

namespace Chaos.Tests;

public sealed class SubscriberStreamTests
{
    [Fact]
    public void A_stream_of_messages_and_gaps_without_a_hole_ends_with_the_last_number()
    {
        var stream = new SubscriberStream(last: 6, topics: 2, lastValues: false);
        Tell(stream, 1, 2);
        stream.Gap(3, 5);
        Assert.False(stream.Ended.IsCompleted);
        Tell(stream, 6);

        Assert.True(stream.Ended.IsCompleted);
        Assert.Null(stream.Fault);
        Assert.Equal((3, 3, 1), (stream.Received, stream.Missing, stream.Gaps));
    }

    [Fact]
    public void A_message_that_comes_twice_is_a_fault()
    {
        var stream = new SubscriberStream(last: 6, topics: 2, lastValues: false);
        Tell(stream, 1, 2, 2);

        Assert.True(stream.Failed.IsCompleted);
        Assert.Equal("message 2 came: expected 3, or a gap that begins there", stream.Fault);
    }

    [Fact]
    public void A_message_that_is_passed_over_is_a_fault()
    {
        var stream = new SubscriberStream(last: 6, topics: 2, lastValues: false);
        Tell(stream, 1, 3);

        Assert.Equal("message 3 came: expected 2, or a gap that begins there", stream.Fault);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 4)]
    [InlineData(2, 1)]
    [InlineData(2, 7)]
    public void A_gap_that_does_not_fit_is_a_fault(int first, int end)
    {
        var stream = new SubscriberStream(last: 6, topics: 2, lastValues: false);
        Tell(stream, 1);
        stream.Gap(first, end);

        Assert.NotNull(stream.Fault);
    }

    [Fact]
    public void Values_without_a_position_have_holes_until_the_first_gap()
    {
        var stream = new SubscriberStream(last: 9, topics: 2, lastValues: true);
        Tell(stream, 2, 5);
        stream.Gap(6, 7);
        Assert.Null(stream.Fault);
        Assert.Equal([0, 1], stream.Stale);
        Tell(stream, 9);

        Assert.Equal("message 9 came: expected 8, or a gap that begins there", stream.Fault);
        Assert.Equal([0], stream.Stale);
    }

    [Fact]
    public void A_process_that_is_killed_begins_again()
    {
        var stream = new SubscriberStream(last: 2, topics: 2, lastValues: false);
        Tell(stream, 1, 2);
        stream.Forget();
        Assert.False(stream.Ended.IsCompleted);
        stream.Gap(1, 1);
        Tell(stream, 2);

        Assert.True(stream.Ended.IsCompleted);
        Assert.Null(stream.Fault);
        Assert.Equal((1, 1), (stream.Received, stream.Missing));
    }

    [Fact]
    public void A_plain_subscriber_may_miss_messages_and_sees_no_other_and_none_again()
    {
        var plain = new PlainStream(topics: 2);
        plain.Add("> 2 k1 1");
        plain.Add("> 2 k0 4");
        Assert.Null(plain.Fault);
        plain.Add("> 2 k0 4");

        Assert.Equal("\"> 2 k0 4\" behind 4", plain.Fault);
        Assert.Equal(3, plain.Received);
    }

    private static void Tell(SubscriberStream stream, params int[] numbers)
    {
        foreach (var number in numbers) stream.Message(number % 2, number);
    }
}
