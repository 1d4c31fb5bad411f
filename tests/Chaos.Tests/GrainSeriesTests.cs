using Actors.Shared;
using Chaos.Processes;
using Chaos.Running;
using Xunit.Abstractions;

namespace Chaos.Tests;

/// <summary>A few runs with grains. They are built for one engine only: nodes talk over Actors.Zmtp whatever their gateways have.</summary>
public sealed class GrainSeriesTests(ITestOutputHelper log)
{
    static GrainSeriesTests() => Programs.Engine = EngineUnderTest.Name;

    [SkippableTheory]
    [InlineData("grains-kill-oldest", 1)]
    [InlineData("grains-partition", 2)]
    public async Task Each_identified_call_ends_once_and_is_counted_once_under(string scenario, int seed)
    {
        Skip.IfNot(PostgresServer.Missing is null, PostgresServer.Missing);
        var output = new StringWriter();
        var series = new Series([Scenarios.All.Single(one => one.Name == scenario)], Directory.CreateTempSubdirectory("chaos").FullName, output);

        var well = await series.Run(seed, runs: 1, parallel: 1, CancellationToken.None);

        log.WriteLine(output.ToString());
        Assert.True(well, output.ToString());
        var report = Assert.Single(series.Reports);
        Assert.Equal(report.Schedule.Count, report.FaultsDone);
        Assert.Equal(report.Accepted, report.Delivered);
    }
}
