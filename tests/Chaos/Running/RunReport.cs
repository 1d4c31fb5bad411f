using System.Globalization;
using Chaos.Faults;
using Chaos.Processes;

namespace Chaos.Running;

/// <summary>The account of one run.</summary>
internal sealed record RunReport
{
    public required int Seed { get; init; }

    public required string Scenario { get; init; }

    /// <summary>In the order of their times.</summary>
    public required IReadOnlyList<Fault> Schedule { get; init; }

    public required int FaultsDone { get; init; }

    /// <summary>Messages taken by the head of the path.</summary>
    public required long Accepted { get; init; }

    public long Acknowledged { get; init; }

    public long Outstanding { get; init; }

    public long DeadLettered { get; init; }

    /// <summary>Different messages that arrived.</summary>
    public required long Delivered { get; init; }

    /// <summary>Arrivals of messages that had arrived.</summary>
    public required long Repeats { get; init; }

    /// <summary>Messages of which our side reported that it dropped them.</summary>
    public long Dropped { get; init; }

    /// <summary>The hosts that were stopped in order.</summary>
    public IReadOnlyList<OrderlyStop> Stops { get; init; } = [];

    /// <summary>What else the scenario counts.</summary>
    public string Notes { get; init; } = "";

    public required TimeSpan Took { get; init; }

    /// <summary>Accepted, and neither delivered nor given up with a report.</summary>
    public long Lost => Math.Max(0, Accepted - Delivered - DeadLettered);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed} {Scenario}: faults {FaultsDone}/{Schedule.Count}, accepted {Accepted} = acknowledged {Acknowledged} + outstanding {Outstanding} + dead-lettered {DeadLettered}; delivered {Delivered}, repeats {Repeats}, lost {Lost}, dropped {Dropped}{(Stops.Count == 0 ? "" : $", stopped in order {Stops.Count}, of which {Stops.Count(stop => stop.ExitCode != 0)} said that something was left")}{(Notes.Length == 0 ? "" : $", {Notes}")}, {Took.TotalMilliseconds:0} ms [{string.Join(", ", Schedule)}]");
}
