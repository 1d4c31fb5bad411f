namespace Actors.Host.Probe;

/// <summary>Ends a probe with what it has found.</summary>
internal class ProbeFailure(ProbeOutcome outcome, string text) : Exception(text)
{
    public ProbeOutcome Outcome => outcome;
}

/// <summary>Something answers that is not ZMTP.</summary>
internal sealed class NotZmtpFailure(string? looksLike, string text) : ProbeFailure(ProbeOutcome.NotZmtp, text)
{
    /// <summary>What it looks like; null for nothing known.</summary>
    public string? LooksLike => looksLike;
}
