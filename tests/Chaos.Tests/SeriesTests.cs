using Chaos.Processes;
using Chaos.Running;
using Xunit.Abstractions;

namespace Chaos.Tests;

/// <summary>A few runs of the program with fixed seeds; <c>dotnet run --project tests/Chaos</c> has all of them.</summary>
public sealed class SeriesTests(ITestOutputHelper log)
{
    private const int Messages = 1000;

    static SeriesTests() => Programs.Engine = EngineUnderTest.Name;

    [SkippableTheory]
    [InlineData("worker-kill", 1)]
    [InlineData("cut-downstream", 5)]
    [InlineData("everything", 8)]
    [InlineData("push-kill", 1)]
    [InlineData("source-python", 1)]
    [InlineData("sink-python", 2)]
    [InlineData("request-kill", 1)]
    public async Task Nothing_is_lost_and_nothing_comes_twice_under(string scenario, int seed)
    {
        var report = await RunOnce(scenario, seed);

        Assert.Equal(Messages, report.Delivered);
        Assert.Equal(0, report.Repeats);
    }

    [SkippableTheory]
    [InlineData("queue-everything", 1)]
    public async Task Each_request_ends_once_under(string scenario, int seed)
    {
        var report = await RunOnce(scenario, seed);

        Assert.Equal(Messages, report.Delivered + report.DeadLettered);
        Assert.Equal(0, report.Repeats);
    }

    [SkippableTheory]
    [InlineData("retained-wire", 1)]
    [InlineData("retained-last", 2)]
    [InlineData("retained-slow", 1)]
    public async Task Each_subscriber_is_told_every_message_or_the_gap_under(string scenario, int seed)
    {
        var report = await RunOnce(scenario, seed);

        Assert.Equal(report.Accepted, report.Delivered + report.DeadLettered);
        Assert.True(report.Delivered > 0, "no subscriber was told a message");
    }

    [SkippableTheory]
    [InlineData("worker-stop", 1)]
    [InlineData("push-stop", 2)]
    [InlineData("pull-stop", 2)]
    [InlineData("request-stop", 1)]
    [InlineData("queue-stop", 1)]
    [InlineData("retained-stop", 1)]
    public async Task Hosts_that_stop_in_order_lose_nothing_under(string scenario, int seed)
    {
        var report = await RunOnce(scenario, seed);

        Assert.Equal(0, report.Lost);
        Assert.NotEmpty(report.Stops);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Plain_hosts_that_stop_in_order_work_on_or_tell_what_they_accepted(int seed)
    {
        // With fewer messages the system's buffers would hold them all.
        var report = await RunOnce("plain-stop", seed, messages: 6000);

        Assert.True(report.Lost == 0 || report.Stops.Any(stop => stop.ExitCode == 1), report.ToString());
        Assert.NotEmpty(report.Stops);
    }

    private async Task<RunReport> RunOnce(string scenario, int seed, int messages = Messages)
    {
        if (scenario != "plain-stop") Skip.IfNot(Programs.PythonInstalled, "Debian's python3-zmq is not installed");
        var output = new StringWriter();
        var series = new Series([Scenarios.All.Single(one => one.Name == scenario)], Directory.CreateTempSubdirectory("chaos").FullName, output) { Messages = messages };

        var well = await series.Run(seed, runs: 1, parallel: 1, CancellationToken.None);

        log.WriteLine(output.ToString());
        Assert.True(well, output.ToString());
        var report = Assert.Single(series.Reports);
        // The plain hosts may have sent all before the first fault; they are stopped in order in any case, and their test asks for that.
        if (scenario != "plain-stop") Assert.True(report.FaultsDone > 0, "no fault was done");
        return report;
    }

    [Fact]
    public async Task A_violated_run_ends_the_series_and_says_how_to_repeat_it()
    {
        var output = new StringWriter();
        var series = new Series([new Violated()], Directory.CreateTempSubdirectory("chaos").FullName, output);

        Assert.False(await series.Run(7, runs: 100, parallel: 1, CancellationToken.None));

        Assert.Empty(series.Reports);
        Assert.Contains("seed 7 violated: VIOLATED: 3 messages are lost", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"--runs 1 --seed 7 --scenario violated --messages 2000 --engine {EngineUnderTest.Name}", output.ToString(), StringComparison.Ordinal);
    }

    private sealed class Violated : Scenario
    {
        public override string Name => "violated";

        public override string Description => "for this test";

        public override Task<RunReport> Run(RunContext run) => throw new ViolationException("3 messages are lost");
    }
}
