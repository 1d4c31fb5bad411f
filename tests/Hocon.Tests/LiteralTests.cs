namespace Actors.Hocon.Tests;

public class LiteralTests
{
    [Theory]
    [InlineData("1", ScalarKind.Number, false)]
    [InlineData("-1", ScalarKind.Number, false)]
    [InlineData("0", ScalarKind.Number, false)]
    [InlineData("1.5", ScalarKind.Number, false)]
    [InlineData("1e5", ScalarKind.Number, false)]
    [InlineData("1E+5", ScalarKind.Number, false)]
    [InlineData("-1.5e-5", ScalarKind.Number, false)]
    [InlineData("0xFf", ScalarKind.String, false)]
    [InlineData("0755", ScalarKind.String, false)]
    [InlineData("true", ScalarKind.Boolean, false)]
    [InlineData("off", ScalarKind.String, false)]
    [InlineData("null", ScalarKind.Null, false)]
    [InlineData("x", ScalarKind.String, false)]
    [InlineData("1.", ScalarKind.String, false)]
    [InlineData("1.2.3", ScalarKind.String, false)]
    [InlineData("-", ScalarKind.String, false)]
    [InlineData("1e", ScalarKind.String, false)]
    [InlineData("0x", ScalarKind.String, false)]
    [InlineData("10s", ScalarKind.String, false)]
    [InlineData("\"1\"", ScalarKind.String, true)]
    [InlineData("\"\"\"1\"\"\"", ScalarKind.String, true)]
    [InlineData("x \"y\"", ScalarKind.String, true)]
    [InlineData("1 2", ScalarKind.String, false)]
    [InlineData("false", ScalarKind.Boolean, false)]
    public void A_scalar_is_what_it_is_written_as(string text, ScalarKind kind, bool isQuoted)
    {
        var scalar = Assert.IsType<ConfigScalar>(Texts.Value(text));
        Assert.Equal((kind, isQuoted), (scalar.Kind, scalar.IsQuoted));
    }

    [Theory]
    [InlineData("255", 255)]
    [InlineData("-16", -16)]
    [InlineData("1e3", 1000)]
    [InlineData("1.5E+1", 15)]
    [InlineData("2.0", 2)]
    [InlineData("\"12\"", 12)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void Whole_numbers(string text, long expected) => Assert.Equal(expected, Read(text, ConfigTypes.Int64));

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("0x8000")]
    [InlineData("0755")]
    [InlineData("1.5")]
    [InlineData("one")]
    [InlineData("1e400")]
    [InlineData("\" 1\"")]
    public void Not_whole_numbers_of_64_bits(string text) => AssertRefused(text, ConfigTypes.Int64);

    [Theory]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("-2147483648", int.MinValue)]
    public void Whole_numbers_of_32_bits(string text, int expected) => Assert.Equal(expected, Read(text, ConfigTypes.Int32));

    [Theory]
    [InlineData("2147483648")]
    [InlineData("-2147483649")]
    public void Not_whole_numbers_of_32_bits(string text) => AssertRefused(text, ConfigTypes.Int32);

    [Fact]
    public void Fractions()
    {
        Assert.Equal(1.5e-3, Read("1.5e-3", ConfigTypes.Double));
        Assert.Equal(16, Read("16", ConfigTypes.Double));
        AssertRefused("1e999", ConfigTypes.Double);
        AssertRefused("NaN", ConfigTypes.Double);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("on", true)]
    [InlineData("yes", true)]
    [InlineData("\"true\"", true)]
    [InlineData("false", false)]
    [InlineData("off", false)]
    [InlineData("no", false)]
    public void Booleans(string text, bool expected) => Assert.Equal(expected, Read(text, ConfigTypes.Boolean));

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
        Assert.Equal((long)(milliseconds * TimeSpan.TicksPerMillisecond), Read(text, ConfigTypes.Duration).Ticks);

    [Theory]
    [InlineData("5 S")]
    [InlineData("5 fortnights")]
    [InlineData("s")]
    [InlineData("99999999999999 d")]
    [InlineData("0x10 s")]
    [InlineData("infinite")]
    public void Not_durations(string text) => AssertRefused(text, ConfigTypes.Duration);

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
    [InlineData("0.001 ZB", 1_000_000_000_000_000_000)]
    [InlineData("0.0009765625 Zi", 1L << 60)]
    public void Sizes(string text, long expected) => Assert.Equal(expected, Read(text, ConfigTypes.Size));

    [Theory]
    [InlineData("10 KB")]
    [InlineData("10 frogs")]
    [InlineData("100 EiB")]
    [InlineData("0x10")]
    public void Not_sizes(string text) => AssertRefused(text, ConfigTypes.Size);

    [Fact]
    public void Null_is_of_no_type()
    {
        AssertRefused("null", ConfigTypes.Text);
        AssertRefused("null", ConfigTypes.Boolean);
        AssertRefused("[null]", ConfigTypes.Text.List);
    }

    private static T Read<T>(string text, ConfigType<T> type) => Texts.ParseObject($"a = {text}").Get("a", type);

    private static void AssertRefused<T>(string text, ConfigType<T> type)
    {
        Assert.False(type.TryRead(Texts.Value(text), out _));
        Assert.EndsWith($", expected {type.Expected}", Assert.Throws<HoconFormatException>(() => Read(text, type)).Message, StringComparison.Ordinal);
    }
}
