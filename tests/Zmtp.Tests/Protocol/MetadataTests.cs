using FsCheck;
using FsCheck.Xunit;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Tests.Protocol;

public class MetadataTests
{
    [Fact]
    public void Properties_are_written_as_in_the_worked_example_of_RFC_37()
    {
        var metadata = new Metadata().Add("Socket-Type", "DEALER"u8.ToArray()).Add("Identity", default);
        var octets = new byte[metadata.EncodedLength];
        Assert.Equal(octets.Length, metadata.Write(octets));
        Assert.Equal(
            Octets.Vector("0b 536f636b65742d54797065 00000006 4445414c4552  08 4964656e74697479 00000000"),
            Octets.Hex(octets));
    }

    [Fact]
    public void Names_are_found_without_case()
    {
        Assert.True(Metadata.TryParse(Octets.Of("0b 534f434b45542d54595045 00000003 505542"), 8, out var metadata, out _));
        Assert.True(metadata.TryGet("socket-type", out var value));
        Assert.Equal("PUB"u8.ToArray(), value.ToArray());
    }

    [Theory]
    [InlineData("00", "empty name")]
    [InlineData("02 58", "name of property 1 of the metadata should have 2 octets, 1 are left")]
    [InlineData("01 20 00000000", "octet 0x20")]
    [InlineData("01 58 000000", "size of the value of \"X\" should have 4 octets, 3 are left")]
    [InlineData("01 58 00000002 00", "value of \"X\" should have 2 octets, 1 are left")]
    [InlineData("01 58 7fffffff 00", "value of \"X\" should have 2147483647 octets, 1 are left")]
    [InlineData("01 58 80000000", "value of \"X\" should have 2147483648 octets")]
    [InlineData("01 58 ffffffff", "value of \"X\" should have 4294967295 octets")]
    [InlineData("01 58 00000000 01 78 00000000", "\"x\" is there twice")]
    [InlineData("01 58 00000000 01 59 00000000 01 5a 00000000", "more than 2 properties")]
    public void What_is_wrong_is_named(string data, string expected)
    {
        Assert.False(Metadata.TryParse(Octets.Of(data), 2, out _, out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Property]
    public void Whatever_octets_come_the_answer_is_a_value(byte[] data)
    {
        var fine = Metadata.TryParse(data, 4, out var metadata, out var error);
        Assert.Equal(fine, metadata != null);
        Assert.Equal(fine, error == null);
    }

    [Property]
    public void What_is_written_is_read_back(NonNull<byte[]> one, NonNull<byte[]> other)
    {
        var metadata = new Metadata().Add("X-One", one.Get).Add("X-Other", other.Get);
        var octets = new byte[metadata.EncodedLength];
        metadata.Write(octets);
        Assert.True(Metadata.TryParse(octets, 2, out var read, out _));
        Assert.Equal(
            metadata.Select(property => (property.Key, Octets.Hex(property.Value.Span))),
            read.Select(property => (property.Key, Octets.Hex(property.Value.Span))));
    }
}
