using Actors.Transport;

namespace Transport.Tests;

public sealed class MessageTests
{
    [Fact]
    public void Frames_keep_their_order_and_bytes()
    {
        var message = new Message(new byte[] { 1 }, ReadOnlyMemory<byte>.Empty, new byte[] { 2, 3 });

        Assert.Equal(3, message.FrameCount);
        Assert.Equal([1], message[0].ToArray());
        Assert.Equal(0, message[1].Length);
        Assert.Equal([2, 3], message[2].ToArray());
        Assert.Equal(3, message.Size);
    }

    [Fact]
    public void A_message_has_at_least_one_frame() =>
        Assert.Contains("at least one frame", Assert.Throws<ArgumentException>(() => new Message([])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void A_frame_that_is_not_there_is_an_error(int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Message.FromText("a", "b")[index]);

    [Fact]
    public void Text_is_utf8() => Assert.Equal("消息群发", Message.FromText("消息群发").Text());

    [Theory]
    [InlineData(0, "a b c")]
    [InlineData(1, "b c")]
    [InlineData(2, "c")]
    public void Skip_leaves_the_frames_behind(int count, string expected)
    {
        var rest = Message.FromText("a", "b", "c").Skip(count);

        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, rest.FrameCount).Select(rest.Text)));
    }

    [Fact]
    public void Skip_leaves_at_least_one_frame() => Assert.Throws<ArgumentOutOfRangeException>(() => Message.FromText("a", "b").Skip(2));

    [Fact]
    public void Prepend_puts_a_frame_in_front()
    {
        var message = Message.FromText("b", "c").Prepend("a"u8.ToArray());

        Assert.Equal(Message.FromText("a", "b", "c"), message);
    }

    [Fact]
    public void Equality_is_of_the_bytes_of_each_frame()
    {
        Assert.Equal(Message.FromText("a", "b"), Message.FromText("a", "b"));
        Assert.Equal(Message.FromText("a", "b").GetHashCode(), Message.FromText("a", "b").GetHashCode());
        Assert.NotEqual(Message.FromText("ab"), Message.FromText("a", "b"));
        Assert.NotEqual(Message.FromText("a", "b"), Message.FromText("ab", ""));
    }
}
