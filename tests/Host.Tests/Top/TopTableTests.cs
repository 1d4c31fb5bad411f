using Actors.Host.Status;
using Actors.Host.Top;
using Spectre.Console;

namespace Host.Tests.Top;

public sealed class TopTableTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static HostStatus Host(int seconds, params RoleReport[] roles) =>
        new(1, s_start.AddSeconds(seconds), new HostReport("pipeline", 7, "/etc/pipeline.conf", "0.1.0", "zmtp", s_start, HostState.Running), roles);

    private static RoleReport Role(string name, long received = 0, long sent = 0, long waiting = 0, Dictionary<string, long>? dropped = null) =>
        new(name, "push", RoleState.Ready, [], [], received, sent, waiting, dropped ?? [], 0);

    private static string Drawn(TopSample sample, int width, int height)
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = width;
        console.Write(TopTable.Live(sample, TopOrder.Role, height));
        return text.ToString();
    }

    [Fact]
    public void Rates_are_what_was_counted_in_the_seconds_between()
    {
        var sample = TopSample.Between([Host(0, Role("a", 100, 10))], [Host(2, Role("a", 300, 15, 4, new() { ["unsent"] = 6 }))], s_start);

        var row = Assert.Single(sample.Rows);
        Assert.Equal((100, 2.5, 4, 3), (row.ReceivedPerSecond, row.SentPerSecond, row.Waiting, row.DroppedPerSecond));
    }

    [Fact]
    public void A_host_that_has_begun_anew_under_the_same_number_has_no_rates_yet()
    {
        var before = Host(0, Role("a", 100));
        var after = Host(2, Role("a", 900));

        var sample = TopSample.Between([before], [after with { Host = after.Host with { Started = s_start.AddSeconds(1) } }], s_start);

        Assert.Equal(0, Assert.Single(sample.Rows).ReceivedPerSecond);
    }

    [Fact]
    public void The_table_fits_80_columns_whatever_the_names_and_numbers_are()
    {
        var drops = new Dictionary<string, long> { ["queueFullNewest"] = 123_456, ["handlerTimeout"] = 7 };
        var name = new string('n', 60);
        var sample = TopSample.Between([Host(0, Role(name))], [Host(1, Role(name, 123_456_789, 9_999_999, 999_999_999, drops))], s_start);

        var drawn = Drawn(sample, 80, 40);

        Assert.All(drawn.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
        foreach (var part in new[] { "123M", "10M", "1.0G", "queueFullNewest", "handlerTimeout", "nnn…" }) Assert.Contains(part, drawn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50, "33 more roles;")]
    [InlineData(18, "1 more role;")]
    public void Roles_that_do_not_fit_the_height_are_counted(int count, string said)
    {
        var roles = Enumerable.Range(1, count).Select(number => Role($"role-{number}")).ToArray();

        var drawn = Drawn(TopSample.Between([], [Host(0, roles)], s_start), 80, 24);

        Assert.Contains(said, drawn, StringComparison.Ordinal);
        Assert.True(drawn.Split('\n').Length <= 24, drawn);
    }

    [Fact]
    public void What_drops_most_stands_first_when_sorted_by_drops()
    {
        var sample = TopSample.Between(
            [Host(0, Role("calm"), Role("lossy"))],
            [Host(1, Role("calm"), Role("lossy", dropped: new() { ["unsent"] = 1 }))],
            s_start);

        Assert.Equal("lossy", TopTable.Sorted(sample.Rows, TopOrder.Dropped).First().Role);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.4, "0.4")]
    [InlineData(7, "7")]
    [InlineData(999, "999")]
    [InlineData(1_234, "1.2k")]
    [InlineData(9_949, "9.9k")]
    [InlineData(35_000, "35k")]
    [InlineData(999_400, "999k")]
    [InlineData(1_000_000, "1.0M")]
    [InlineData(45_600_000, "46M")]
    [InlineData(2_000_000_000, "2.0G")]
    public void Numbers_have_four_digits_or_fewer(double value, string text) => Assert.Equal(text, TopTable.Short(value));
}
