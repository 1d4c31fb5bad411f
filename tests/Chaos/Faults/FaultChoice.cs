namespace Chaos.Faults;

/// <summary>A kind of fault that a scenario may do to a target.</summary>
internal sealed record FaultChoice(FaultKind Kind, string Target)
{
    /// <summary>All that may be done to a link.</summary>
    public static IReadOnlyList<FaultKind> OfWire { get; } = [FaultKind.Cut, FaultKind.Reset, FaultKind.Refuse, FaultKind.Stall, FaultKind.Delay, FaultKind.Throttle, FaultKind.Split];

    /// <summary>All ways to stop a host of ours in order.</summary>
    public static IReadOnlyList<FaultKind> OfOrderlyStop { get; } = [FaultKind.Terminate, FaultKind.HangUp, FaultKind.TerminateTwice];

    /// <summary>Every combination of the kinds and the targets.</summary>
    public static IEnumerable<FaultChoice> Of(IEnumerable<FaultKind> kinds, params string[] targets) => kinds.SelectMany(kind => targets.Select(target => new FaultChoice(kind, target)));

    /// <summary>A schedule of random faults among the choices, between the first and the last tenth of the messages.</summary>
    /// <param name="random">The run's.</param>
    /// <param name="choices">What may be done.</param>
    /// <param name="count">How many faults.</param>
    /// <param name="messages">How many messages the run has.</param>
    /// <param name="together">Whether all come after the same message.</param>
    public static IReadOnlyList<Fault> Schedule(Random random, IReadOnlyList<FaultChoice> choices, int count, int messages, bool together = false)
    {
        int When() => random.Next(messages / 10, messages - messages / 10);
        var same = When();
        return [.. Enumerable.Range(0, count)
            .Select(_ => choices[random.Next(choices.Count)])
            .Select(choice => new Fault(together ? same : When(), choice.Kind, choice.Target, TimeSpan.FromMilliseconds(random.Next(1, 250))))
            .OrderBy(fault => fault.After)];
    }
}
