using Actors.Remoting.Associations;
using Google.Protobuf;

namespace Remoting.Tests;

public sealed class OutboundBufferTests
{
    [Fact]
    public void The_first_message_asks_for_a_flush_and_the_others_join_it()
    {
        var buffer = new OutboundBuffer(100);

        Assert.Equal(Added.First, buffer.Add(Message(10)));
        Assert.Equal(Added.Joined, buffer.Add(Message(10)));
        Assert.Equal(2, Take(buffer));
        Assert.Equal(0, Take(buffer));
        Assert.Equal(Added.First, buffer.Add(Message(10)));
    }

    [Fact]
    public void A_message_counts_until_it_is_released()
    {
        var buffer = new OutboundBuffer(100);
        buffer.Add(Message(60));

        Assert.Equal(Added.Refused, buffer.Add(Message(60)));
        Assert.Equal(1, Take(buffer));
        Assert.Equal(Added.Refused, buffer.Add(Message(60)));
        buffer.Release(60);
        Assert.NotEqual(Added.Refused, buffer.Add(Message(60)));
    }

    [Fact]
    public void An_empty_buffer_takes_a_message_of_any_size() => Assert.Equal(Added.First, new OutboundBuffer(100).Add(Message(1000)));

    [Fact]
    public void A_closed_buffer_refuses_and_gives_out_what_it_has()
    {
        var buffer = new OutboundBuffer(100);
        buffer.Add(Message(10));
        buffer.Close();

        Assert.Equal(Added.Refused, buffer.Add(Message(10)));
        Assert.Equal(1, Take(buffer));
    }

    private static ByteString Message(int size) => ByteString.CopyFrom(new byte[size]);

    private static int Take(OutboundBuffer buffer)
    {
        List<ByteString> taken = [];
        return buffer.TryTake(ref taken) ? taken.Count : 0;
    }
}
