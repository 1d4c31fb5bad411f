using System.CommandLine;
using Actors.Host.Commands.Options;

namespace Host.Tests.Commands;

/// <summary>Options that several verbs have.</summary>
public sealed class OptionTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("2s", 2000)]
    [InlineData("1 minute", 60_000)]
    [InlineData("250", 250)]
    public void A_duration_reads_as_in_HOCON(string text, int milliseconds)
    {
        var option = DurationOption.Create("--wait", "Waits.");

        var line = new RootCommand { option }.Parse(["--wait", text]);

        Assert.Empty(line.Errors);
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), line.GetValue(option));
    }

    [Theory]
    [InlineData("soon", "--wait is \"soon\": expected a duration")]
    [InlineData("0", "--wait is \"0\": expected more than zero")]
    [InlineData("-1s", "--wait is \"-1s\": expected more than zero")]
    [InlineData("100d", "--wait is \"100d\": expected more than zero and at most 2147483647 ms")]
    public void A_duration_that_is_none_says_what_was_expected(string text, string expected)
    {
        var line = new RootCommand { DurationOption.Create("--wait", "Waits.") }.Parse(["--wait", text]);

        Assert.StartsWith(expected, Assert.Single(line.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--count", "0", "--count is 0: expected 1 or more")]
    [InlineData("--rate", "-1", "--rate is -1: expected messages a second, more than 0")]
    public void A_count_and_a_rate_are_positive(string name, string value, string expected)
    {
        var line = new RootCommand { CommonOptions.Count("How many."), CommonOptions.Rate() }.Parse([name, value]);

        Assert.Equal(expected, Assert.Single(line.Errors).Message);
    }
}
