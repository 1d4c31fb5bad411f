namespace Actors.Host.Probe;

/// <summary>The states of a monitoring plugin; the numbers are its exit codes.</summary>
internal enum ProbeState
{
    Ok = 0,
    Warning = 1,
    Critical = 2,
    Unknown = 3,
}

/// <summary>The round trips from which a probe warns, and from which it is critical; null for never.</summary>
internal sealed record ProbeLimits(TimeSpan? Warning, TimeSpan? Critical)
{
    /// <summary>What a report means. A peer that does not answer, or does not let the probe in, is critical.</summary>
    public ProbeState StateOf(ProbeReport report)
    {
        if (!report.Ok) return ProbeState.Critical;
        if (report.RoundTripSeconds is not { } trip) return ProbeState.Ok;
        return trip >= Critical?.TotalSeconds ? ProbeState.Critical : trip >= Warning?.TotalSeconds ? ProbeState.Warning : ProbeState.Ok;
    }
}
