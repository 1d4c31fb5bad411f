using Actors.Transport;

namespace Actors;

/// <summary>When a request that got no reply is sent again.</summary>
/// <param name="Retries">How many tries follow the first one; 0 is none.</param>
public sealed record RetrySettings(int Retries)
{
    /// <summary>No try follows the first.</summary>
    public static RetrySettings None { get; } = new(0);

    /// <summary>The wait between the end of the first try and the second try; it doubles each time. Default 100 ms.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two tries. Default 5 s.</summary>
    public TimeSpan IntervalMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a try waits for the reply while others may follow; null is an equal share of the request's time.</summary>
    public TimeSpan? TryTimeout { get; init; }

    internal TimeSpan TryTimeoutWithin(TimeSpan deadline) => TryTimeout ?? deadline / (Retries + 1);

    /// <param name="tries">How many there were.</param>
    internal TimeSpan WaitAfter(int tries)
    {
        var wait = Interval * Math.Pow(2, Math.Min(tries - 1, 30));
        return wait < IntervalMax ? wait : IntervalMax;
    }

    internal void Validate(string role)
    {
        if (Retries < 0) throw new SocketSettingsException(role, "retries", $"is {Retries}: expected 0 or more");
        Span(role, "retry-interval", Interval, TimeSpan.FromMilliseconds(1));
        Span(role, "retry-interval-max", IntervalMax, Interval);
        if (TryTimeout is { } timeout) Span(role, "try-timeout", timeout, TimeSpan.FromMilliseconds(1));
    }

    private static void Span(string role, string option, TimeSpan value, TimeSpan least)
    {
        if (value < least || value.TotalMilliseconds > int.MaxValue)
            throw new SocketSettingsException(role, option, $"is {value.TotalMilliseconds} ms: expected from {least.TotalMilliseconds} to {int.MaxValue} ms");
    }
}
