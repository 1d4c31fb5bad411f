using Chaos.Running;

namespace Chaos.Tests;

public sealed class NumberedMessagesTests
{
    [Fact]
    public void What_is_missing_and_what_came_twice_is_known()
    {
        var messages = new NumberedMessages(4);
        foreach (var text in new[] { "2", "0", "2", "3", "2" }) messages.Deliver(text);

        Assert.Equal(5, messages.Total);
        Assert.Equal(3, messages.Distinct);
        Assert.Equal(2, messages.Repeats);
        Assert.Equal([1], messages.Missing);
        Assert.Equal([2], messages.Repeated);
        Assert.Null(messages.Stray);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("-1")]
    [InlineData("1 2")]
    [InlineData("")]
    public void What_was_not_sent_is_a_stray(string text)
    {
        var messages = new NumberedMessages(4);
        messages.Deliver(text);

        Assert.Equal(text, messages.Stray);
        Assert.Equal(0, messages.Total);
    }

    [Fact]
    public void A_fault_waits_for_different_messages()
    {
        var messages = new NumberedMessages(4);
        var reached = messages.Reached(2);
        messages.Deliver("1");
        messages.Deliver("1");
        Assert.False(reached.IsCompleted);

        messages.Deliver("3");

        Assert.True(reached.IsCompleted);
        Assert.True(messages.Reached(1).IsCompleted);
    }
}
