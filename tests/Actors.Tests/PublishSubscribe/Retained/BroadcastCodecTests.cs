using System.Text;
using Actors.Transport;
using FsCheck.Xunit;

namespace Actors.Tests;

public sealed class BroadcastCodecTests
{
    private static T Read<T>(Message message)
        where T : BroadcastCommand
    {
        Assert.True(BroadcastCodec.TryRead(message, 0, out var command, out var fault), fault);
        return Assert.IsType<T>(command);
    }

    private static byte[] Octets(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static Message MessageOf(string hex, params string[] more) =>
        new([Octets(hex), .. more.Select(one => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(one))]);

    [Theory]
    // The examples of docs/protocols/broadcast.md, section 4.
    [InlineData("53 43415354 01 0000002A 000003E8 00000000000000E9 0000000000000007 00000064 6D65", "a", "b")]
    [InlineData("49 0000002A 000003E8 00000000000000E9 0000000000000007 0000000000000009")]
    [InlineData("4D 0000000000000008", "topic", "body")]
    [InlineData("4C 0000000000000008 0000000000000009")]
    [InlineData("43 0000000A")]
    [InlineData("42")]
    [InlineData("47 01 0000000000000009 656E64")]
    [InlineData("45 02 736179")]
    public void Each_command_is_written_as_it_is_read(string hex, params string[] more)
    {
        var message = MessageOf(hex, more);
        Assert.True(BroadcastCodec.TryRead(message, 0, out var command, out var fault), fault);

        Assert.Equal(message, BroadcastCodec.Write(command));
    }

    [Fact]
    public void Subscribe_tells_where_the_subscriber_stands_and_what_it_wants()
    {
        var subscribe = Read<BroadcastCommand.Subscribe>(MessageOf("53 43415354 01 0000002A 000003E8 00000000000000E9 0000000000000007 00000064 6D65", "a", ""));

        Assert.Equal((1, 42u, TimeSpan.FromSeconds(1)), (subscribe.Version, subscribe.Session, subscribe.Interval));
        Assert.Equal((233ul, 7ul, 100u, "me"), (subscribe.Epoch, subscribe.Position, subscribe.Window, subscribe.Name));
        Assert.Equal(["a", ""], subscribe.Prefixes.Select(prefix => Encoding.UTF8.GetString(prefix.Span)));
    }

    [Fact]
    public void A_subscribe_of_another_version_is_read_as_far_as_its_version() =>
        Assert.Equal(9, Read<BroadcastCommand.Subscribe>(MessageOf("53 43415354 09 FFFF")).Version);

    [Theory]
    [InlineData("", "at least one octet")]
    [InlineData("FF", "0xFF")]
    [InlineData("53 43415354", "SCAST")]
    [InlineData("53 43415354 01 00", "expected 34")]
    [InlineData("49 00", "expected 33")]
    [InlineData("4D 00", "expected 9")]
    [InlineData("4D 0000000000000001", "no payload")]
    [InlineData("4C 0000000000000008", "expected 17")]
    [InlineData("43 00", "expected 5")]
    [InlineData("47 01", "expected at least 10")]
    [InlineData("45", "at least 2")]
    public void What_is_malformed_is_named_with_what_was_expected(string hex, string expected)
    {
        Assert.False(BroadcastCodec.TryRead(MessageOf(hex), 0, out _, out var fault));
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_subscribe_and_event_have_further_frames()
    {
        Assert.False(BroadcastCodec.TryRead(MessageOf("42", "more"), 0, out _, out var fault));
        Assert.Contains("only SUBSCRIBE and EVENT", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_prefixes_is_bounded()
    {
        var prefixes = Enumerable.Repeat("p", BroadcastCodec.MaxPrefixes + 1).ToArray();
        Assert.False(BroadcastCodec.TryRead(MessageOf($"53 43415354 01 {new string('0', 56)}", prefixes), 0, out _, out var fault));
        Assert.Contains($"at most {BroadcastCodec.MaxPrefixes}", fault, StringComparison.Ordinal);
    }

    [Property]
    public bool Any_octets_are_read_or_named(byte[] octets, byte[] more) =>
        BroadcastCodec.TryRead(new Message(octets, more), 0, out var command, out var fault) ? command is not null && fault is null : fault is not null;
}
