using System.Text;

namespace Actors.Zmtp.Tests.Messages;

/// <summary>Frames as bytes and text, over two PAIR sockets.</summary>
public sealed class FrameTests : IDisposable
{
    private readonly PairSocket _from = new();
    private readonly PairSocket _to = new();

    public FrameTests()
    {
        string endpoint = "inproc://frames-" + Guid.NewGuid().ToString("N");
        _to.Bind(endpoint);
        _from.Connect(endpoint);
    }

    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
    }

    [Fact]
    public void Frames_are_sent_and_received_as_bytes_and_text()
    {
        _from.SendMoreFrame([1, 2]).SendMoreFrame("é").SendMoreFrameEmpty().SendFrame([3]);
        _from.SendFrame("x");
        Assert.Equal([1, 2], _to.ReceiveFrameBytes(out bool more));
        Assert.True(more);
        Assert.Equal("é", _to.ReceiveFrameString());
        Assert.True(_to.TryReceiveFrameBytes(TimeSpan.FromSeconds(1), out byte[]? bytes, out more));
        Assert.Empty(bytes);
        Assert.True(more);
        Assert.True(_to.TryReceiveFrameBytes(out bytes));
        Assert.Equal([3], bytes);
        Assert.True(_to.TryReceiveFrameString(out string? text));
        Assert.Equal("x", text);
    }

    [Fact]
    public void An_array_can_be_used_again_after_the_send()
    {
        byte[] small = [1];
        byte[] large = new byte[100_000];
        _from.SendMoreFrame(small).SendFrame(large);
        small[0] = large[0] = 9;
        Assert.Equal([1], _to.ReceiveFrameBytes());
        Assert.Equal(0, _to.ReceiveFrameBytes()[0]);
    }

    [Fact]
    public void A_message_is_sent_and_received_whole()
    {
        _from.SendMultipartBytes([1], [], [2]);
        Assert.True(_from.TrySendMultipartBytes(TimeSpan.Zero, new List<byte[]> { new byte[] { 3 } }));
        Assert.Equal(["01", "", "02"], _to.ReceiveMultipartBytes().Select(Convert.ToHexStringLower));
        List<byte[]>? frames = [[9], [9]];
        List<byte[]> before = frames;
        Assert.True(_to.TryReceiveMultipartBytes(ref frames));
        Assert.Same(before, frames);
        Assert.Equal([3], Assert.Single(frames));
    }

    [Fact]
    public void Nothing_there_is_false()
    {
        List<byte[]>? frames = [[7]];
        Assert.False(_to.TryReceiveFrameBytes(out byte[]? bytes));
        Assert.Null(bytes);
        Assert.False(_to.TryReceiveFrameString(out string? text));
        Assert.Null(text);
        Assert.False(_to.TryReceiveMultipartBytes(ref frames));
        Assert.Equal([7], Assert.Single(frames!));
        Assert.False(_to.TrySkipMultipartMessage());
    }

    [Fact]
    public void A_refusal_is_false_and_sends_nothing()
    {
        using PairSocket alone = new();
        Assert.False(alone.TrySendFrame([1]));
        Assert.False(alone.TrySendFrame("a"));
        Assert.False(alone.TrySendFrame(TimeSpan.FromMilliseconds(1), "a"));
        Assert.False(alone.TrySendMultipartBytes(TimeSpan.Zero, [1], [2]));
    }

    [Fact]
    public void A_message_without_frames_is_refused()
        => Assert.Contains("no frames", Assert.Throws<ArgumentException>(() => _from.SendMultipartBytes()).Message, StringComparison.Ordinal);

    [Fact]
    public void Skipping_takes_the_rest_of_a_message()
    {
        _from.SendMultipartBytes([1], [2], [3]);
        _from.SendFrame("x");
        _to.ReceiveFrameBytes();
        Assert.True(_to.TrySkipMultipartMessage());
        Assert.Equal("x", _to.ReceiveFrameString());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100_000)]
    public void A_copy_of_a_frame_stays_when_the_frame_is_gone(int size)
    {
        _from.SendFrame([.. Enumerable.Repeat((byte)7, size)]);
        Msg frame = default;
        _to.Receive(ref frame);
        Msg copy = default;
        copy.Copy(ref frame);
        frame.Close();
        Assert.Equal(size, copy.Slice().Count((byte)7));
        _from.Send(ref copy);
        Assert.True(copy.IsInitialised);
        Assert.Equal(0, copy.Size);
        copy.Close();
        Assert.Equal(size, _to.ReceiveFrameBytes().Length);
    }

    [Fact]
    public void A_frame_that_is_closed_twice_or_not_initialised_is_refused()
    {
        Msg frame = default;
        Assert.Throws<FaultException>(() => _from.TrySend(ref frame, TimeSpan.Zero));
        Assert.Throws<FaultException>(() => new Msg().Copy(ref frame));
        frame.InitGiven(Encoding.UTF8.GetBytes("x"));
        Assert.Equal("x", frame.GetString(Encoding.UTF8));
        frame.Close();
        Assert.Throws<FaultException>(frame.Close);
    }
}
