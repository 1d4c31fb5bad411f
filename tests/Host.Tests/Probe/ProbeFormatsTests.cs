using System.Text.Json;
using Actors.Host.Probe;
using Host.Tests.Running;

namespace Host.Tests.Probe;

public sealed class ProbeFormatsTests
{
    private static readonly ProbeReport s_answers = new()
    {
        Endpoint = "tcp://h:1",
        Outcome = ProbeOutcome.Answers,
        Sentence = "tcp://h:1 is a PULL socket | so to say.",
        Zmtp = "3.1",
        Mechanism = "NULL",
        SocketType = "PULL",
        Identity = "a \"b\"\n",
        RoundTripSeconds = 0.0015,
        RoundTripBy = RoundTripKind.Ping,
        ConnectSeconds = 0.001,
    };

    private static readonly ProbeReport s_refused = new() { Endpoint = "tcp://h:1", Outcome = ProbeOutcome.Refused, Sentence = "tcp://h:1 cannot be reached." };

    [Theory]
    [InlineData(null, null, 0)]
    [InlineData(2.0, 3.0, 0)]
    [InlineData(1.5, 3.0, 1)]
    [InlineData(1.0, 1.2, 2)]
    public void The_state_follows_the_round_trip(double? warning, double? critical, int state)
    {
        var limits = new ProbeLimits(warning is { } w ? TimeSpan.FromMilliseconds(w) : null, critical is { } c ? TimeSpan.FromMilliseconds(c) : null);
        Assert.Equal((ProbeState)state, limits.StateOf(s_answers));
        Assert.Equal(ProbeState.Critical, limits.StateOf(s_refused));
    }

    [Fact]
    public void A_plugins_line_has_one_bar_and_performance_data()
    {
        var limits = new ProbeLimits(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(100));
        Assert.Equal("ZMTP WARNING - tcp://h:1 is a PULL socket / so to say. | rtt=0.001500s;0.001;0.1;0 connect=0.001000s;;;0", ProbeFormats.Nagios(s_answers, limits));
        Assert.Equal("ZMTP CRITICAL - tcp://h:1 cannot be reached.", ProbeFormats.Nagios(s_refused, limits));
    }

    [Theory]
    [InlineData("probe", "--format", "nagios")]
    [InlineData("probe", "--format=nagios")]
    [InlineData("probe", "--format:nagios", "tcp://127.0.0.1:1", "--no-such-option")]
    [InlineData("probe", "tcp://127.0.0.1:1", "--format", "nagios", "--warn", "soon")]
    [InlineData("probe", "tcp://127.0.0.1:1", "--type", "pusher", "--format", "nagios")]
    [InlineData("probe", "tcp://127.0.0.1:1", "--format", "nagios", "--output")]
    [InlineData("probe", "tcp://127.0.0.1:1", "--format", "nagios", "--format", "text")]
    [InlineData("probe", "tcp://127.0.0.1", "--format", "nagios")]
    [InlineData("probe", "no-such-context", "--format", "nagios")]
    public async Task A_plugin_with_a_mistake_on_its_command_line_is_unknown(params string[] arguments)
    {
        var run = await HostCommand.RunUntilEnd(arguments);

        Assert.Equal(3, run.Code);
        Assert.Matches(@"^ZMTP UNKNOWN - \S[^\n]*\n$", run.Output.ReplaceLineEndings("\n"));
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("probe", "--format", "json")]
    [InlineData("probe", "nagios", "--no-such-option")]
    public async Task A_probe_in_another_form_has_the_exit_code_of_a_mistake(params string[] arguments)
    {
        var run = await HostCommand.RunUntilEnd(arguments);

        Assert.Equal((2, ""), (run.Code, run.Output));
    }

    [Fact]
    public void Metrics_are_in_the_text_format_with_labels_escaped()
    {
        var text = ProbeFormats.Prometheus(s_answers);
        Assert.Contains("\nzmtp_probe_success{endpoint=\"tcp://h:1\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("identity=\"a \\\"b\\\"\\n\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nzmtp_probe_round_trip_seconds{endpoint=\"tcp://h:1\",by=\"ping\"} 0.0015\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^(# (HELP|TYPE) zmtp_probe_|zmtp_probe_)", line));
        Assert.Contains("outcome=\"refused\"", ProbeFormats.Prometheus(s_refused), StringComparison.Ordinal);
    }

    [Fact]
    public void The_JSON_has_words_and_leaves_out_what_is_not_known()
    {
        using var json = JsonDocument.Parse(ProbeFormats.Json(s_refused));
        Assert.Equal(["endpoint", "outcome", "sentence", "ok"], json.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("refused", json.RootElement.GetProperty("outcome").GetString());
    }
}
