namespace Actors.Zmtp.Tests.Messages;

public class SendingTests
{
    private readonly FrameQueue _socket = new();

    [Fact]
    public void Frames_carry_bytes_text_and_the_more_flag()
    {
        _socket.SendFrame([1, 2]);
        _socket.SendFrame([1, 2, 3], 1, more: true);
        _socket.SendFrame("é");
        _socket.SendFrameEmpty();
        Assert.Equal(["0102.", "01+", "c3a9.", "."], _socket.Frames);
        Assert.All(_socket.Timeouts, timeout => Assert.Equal(TimeSpan.FromMilliseconds(-1), timeout));
    }

    [Fact]
    public void A_message_is_built_frame_after_frame()
    {
        _socket.SendMoreFrame("a").SendMoreFrame([2]).SendMoreFrameEmpty().SendMoreFrame([3, 4], 1).SendFrame("b");
        Assert.Equal(["61+", "02+", "+", "03+", "62."], _socket.Frames);
    }

    [Fact]
    public void A_multipart_message_ends_with_its_last_frame()
    {
        _socket.SendMultipartBytes([1], [], [2]);
        _socket.SendMultipartBytes(new List<byte[]> { new byte[] { 9 } });
        var message = new ZmqMessage();
        message.Append(new ZmqFrame([5, 6, 7], 2));
        message.Append("x");
        _socket.SendMultipartMessage(message);
        Assert.Equal(["01+", "+", "02.", "09.", "0506+", "78."], _socket.Frames);
    }

    [Fact]
    public void Trying_takes_the_time_for_the_first_frame_only()
    {
        Assert.True(_socket.TrySendMultipartBytes(TimeSpan.FromSeconds(3), [1], [2]));
        Assert.Equal([TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(-1)], _socket.Timeouts);
    }

    [Fact]
    public void A_refusal_is_false_and_sends_nothing()
    {
        _socket.Refuses = true;
        Assert.False(_socket.TrySendFrame([1]));
        Assert.False(_socket.TrySendFrame("a"));
        Assert.False(_socket.TrySendFrame(TimeSpan.FromSeconds(1), [1, 2], 1));
        Assert.False(_socket.TrySendFrameEmpty());
        Assert.False(_socket.TrySendMultipartBytes([1], [2]));
        Assert.False(_socket.TrySendMultipartMessage(new ZmqMessage([new byte[] { 1 }, [2]])));
        Assert.False(_socket.TrySendFrame(new RoutingKey(1)));
        Assert.False(_socket.TrySendRoutingKeys([]));
        Assert.False(_socket.TrySignalOK());
        Assert.Equal(0, _socket.Count);
        Assert.Equal(9, _socket.Timeouts.Count);
    }

    [Fact]
    public void A_message_without_frames_is_refused()
    {
        Assert.Contains("no frames", Assert.Throws<ArgumentException>(() => _socket.SendMultipartMessage(new ZmqMessage())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _socket.SendMultipartBytes());
        Assert.Throws<ArgumentException>(() => _socket.SendMultipartBytes(new List<byte[]>()));
    }

    [Fact]
    public void A_length_beyond_the_array_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _socket.SendFrame([1], 2));
        Assert.Contains("between 0 and that of the array, 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Routing_keys_end_with_an_empty_frame()
    {
        _socket.SendRoutingKeys(new RoutingKey([1]), new RoutingKey([2])).SendFrame("x");
        _socket.SendEmptyRoutingKeys().SendFrame("y");
        _socket.SendMoreFrame(new RoutingKey([3]));
        Assert.Equal(["01+", "02+", "+", "78.", "+", "79.", "03+"], _socket.Frames);
    }
}
