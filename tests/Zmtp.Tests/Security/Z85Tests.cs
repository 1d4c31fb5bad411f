using FsCheck.Xunit;
using Actors.Zmtp.Security;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.Security;

public class Z85Tests
{
    [Fact]
    public void The_test_case_of_RFC_32()
    {
        Assert.Equal("HelloWorld", Z85.Encode(Octets.Of("864fd26fb559f75b")));
        Assert.Equal("864fd26fb559f75b", Octets.Hex(Z85.Decode("HelloWorld")));
    }

    [Property]
    public void What_is_encoded_decodes(uint[] words)
    {
        byte[] data = words.SelectMany(BitConverter.GetBytes).ToArray();
        Assert.Equal(data, Z85.Decode(Z85.Encode(data)));
    }

    [Theory]
    [InlineData("HelloWorl", "multiple of 5")]
    [InlineData("Hell\"", "position 4")]
    [InlineData("Hell\u20ac", "U+20AC")]
    [InlineData("#####", "more than four octets")]
    public void Bad_text_is_named(string text, string part)
        => Assert.Contains(part, Assert.Throws<ArgumentException>(() => Z85.Decode(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_length_that_is_no_multiple_of_four_is_named()
        => Assert.Contains("there are 3", Assert.Throws<ArgumentException>(() => Z85.Encode(new byte[3])).Message, StringComparison.Ordinal);
}
