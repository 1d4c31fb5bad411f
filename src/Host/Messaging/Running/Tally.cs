using System.Globalization;
using System.Text.Json.Serialization;
using Actors.Host.Commands;

namespace Actors.Host.Messaging.Running;

/// <summary>Counts the messages of a run, and says at its end how many there were. One thread counts; any may read.</summary>
/// <param name="verb">For example <c>send</c>.</param>
/// <param name="done">The verb in the past: <c>sent</c>.</param>
/// <param name="time">The clock.</param>
internal sealed class Tally(string verb, string done, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _messages;
    private long _bytes;
    private TimeSpan _least = TimeSpan.MaxValue;
    private TimeSpan _most;
    private TimeSpan _sum;
    private long _trips;

    public long Messages => Volatile.Read(ref _messages);

    /// <summary>Counts a message with the bytes of its frames.</summary>
    public void Add(IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        for (var i = 0; i < frames.Count; i++) _bytes += frames[i].Length;
        Volatile.Write(ref _messages, _messages + 1);
    }

    /// <summary>Counts the time from a request to its reply.</summary>
    public void AddRoundTrip(TimeSpan trip)
    {
        if (trip < _least) _least = trip;
        if (trip > _most) _most = trip;
        _sum += trip;
        _trips++;
    }

    /// <summary>The numbers so far.</summary>
    /// <param name="lost">Messages that were taken and not delivered.</param>
    public RunSummary Summary(long lost = 0)
    {
        var seconds = time.GetElapsedTime(_start).TotalSeconds;
        var trips = _trips == 0 ? null : new RoundTrips(_least.TotalMilliseconds, _sum.TotalMilliseconds / _trips, _most.TotalMilliseconds);
        return new RunSummary(verb, _messages, _bytes, Math.Round(seconds, 6), seconds > 0 ? Math.Round(_messages / seconds, 1) : 0, lost, trips);
    }

    /// <summary>A line for people.</summary>
    public string Text(RunSummary summary)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{done} {summary.Messages:N0} {(summary.Messages == 1 ? "message" : "messages")}, {Bytes(summary.Bytes)} in {Commands.Options.DurationOption.Text(TimeSpan.FromSeconds(summary.Seconds))}");
        if (summary.Messages > 1) line += string.Create(CultureInfo.InvariantCulture, $", {summary.Rate:N0} messages/s");
        if (summary.RoundTripMilliseconds is { } trips) line += string.Create(CultureInfo.InvariantCulture, $", round trip {(summary.Messages > 1 ? $"{trips.Least:0.###}/{trips.Mean:0.###}/{trips.Most:0.###} ms (least/mean/most)" : $"{trips.Mean:0.###} ms")}");
        return line;
    }

    /// <summary>Writes the summary: JSON on standard output where nothing else is there, otherwise a line on standard error.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="isAlone">Whether standard output has no messages.</param>
    /// <param name="isQuiet">Whether people want no line.</param>
    /// <param name="lost">Messages that were taken and not delivered.</param>
    public void Write(ToolOutput output, bool isAlone, bool isQuiet, long lost = 0)
    {
        var summary = Summary(lost);
        if (output.IsJson && isAlone) output.WriteJson(summary, SummaryJson.Default.RunSummary);
        else if (isQuiet) return;
        else if (output.IsJson) output.Errors.WriteLine(System.Text.Json.JsonSerializer.Serialize(summary, SummaryJson.Default.RunSummary));
        else output.Errors.WriteLine(Text(summary));
    }

    private static string Bytes(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.##} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.##} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };
}

/// <summary>What a run did, as <c>--output json</c> prints it.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Messages">Messages sent or received.</param>
/// <param name="Bytes">Bytes of their frames.</param>
/// <param name="Seconds">From the start to the end.</param>
/// <param name="Rate">Messages a second.</param>
/// <param name="Lost">Messages that were taken and not delivered.</param>
/// <param name="RoundTripMilliseconds">Of requests.</param>
internal sealed record RunSummary(string Verb, long Messages, long Bytes, double Seconds, double Rate, long Lost, RoundTrips? RoundTripMilliseconds);

/// <summary>Times from requests to their replies, in milliseconds.</summary>
internal sealed record RoundTrips(double Least, double Mean, double Most);

/// <summary>The summaries in JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunSummary))]
internal sealed partial class SummaryJson : JsonSerializerContext;
