namespace Akka.TestKit.Internal;

public static class TimeSpanExtensions
{
    public static bool IsInfinite(this TimeSpan timeSpan) => timeSpan < TimeSpan.Zero;

    public static bool IsInfinite(this TimeSpan? timeSpan) => timeSpan is { } value && value.IsInfinite();

    public static bool IsInfiniteTimeout(this TimeSpan timeSpan) => timeSpan == Timeout.InfiniteTimeSpan;

    public static bool IsInfiniteTimeout(this TimeSpan? timeSpan) => timeSpan is { } value && value.IsInfiniteTimeout();

    public static bool IsPositiveFinite(this TimeSpan timeSpan) => timeSpan > TimeSpan.Zero;

    public static bool IsPositiveFinite(this TimeSpan? timeSpan) => timeSpan is { } value && value.IsPositiveFinite();

    public static bool IsUndefined(this TimeSpan? timeSpan) => !timeSpan.HasValue;

    public static bool IsZero(this TimeSpan timeSpan) => timeSpan == TimeSpan.Zero;

    public static bool IsZero(this TimeSpan? timeSpan) => timeSpan is { } value && value.IsZero();

    public static void EnsureIsPositiveFinite(this TimeSpan timeSpan, string parameterName)
    {
        if (!timeSpan.IsPositiveFinite())
        {
            throw new ArgumentException($"The timespan must be greater than zero and finite, but is {timeSpan}.", parameterName);
        }
    }

    internal static void EnsureIsPositiveFiniteOrZero(this TimeSpan timeSpan, string parameterName)
    {
        if (timeSpan < TimeSpan.Zero)
        {
            throw new ArgumentException($"The timespan must be zero or greater and finite, but is {timeSpan}.", parameterName);
        }
    }

    /// <summary>The shorter of the two; an undefined or infinite <paramref name="b"/> does not count.</summary>
    public static TimeSpan Min(this TimeSpan a, TimeSpan? b) =>
        b is not { } other || other.IsInfinite() ? a
        : a.IsInfinite() || other < a ? other
        : a;
}
