using System.Text;

namespace Actors.Zmtp.Tests.Messages;

public class ReceivingTests
{
    private readonly FrameQueue _socket = new();

    [Fact]
    public void Frames_are_received_as_bytes_and_text()
    {
        _socket.SendMultipartBytes([1], [2]);
        _socket.SendMoreFrame("é").SendFrame("x");
        Assert.Equal([1], _socket.ReceiveFrameBytes(out var more));
        Assert.True(more);
        Assert.True(_socket.TryReceiveFrameBytes(out var bytes, out more));
        Assert.Equal([2], bytes);
        Assert.False(more);
        Assert.Equal("é", _socket.ReceiveFrameString());
        Assert.True(_socket.TryReceiveFrameString(TimeSpan.FromSeconds(1), Encoding.ASCII, out var text, out more));
        Assert.Equal("x", text);
        Assert.False(more);
    }

    [Fact]
    public void Nothing_there_is_false()
    {
        List<byte[]>? frames = [[7]];
        List<string>? texts = null;
        ZmqMessage? message = null;
        var key = new RoutingKey([7]);
        Assert.False(_socket.TryReceiveFrameBytes(out var bytes));
        Assert.Null(bytes);
        Assert.False(_socket.TryReceiveFrameString(out var text));
        Assert.Null(text);
        Assert.False(_socket.TryReceiveMultipartBytes(ref frames));
        Assert.Equal([7], Assert.Single(frames!));
        Assert.False(_socket.TryReceiveMultipartStrings(ref texts));
        Assert.False(_socket.TryReceiveMultipartMessage(ref message));
        Assert.Null(message);
        Assert.False(_socket.TrySkipFrame(out var more));
        Assert.False(more);
        Assert.False(_socket.TrySkipMultipartMessage());
        Assert.False(_socket.TryReceiveSignal(TimeSpan.FromMilliseconds(1), out _));
        Assert.False(_socket.TryReceiveRoutingKey(ref key));
        Assert.Equal(new RoutingKey([7]), key);
    }

    [Fact]
    public void A_message_is_received_whole()
    {
        _socket.SendMultipartBytes([1], [], [2]);
        _socket.SendMoreFrame("a").SendFrame("b");
        _socket.SendMultipartBytes([3], [4]);
        Assert.Equal(["01", "", "02"], _socket.ReceiveMultipartBytes().Select(Convert.ToHexStringLower));
        Assert.Equal(["a", "b"], _socket.ReceiveMultipartStrings());
        var message = _socket.ReceiveMultipartMessage();
        Assert.Equal(2, message.FrameCount);
        Assert.Equal(new ZmqFrame([4]), message.Last);
    }

    [Fact]
    public void A_list_and_a_message_are_used_again()
    {
        _socket.SendMultipartBytes([1], [2]);
        _socket.SendMultipartBytes([3], [4]);
        List<byte[]>? frames = [[9]];
        var message = new ZmqMessage([new byte[] { 9 }]);
        (var sameFrames, var sameMessage) = (frames, message);
        Assert.True(_socket.TryReceiveMultipartBytes(ref frames));
        Assert.True(_socket.TryReceiveMultipartMessage(ref message!));
        Assert.Same(sameFrames, frames);
        Assert.Same(sameMessage, message);
        Assert.Equal(2, frames.Count);
        Assert.Equal(2, message.FrameCount);
    }

    [Fact]
    public void Skipping_takes_a_frame_or_the_rest_of_a_message()
    {
        _socket.SendMultipartBytes([1], [2], [3]);
        _socket.SendFrame("x");
        _socket.SkipFrame(out var more);
        Assert.True(more);
        _socket.SkipMultipartMessage();
        Assert.Equal("x", _socket.ReceiveFrameString());
    }

    [Fact]
    public void A_signal_is_told_from_other_messages()
    {
        _socket.SendFrame("no signal");
        _socket.SendMultipartBytes([0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11, 0], [1]);
        _socket.SignalError();
        _socket.SignalOK();
        Assert.False(_socket.ReceiveSignal());
        Assert.True(_socket.TryReceiveSignal(out var signal));
        Assert.True(signal);
        Assert.Equal(0, _socket.Count);
    }

    [Fact]
    public void Routing_keys_end_at_the_empty_frame()
    {
        _socket.SendRoutingKeys(new RoutingKey([1]), new RoutingKey([2])).SendFrame("x");
        Assert.Equal([new RoutingKey([1]), new RoutingKey([2])], _socket.ReceiveRoutingKeys());
        Assert.Equal("x", _socket.ReceiveFrameString());
    }
}
