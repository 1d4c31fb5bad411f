namespace Actors.Hocon.Tests;

public class LiteralTests
{
    [Theory]
    [InlineData("1", HoconLiteralType.Long)]
    [InlineData("-1", HoconLiteralType.Long)]
    [InlineData("0", HoconLiteralType.Long)]
    [InlineData("1.5", HoconLiteralType.Double)]
    [InlineData("1e5", HoconLiteralType.Double)]
    [InlineData("1E+5", HoconLiteralType.Double)]
    [InlineData("-1.5e-5", HoconLiteralType.Double)]
    [InlineData("0xFf", HoconLiteralType.Hex)]
    [InlineData("0755", HoconLiteralType.Octal)]
    [InlineData("true", HoconLiteralType.Bool)]
    [InlineData("off", HoconLiteralType.Bool)]
    [InlineData("null", HoconLiteralType.Null)]
    [InlineData("x", HoconLiteralType.UnquotedString)]
    [InlineData("1.", HoconLiteralType.UnquotedString)]
    [InlineData("1.2.3", HoconLiteralType.UnquotedString)]
    [InlineData("-", HoconLiteralType.UnquotedString)]
    [InlineData("1e", HoconLiteralType.UnquotedString)]
    [InlineData("0x", HoconLiteralType.UnquotedString)]
    [InlineData("10s", HoconLiteralType.UnquotedString)]
    [InlineData("\"1\"", HoconLiteralType.QuotedString)]
    [InlineData("\"\"\"1\"\"\"", HoconLiteralType.TripleQuotedString)]
    public void A_literal_is_what_it_is_written_as(string text, HoconLiteralType expected) =>
        Assert.Equal(expected, Assert.IsType<HoconLiteral>(Value(text).Children.Single(), exactMatch: false).LiteralType);

    [Theory]
    [InlineData("255", 255)]
    [InlineData("0xFF", 255)]
    [InlineData("-0x10", -16)]
    [InlineData("0755", 493)]
    [InlineData("1e3", 1000)]
    [InlineData("2.0", 2)]
    [InlineData("\"12\"", 12)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void Whole_numbers(string text, long expected)
    {
        Assert.Equal(expected, Value(text).GetLong());
        Assert.True(Value(text).TryGetLong(out var tried));
        Assert.Equal(expected, tried);
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("0x8000000000000000")]
    [InlineData("1.5")]
    [InlineData("one")]
    [InlineData("1e400")]
    public void Not_whole_numbers_of_64_bits(string text)
    {
        Assert.Throws<HoconException>(() => Value(text).GetLong());
        Assert.False(Value(text).TryGetLong(out _));
    }

    [Fact]
    public void Fractions()
    {
        Assert.Equal(1.5e-3, Value("1.5e-3").GetDouble());
        Assert.Equal(0.1m, Value("0.1").GetDecimal());
        Assert.Equal(2.5f, Value("2.5").GetFloat());
        Assert.Equal(16, Value("0x10").GetDouble());
        Assert.Throws<HoconException>(() => Value("1e999").GetDouble());
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("on", true)]
    [InlineData("yes", true)]
    [InlineData("\"true\"", true)]
    [InlineData("false", false)]
    [InlineData("off", false)]
    [InlineData("no", false)]
    public void Booleans(string text, bool expected) => Assert.Equal(expected, Value(text).GetBoolean());

    [Theory]
    [InlineData("10 ns", 0.00001)]
    [InlineData("100 nanoseconds", 0.0001)]
    [InlineData("5 us", 0.005)]
    [InlineData("5microseconds", 0.005)]
    [InlineData("5", 5)]
    [InlineData("\"5\"", 5)]
    [InlineData("5ms", 5)]
    [InlineData("5 milliseconds", 5)]
    [InlineData("1.5s", 1500)]
    [InlineData("2 seconds", 2000)]
    [InlineData("1 m", 60_000)]
    [InlineData("1 minute", 60_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1 hour", 3_600_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("2 days", 172_800_000)]
    [InlineData("-3s", -3000)]
    public void Durations(string text, double milliseconds) =>
        Assert.Equal((long)(milliseconds * TimeSpan.TicksPerMillisecond), Value(text).GetTimeSpan().Ticks);

    [Fact]
    public void A_duration_can_be_infinite_where_it_may()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, Value("infinite").GetTimeSpan());
        Assert.Throws<HoconException>(() => Value("infinite").GetTimeSpan(allowInfinite: false));
        Assert.False(Value("infinite").TryGetTimeSpan(out _, allowInfinite: false));
    }

    [Theory]
    [InlineData("5 S")]
    [InlineData("5 fortnights")]
    [InlineData("s")]
    [InlineData("99999999999999 d")]
    public void Not_durations(string text) =>
        Assert.Contains("expected a duration", Assert.Throws<HoconException>(() => Value(text).GetTimeSpan()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("10", 10)]
    [InlineData("10 B", 10)]
    [InlineData("10b", 10)]
    [InlineData("10 bytes", 10)]
    [InlineData("1 kB", 1000)]
    [InlineData("1 kilobyte", 1000)]
    [InlineData("1 K", 1024)]
    [InlineData("1k", 1024)]
    [InlineData("1 Ki", 1024)]
    [InlineData("1 KiB", 1024)]
    [InlineData("1.5 KiB", 1536)]
    [InlineData("2 MB", 2_000_000)]
    [InlineData("2m", 2L << 20)]
    [InlineData("2 mebibytes", 2L << 20)]
    [InlineData("3 GB", 3_000_000_000)]
    [InlineData("3G", 3L << 30)]
    [InlineData("1 TiB", 1L << 40)]
    [InlineData("1P", 1L << 50)]
    [InlineData("1 EB", 1_000_000_000_000_000_000)]
    public void Sizes(string text, long expected) => Assert.Equal(expected, Value(text).GetByteSize());

    [Theory]
    [InlineData("10 KB")]
    [InlineData("10 frogs")]
    [InlineData("100 EiB")]
    public void Not_sizes(string text) =>
        Assert.Contains("expected a size", Assert.Throws<HoconException>(() => Value(text).GetByteSize()).Message, StringComparison.Ordinal);

    private static HoconValue Value(string text) => HoconParser.Parse($"a = {text}").GetValue("a");
}
