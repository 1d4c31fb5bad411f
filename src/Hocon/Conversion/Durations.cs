namespace Actors.Hocon.Conversion;

/// <summary>Durations: a number with a unit, milliseconds where it has none.</summary>
internal static class Durations
{
    public const string Expected = "a duration: a number with a unit ns, us, ms, s, m, h or d (or its long form), milliseconds without one";

    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        if (!Units.TrySplit(text, out var number, out var unit) || TicksIn(unit) is not { } ticks || Math.Abs(number) > TimeSpan.MaxValue.Ticks / ticks)
        {
            return false;
        }

        value = TimeSpan.FromTicks((long)(number * ticks));
        return true;
    }

    private static decimal? TicksIn(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.01m,
        "us" or "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
        "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
        "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
        "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
        "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
        "d" or "day" or "days" => TimeSpan.TicksPerDay,
        _ => null,
    };
}
