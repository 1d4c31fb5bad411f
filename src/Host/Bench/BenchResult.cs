using System.Text.Json.Serialization;
using HdrHistogram;

namespace Actors.Host.Bench;

/// <summary>Times of one kind, in microseconds.</summary>
internal sealed record Percentiles(double P50, double P90, double P99, double P999, double Max, double Mean)
{
    /// <summary>Of nanoseconds; null where there are none.</summary>
    public static Percentiles? Of(LongHistogram times)
    {
        if (times.TotalCount == 0) return null;
        double At(double percentile) => times.GetValueAtPercentile(percentile) / 1000.0;
        return new Percentiles(At(50), At(90), At(99), At(99.9), At(100), times.GetMean() / 1000.0);
    }
}

/// <summary>A measurement.</summary>
/// <param name="Mode">What was measured: push, pull, pub, sub, req or rep.</param>
/// <param name="Size">Bytes of a message; of what is received, the mean.</param>
/// <param name="Messages">Messages, or requests that were answered.</param>
/// <param name="Seconds">From the first to the last.</param>
internal sealed record BenchResult(string Mode, int Size, long Messages, double Seconds)
{
    /// <summary>Messages a second; null for one message alone.</summary>
    public double? Rate => Seconds > 0 ? Messages / Seconds : null;

    /// <summary>Megabytes (10^6 bytes) of payload a second.</summary>
    public double? MegabytesPerSecond => Rate * Size / 1e6;

    /// <summary>The rate that was asked for.</summary>
    public double? WantedRate { get; init; }

    /// <summary>Round trips: with a wanted rate from the time at which a request was due, otherwise from when it was sent.</summary>
    public Percentiles? Latency { get; init; }

    /// <summary>With a wanted rate: round trips from when a request was sent.</summary>
    public Percentiles? FromSend { get; init; }

    /// <summary>With a wanted rate, of a sender: how long after its time a message was taken by the socket.</summary>
    public Percentiles? Lateness { get; init; }

    /// <summary>Requests without a reply, or messages that no peer has taken before the end.</summary>
    public long Lost { get; init; }

    /// <summary>Ended before the count or the duration that was asked for.</summary>
    public bool Interrupted { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BenchResult))]
internal sealed partial class BenchJson : JsonSerializerContext;

/// <summary>Histograms of nanoseconds up to an hour, with three digits.</summary>
internal static class Times
{
    private const long Hour = 3_600_000_000_000;

    public static LongHistogram Create() => new(Hour, 3);

    public static void Add(this LongHistogram times, TimeSpan time) => times.RecordValue(Math.Clamp(time.Ticks * 100, 1, Hour));
}
