using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Host.Tests.Telemetry;

/// <summary>Holds docs/telemetry.md, the dashboard and the alert rules against what the meters publish.</summary>
public sealed partial class DeployTests
{
    private const string Dashboard = "deploy/grafana/actors.json";
    private const string Rules = "deploy/prometheus/actors.rules.yml";

    [Fact]
    public void The_page_lists_every_instrument_with_its_unit_and_kind()
    {
        var listed = InstrumentRow().Matches(Text("docs/telemetry.md")).Select(row => (row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value));

        Assert.Equal(PublishedNames.Instruments().Order(), listed.Order());
    }

    [Theory]
    [InlineData(Dashboard)]
    [InlineData(Rules)]
    public async Task A_deployed_file_uses_only_names_that_the_exporter_writes(string file)
    {
        var written = await PublishedNames.OfPrometheus(PublishedNames.Instruments());
        var used = UsedName().Matches(Text(file)).Select(match => match.Value).Distinct().ToList();

        Assert.NotEmpty(used);
        Assert.True(used.TrueForAll(written.Contains), $"{file} uses {string.Join(", ", used.Except(written))}; the exporter writes {string.Join(", ", written.Order(StringComparer.Ordinal))}");
    }

    [Fact]
    public async Task The_dashboard_shows_every_instrument()
    {
        var written = await PublishedNames.OfPrometheus(PublishedNames.Instruments());
        var text = Text(Dashboard);
        var shown = written.Where(name => !name.EndsWith("_sum", StringComparison.Ordinal) && !name.EndsWith("_count", StringComparison.Ordinal)).ToList();

        Assert.All(shown, name => Assert.Contains($"{name}{{", text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_dashboard_is_json_whose_panels_have_queries()
    {
        var panels = JsonDocument.Parse(Text(Dashboard)).RootElement.GetProperty("panels").EnumerateArray().Where(panel => panel.GetProperty("type").GetString() != "row").ToList();

        Assert.NotEmpty(panels);
        Assert.All(panels, panel => Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray()));
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
    }

    [Fact]
    public void There_is_an_alert_for_each_thing_that_goes_wrong() => Assert.Equal(
        ["ActorsDeadLettered", "ActorsGrainsFenced", "ActorsGrainsRetries", "ActorsHandlerSlow", "ActorsJournalGrows", "ActorsJournalStands", "ActorsMessagesDropped", "ActorsMessagesWaitingGrow", "ActorsNoPeers", "ActorsReconnects"],
        AlertName().Matches(Text(Rules)).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [SkippableFact]
    public async Task Promtool_accepts_the_alert_rules()
    {
        var tool = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);
        Skip.If(tool is null, "promtool of Debian's package prometheus is not installed");
        using var check = Process.Start(new ProcessStartInfo(tool, ["check", "rules", Path.Combine(DocumentedCode.Repository, Rules)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (check.StandardOutput.ReadToEndAsync(), check.StandardError.ReadToEndAsync());
        await check.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.True(check.ExitCode == 0, $"{await output}{await errors}");
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(DocumentedCode.Repository, file));

    [GeneratedRegex(@"^\| `(actors\.[a-z._]+)` \| `([^`]+)` \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex InstrumentRow();

    [GeneratedRegex(@"actors_[a-z_]+[a-z]")]
    private static partial Regex UsedName();

    [GeneratedRegex(@"alert: (\w+)")]
    private static partial Regex AlertName();
}
