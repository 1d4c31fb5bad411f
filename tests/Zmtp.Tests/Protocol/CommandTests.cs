using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Tests.Protocol;

/// <summary>Commands on the wire: https://rfc.zeromq.org/spec/37/.</summary>
public class CommandTests
{
    [Theory]
    [InlineData(true, "", "04 0a 09 535542534352494245")]
    [InlineData(true, "4142", "04 0c 09 535542534352494245 4142")]
    [InlineData(false, "", "04 07 06 43414e43454c")]
    [InlineData(false, "00ff", "04 09 06 43414e43454c 00ff")]
    public void Subscriptions_are_commands_of_name_and_prefix(bool subscribe, string prefix, string frame)
    {
        var octets = Octets.Of(prefix);
        var destination = new byte[SubscriptionCommand.FrameLength(subscribe, octets.Length)];

        Assert.Equal(destination.Length, SubscriptionCommand.Write(destination, subscribe, octets));
        Assert.Equal(Octets.Vector(frame), Octets.Hex(destination));
    }

    [Fact]
    public void A_body_of_more_than_255_octets_takes_a_long_size()
    {
        var prefix = new byte[246];
        var destination = new byte[SubscriptionCommand.FrameLength(true, prefix.Length)];
        SubscriptionCommand.Write(destination, true, prefix);
        Assert.Equal(Octets.Vector("06 0000000000000100 09 535542534352494245"), Octets.Hex(destination.AsSpan(0, 19)));
        Assert.Equal(9 + 256, destination.Length);

        Assert.Equal(2 + 255, SubscriptionCommand.FrameLength(true, 245));
    }

    [Theory]
    [InlineData(0, "", "04 07 04 50494e47 0000")]
    [InlineData(100, "", "04 07 04 50494e47 0001")]
    [InlineData(101, "61626364", "04 0b 04 50494e47 0002 61626364")]
    [InlineData(30_000, "", "04 07 04 50494e47 012c")]
    [InlineData(100_000_000, "", "04 07 04 50494e47 ffff")]
    [InlineData(-1, "", "04 07 04 50494e47 0000")]
    public void A_ping_has_tenths_of_a_second_and_a_context(int milliseconds, string context, string frame)
    {
        Span<byte> destination = stackalloc byte[HeartbeatCommand.MaxFrameLength];
        var length = HeartbeatCommand.WritePing(destination, TimeSpan.FromMilliseconds(milliseconds), Octets.Of(context));
        Assert.Equal(Octets.Vector(frame), Octets.Hex(destination[..length]));
    }

    [Fact]
    public void A_pong_echoes_the_context()
    {
        Assert.True(HeartbeatCommand.TryParsePing(Octets.Of("012c 61626364"), out var timeToLive, out var context));
        Assert.Equal(TimeSpan.FromSeconds(30), timeToLive);

        Span<byte> destination = stackalloc byte[HeartbeatCommand.MaxFrameLength];
        var length = HeartbeatCommand.WritePong(destination, context);
        Assert.Equal(Octets.Vector("04 09 04 504f4e47 61626364"), Octets.Hex(destination[..length]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000 0102030405060708090a0b0c0d0e0f1011")]
    public void A_ping_without_time_to_live_or_with_a_long_context_is_none(string data)
    {
        Assert.False(HeartbeatCommand.TryParsePing(Octets.Of(data), out _, out _));
    }

    [Fact]
    public void A_context_of_more_than_16_octets_is_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() => HeartbeatCommand.WritePong(new byte[64], new byte[17]));
        Assert.Contains("at most 16 octets, not 17", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("05")]
    [InlineData("00 41")]
    [InlineData("05 5245 4144")]
    [InlineData("05 52 45 00 44 59")]
    public void A_body_without_a_name_of_letters_is_no_command(string body)
    {
        Assert.False(Command.TryParse(Octets.Of(body), out _));
    }

    [Theory]
    [InlineData("05 5245414459 ff", CommandKind.Ready, "ff")]
    [InlineData("05 4552524f52", CommandKind.Error, "")]
    [InlineData("09 535542534352494245 41", CommandKind.Subscribe, "41")]
    [InlineData("06 43414e43454c", CommandKind.Cancel, "")]
    [InlineData("04 50494e47 0000", CommandKind.Ping, "0000")]
    [InlineData("04 504f4e47", CommandKind.Pong, "")]
    [InlineData("04 4a4f494e 61", CommandKind.Join, "61")]
    [InlineData("05 7265616479", CommandKind.Unknown, "")]
    public void A_body_is_read_into_kind_and_data(string body, object kind, string data)
    {
        Assert.True(Command.TryParse(Octets.Of(body), out var command));
        Assert.Equal((CommandKind)kind, command.Kind);
        Assert.Equal(Octets.Vector(data), Octets.Hex(command.Data));
    }

    [Fact]
    public void An_error_says_its_reason_in_visible_characters()
    {
        const string reason = "PUB does not fit é";
        var frame = new byte[ErrorCommand.FrameLength(reason)];
        Assert.Equal(frame.Length, ErrorCommand.Write(frame, reason));
        Assert.True(Command.TryParse(frame.AsSpan(2), out var command));
        Assert.Equal(CommandKind.Error, command.Kind);
        Assert.True(ErrorCommand.TryParse(command.Data, out var read));
        Assert.Equal("PUB_does_not_fit__", read);
    }

    [Fact]
    public void An_error_of_any_length_fits_a_frame()
    {
        var reason = new string('x', 1000);
        var frame = new byte[ErrorCommand.FrameLength(reason)];
        Assert.Equal(frame.Length, ErrorCommand.Write(frame, reason));
        Assert.True(Command.TryParse(frame.AsSpan(9), out var command));
        Assert.True(ErrorCommand.TryParse(command.Data, out var read));
        Assert.Equal(255, read.Length);
    }
}
