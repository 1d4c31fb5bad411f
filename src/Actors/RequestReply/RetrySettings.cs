using Actors.Transport;

namespace Actors;

/// <summary>When a request that got no reply is sent again.</summary>
/// <param name="Retries">The tries that may follow the first one; 0 is none.</param>
public sealed record RetrySettings(int Retries)
{
    /// <summary>No try follows the first.</summary>
    public static RetrySettings None { get; } = new(0);

    /// <summary>The wait between the end of the first try and the second try; it doubles each time. Default 100 ms.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two tries. Default 5 s.</summary>
    public TimeSpan IntervalMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time that a try waits for the reply while others may follow. Null, the default, is an equal share of the request's time.</summary>
    public TimeSpan? TryTimeout { get; init; }

    internal TimeSpan TryTimeoutWithin(TimeSpan deadline) => TryTimeout ?? deadline / (Retries + 1);

    /// <param name="tries">How many there were.</param>
    internal TimeSpan WaitAfter(int tries) => Backoff.After(Interval, IntervalMax, tries);

    internal void Validate(SettingCheck check)
    {
        check.AtLeast("retries", Retries, 0);
        check.Span("retry-interval", Interval, TimeSpan.FromMilliseconds(1));
        check.Span("retry-interval-max", IntervalMax, Interval);
        if (TryTimeout is { } timeout) check.Span("try-timeout", timeout, TimeSpan.FromMilliseconds(1));
    }
}
