using FsCheck.Xunit;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Tests.Pipes;

public class FrameHeaderTests
{
    [Property]
    public void A_header_comes_back_as_it_was_written(byte flags, long size)
    {
        size = Math.Abs(size == long.MinValue ? 0 : size);
        flags &= FrameFlags.More | FrameFlags.Command;
        Span<byte> buffer = stackalloc byte[FrameHeader.MaxLength];
        int length = FrameHeader.Write(buffer, flags, size);

        Assert.True(FrameHeader.Read(buffer[..length], out int headerLength, out long read));
        Assert.Equal(length, headerLength);
        Assert.Equal(size, read);
        Assert.Equal(size > 255, (buffer[0] & FrameFlags.Long) != 0);
        Assert.Equal(flags, buffer[0] & ~FrameFlags.Long);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(255L)]
    [InlineData(256L)]
    [InlineData(long.MaxValue)]
    public void Part_of_a_header_is_not_a_header(long size)
    {
        byte[] buffer = new byte[FrameHeader.MaxLength];
        int length = FrameHeader.Write(buffer, 0, size);
        for (int i = 0; i < length; i++)
        {
            Assert.False(FrameHeader.Read(buffer.AsSpan(0, i), out int headerLength, out _));
            Assert.Equal(0, headerLength);
        }
    }

    [Fact]
    public void A_size_above_63_bits_comes_out_negative()
    {
        byte[] buffer = [FrameFlags.Long, 0xFF, 0, 0, 0, 0, 0, 0, 0];
        Assert.True(FrameHeader.Read(buffer, out _, out long size));
        Assert.True(size < 0);
    }
}
