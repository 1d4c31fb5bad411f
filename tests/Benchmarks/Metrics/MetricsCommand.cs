using System.CommandLine;
using Benchmarks.Roles;
using Benchmarks.Wire;

namespace Benchmarks.Metrics;

/// <summary>The verb "metrics": what a listener on the meter <c>Actors</c> costs the roles.</summary>
internal static class MetricsCommand
{
    public static Command Create()
    {
        var engine = new Option<string>("--engine") { Description = $"The engine: {string.Join(", ", MeasuredEngine.All.Select(each => each.Name))}", DefaultValueFactory = _ => "zmtp" };
        var before = new Option<string?>("--before") { Description = "The Benchmarks.dll of an earlier build, which is measured in the same rounds." };
        var command = CompareCommand.Create(
            "metrics",
            "Compares our roles with and without a listener on the meter Actors, in alternating rounds; the mark is 0.95.",
            WireRow.OfRoles,
            parsed => new MetricsComparison(parsed.GetValue(engine)!, parsed.GetValue(before)).Print);
        command.Options.Add(engine);
        command.Options.Add(before);
        return command;
    }
}
