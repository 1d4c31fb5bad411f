using Akka.Configuration;

namespace Akka.Tests.Configuration;

public class ConfigTests
{
    private static readonly Config Sample = ConfigurationFactory.ParseString("""
        a {
          int = 5, long = 5000000000, float = 1.5, flag = on, text = some words
          wait = 10 ms, forever = infinite, size = 4 KiB
          list = [x, y], numbers = [1, 2, 3]
          "b.c" = quoted
          nothing = null
        }
        """);

    [Fact]
    public void Getters_convert()
    {
        Assert.Equal(5, Sample.GetInt("a.int"));
        Assert.Equal(5_000_000_000, Sample.GetLong("a.long"));
        Assert.Equal(1.5f, Sample.GetFloat("a.float"));
        Assert.Equal(1.5, Sample.GetDouble("a.float"));
        Assert.Equal(1.5m, Sample.GetDecimal("a.float"));
        Assert.True(Sample.GetBoolean("a.flag"));
        Assert.Equal("some words", Sample.GetString("a.text"));
        Assert.Equal(TimeSpan.FromMilliseconds(10), Sample.GetTimeSpan("a.wait"));
        Assert.Equal(Timeout.InfiniteTimeSpan, Sample.GetTimeSpan("a.forever"));
        Assert.Equal(4096, Sample.GetByteSize("a.size"));
        Assert.Equal(["x", "y"], Sample.GetStringList("a.list"));
        Assert.Equal([1, 2, 3], Sample.GetIntList("a.numbers"));
        Assert.Equal("quoted", Sample.GetString("a.\"b.c\""));
    }

    [Fact]
    public void What_is_missing_or_null_is_the_default()
    {
        Assert.Equal(7, Sample.GetInt("a.none", 7));
        Assert.Equal(0, Sample.GetInt("a.none"));
        Assert.Null(Sample.GetString("a.nothing"));
        Assert.Equal("d", Sample.GetString("a.int.deeper", "d"));
        Assert.Equal(TimeSpan.FromSeconds(1), Sample.GetTimeSpan("none", TimeSpan.FromSeconds(1)));
        Assert.Null(Sample.GetByteSize("none"));
        Assert.Equal(12, Sample.GetByteSize("none", 12));
        Assert.Empty(Sample.GetStringList("none"));
        Assert.Equal(["z"], Sample.GetStringList("none", ["z"]));
        Assert.Null(Sample.GetConfig("none"));
        Assert.Null(Sample.GetValue("none"));
        Assert.False(Sample.HasPath("a.nothing"));
        Assert.True(Sample.HasPath("a.int"));
    }

    [Theory]
    [InlineData("a.text", "a.text: found \"some words\" (line 2, column 62), expected a whole number")]
    [InlineData("a.list", "a.list: found an array (line 4, column 10), expected a whole number")]
    [InlineData("a", "a: found an object (line 1, column 3), expected a whole number")]
    public void A_wrong_type_names_path_place_value_and_expected_type(string path, string expected)
    {
        var error = Assert.Throws<ConfigurationException>(() => Sample.GetInt(path));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_infinite_duration_can_be_refused() =>
        Assert.Contains("a.forever", Assert.Throws<ConfigurationException>(() => Sample.GetTimeSpan("a.forever", null, false)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_text_that_does_not_parse_names_line_and_column() =>
        Assert.Contains("line 2, column 5", Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString("a = 1\nb = }")).Message, StringComparison.Ordinal);
}
