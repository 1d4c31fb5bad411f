using Actors.Transport;

namespace Actors.Tests;

public sealed class QueueCodecTests
{
    private static readonly Guid Server = new(Convert.FromHexString("000102030405060708090A0B0C0D0E0F"), bigEndian: true);

    private static Message Frames(params string[] hex) => new([.. hex.Select(frame => (ReadOnlyMemory<byte>)Convert.FromHexString(frame))]);

    private static string Fault(Message message)
    {
        Assert.False(QueueCodec.TryRead(message, 0, out _, out var fault), "the message was taken for a command");
        return fault!;
    }

    /// <summary>The examples of docs/protocols/queue.md, section 2.</summary>
    [Theory]
    [InlineData("525155455545" + "01" + "000102030405060708090A0B0C0D0E0F" + "00000004" + "000003E8")]
    [InlineData("460000002A00000001626164")]
    [InlineData("48000003E8")]
    [InlineData("47")]
    [InlineData("4502736179")]
    public void A_command_has_the_octets_of_the_specification(string hex)
    {
        Assert.True(QueueCodec.TryRead(Frames(hex), 0, out var command, out var fault), fault);
        Assert.Equal(hex, Convert.ToHexString(QueueCodec.Write(command!)[0].Span));
    }

    [Fact]
    public void The_fields_of_ready_are_read()
    {
        var ready = new QueueReady(QueueCodec.Version, Server, 4, TimeSpan.FromSeconds(1));

        Assert.True(QueueCodec.TryRead(Frames("525155455545" + "01" + "000102030405060708090A0B0C0D0E0F" + "00000004" + "000003E8"), 0, out var read, out var fault), fault);
        Assert.Equal(ready, read);
    }

    [Fact]
    public void A_reply_is_found_behind_the_id_and_the_delimiter()
    {
        Assert.Equal("510000002A00000001", Convert.ToHexString(QueueCodec.ExchangeFrame(0x2A00000001)));
        foreach (var message in new[] { Frames("510000002A00000001", "", "6F6B", ""), Frames("510000002A00000001", "0102", "", "6F6B", "") })
        {
            Assert.True(QueueCodec.TryRead(message, 0, out var command, out var fault), fault);
            var reply = Assert.IsType<QueueExchange>(command);
            Assert.Equal(0x2A00000001u, reply.Number);
            Assert.Equal(Message.FromText("ok", ""), reply.Body);
        }
    }

    [Theory]
    [InlineData("", "there is no command")]
    [InlineData("00", "0x00")]
    [InlineData("52515545554501", "31")]
    [InlineData("5251554555", "does not begin with")]
    [InlineData("525155455545" + "01" + "000102030405060708090A0B0C0D0E0F" + "00000000" + "000003E8", "capacity 0")]
    [InlineData("46000000", "at least 9")]
    [InlineData("48", "expected 5")]
    [InlineData("45", "no code")]
    [InlineData("51", "expected 9")]
    [InlineData("510000002A00000001", "no empty frame")]
    public void A_malformed_command_says_what_was_expected(string hex, string expected) => Assert.Contains(expected, Fault(Frames(hex)), StringComparison.Ordinal);

    [Fact]
    public void Frames_behind_a_command_that_has_none_are_a_fault() => Assert.Contains("1 frames follow", Fault(Frames("47", "00")), StringComparison.Ordinal);

    [Fact]
    public void A_reply_without_a_body_is_a_fault() => Assert.Contains("no empty frame", Fault(Frames("510000002A00000001", "")), StringComparison.Ordinal);

    [Fact]
    public void Another_version_is_told_whatever_follows_it()
    {
        Assert.True(QueueCodec.TryRead(Frames("52515545554502FF"), 0, out var command, out var fault), fault);
        Assert.Equal(2, Assert.IsType<QueueReady>(command).Version);
    }

    [Fact]
    public void Octets_at_random_are_never_more_than_a_fault()
    {
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            var frames = new ReadOnlyMemory<byte>[random.Next(1, 4)];
            for (var i = 0; i < frames.Length; i++)
            {
                var bytes = new byte[random.Next(0, 40)];
                random.NextBytes(bytes);
                if (bytes.Length > 0 && i == 0) bytes[0] = (byte)"RQFHGE"[random.Next(6)];
                frames[i] = bytes;
            }
            if (!QueueCodec.TryRead(new Message(frames), 0, out _, out var fault)) Assert.NotEmpty(fault!);
        }
    }
}
