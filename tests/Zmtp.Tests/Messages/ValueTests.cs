using System.Text;

namespace Actors.Zmtp.Tests.Messages;

public class ValueTests
{
    [Fact]
    public void Numbers_are_in_network_order()
    {
        Assert.Equal([0x01, 0x02], NetworkOrderBitsConverter.GetBytes((short)0x0102));
        Assert.Equal([0x01, 0x02, 0x03, 0x04], NetworkOrderBitsConverter.GetBytes(0x01020304));
        Assert.Equal([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE], NetworkOrderBitsConverter.GetBytes(-2L));
        Assert.Equal(0x0203, NetworkOrderBitsConverter.ToUInt16([1, 2, 3], 1));
        Assert.Equal(-2, NetworkOrderBitsConverter.ToInt64(NetworkOrderBitsConverter.GetBytes(-2L)));
        var buffer = new byte[10];
        NetworkOrderBitsConverter.PutUInt64(0x1122334455667788, buffer, 2);
        Assert.Equal("00001122334455667788", Convert.ToHexString(buffer));
        Assert.Equal(0x1122334455667788UL, NetworkOrderBitsConverter.ToUInt64(buffer, 2));
    }

    [Fact]
    public void Routing_keys_are_equal_when_their_bytes_are()
    {
        var key = new RoutingKey([1, 2]);
        Assert.True(key.Equals(new RoutingKey("AQI=")));
        Assert.True(key.Equals(new byte[] { 1, 2 }));
        Assert.False(key.Equals(new RoutingKey([1])));
        Assert.Equal(key.GetHashCode(), new RoutingKey([1, 2]).GetHashCode());
        Assert.Equal("AQI=", key.ToString());
        Assert.Equal(new RoutingKey([0, 0, 0, 0, 0, 0, 1, 0]), new RoutingKey(256));
        Assert.True(default(RoutingKey).Equals(new RoutingKey([])));
    }

    [Fact]
    public void A_frame_may_be_shorter_than_its_buffer()
    {
        var buffer = new byte[] { 1, 2, 3 };
        var frame = new ZmqFrame(buffer, 2);
        Assert.Equal(2, frame.MessageSize);
        Assert.Equal(3, frame.BufferSize);
        Assert.Equal([1, 2], frame.ToByteArray());
        frame.MessageSize = 3;
        Assert.Same(buffer, frame.ToByteArray());
        Assert.NotSame(buffer, frame.ToByteArray(copy: true));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => frame.MessageSize = 4);
        Assert.Contains("between 0 and that of its buffer, 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_are_equal_when_their_bytes_are()
    {
        Assert.True(new ZmqFrame("ab") == new ZmqFrame([0x61, 0x62, 0x63], 2));
        Assert.True(new ZmqFrame("ab") != new ZmqFrame("ac"));
        Assert.True(new ZmqFrame("ab").Equals("ab"u8.ToArray()));
        Assert.Equal(new ZmqFrame("ab").GetHashCode(), ZmqFrame.Copy("ab"u8.ToArray()).GetHashCode());
        Assert.False(new ZmqFrame("ab") == null);
        Assert.True((ZmqFrame?)null == null);
    }

    [Fact]
    public void A_frame_turns_into_text_and_numbers()
    {
        Assert.Equal("é", new ZmqFrame("é").ConvertToString());
        Assert.Equal("é", new ZmqFrame("é", Encoding.Latin1).ConvertToString(Encoding.Latin1));
        Assert.Equal(258, new ZmqFrame([0, 0, 1, 2]).ConvertToInt32());
        Assert.Equal(258L, new ZmqFrame([0, 0, 0, 0, 0, 0, 1, 2]).ConvertToInt64());
        Assert.Throws<InvalidOperationException>(() => new ZmqFrame([1]).ConvertToInt32());
        Assert.True(ZmqFrame.Empty.IsEmpty);
    }

    [Fact]
    public void A_message_grows_at_both_ends()
    {
        var message = new ZmqMessage();
        message.Append("b");
        message.Push("a");
        message.AppendEmptyFrame();
        message.Append(1);
        message.Push(2L);
        message.PushEmptyFrame();
        Assert.Equal(6, message.FrameCount);
        Assert.True(message.First.IsEmpty);
        Assert.Equal(1, message.Last.ConvertToInt32());
        Assert.Equal(2, message[1].ConvertToInt64());
        message.Pop();
        message.Pop();
        Assert.Equal("a", message.First.ConvertToString());
        Assert.True(message.RemoveFrame(ZmqFrame.Empty));
        Assert.Equal(["a", "b"], message.Take(2).Select(frame => frame.ConvertToString()));
        message.Clear();
        Assert.True(message.IsEmpty);
        Assert.Throws<InvalidOperationException>(message.Pop);
        Assert.Equal("ZmqMessage[<no frames>]", message.ToString());
    }
}
