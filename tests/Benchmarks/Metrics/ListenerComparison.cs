using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Benchmarks.Wire;

namespace Benchmarks.Metrics;

/// <summary>
/// Measures the same two roles without and with a listener on every instrument, in turn, so that what else the machine does meets
/// both sides. The listener adds up what is recorded, and collects what is observed twice in each measurement, far more often than an
/// exporter. Or one that records each span of the roles, and lets it go.
/// </summary>
internal sealed class ListenerComparison(string row, string engine, int rounds, TimeSpan window, bool spans) : IDisposable
{
    /// <summary>A listener is to leave at least so much of the rate.</summary>
    private const double Mark = 0.95;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(50);

    private readonly ManualResetEventSlim _never = new();
    private double _sum;

    public void Dispose() => _never.Dispose();

    public void Print()
    {
        using var roles = new MeasuredRoles(row, engine);
        Let(s_warmUp);
        // Both sides are compiled before they are measured.
        Listened(roles);
        var (plain, listened, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            // A drift of the machine meets the first and the second of a round in turn.
            if (round % 2 == 0)
            {
                plain.Add(Rate(roles, null));
                listened.Add(Listened(roles));
            }
            else
            {
                listened.Add(Listened(roles));
                plain.Add(Rate(roles, null));
            }
            ratios.Add(listened[^1] / plain[^1]);
        }
        var ratio = Median.Of(ratios);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row} {engine} without {Median.Of(plain):F0} with a listener {Median.Of(listened):F0}; median of {rounds} ratios {ratio:F3}{(spans ? $", {_sum:F0} spans" : $" (mark {Mark}: {(ratio >= Mark ? "met" : "missed")})")}"));
    }

    private double Listened(MeasuredRoles roles)
    {
        if (spans) return Traced(roles);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Actors") listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Add(value));
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => Add(value));
        listener.Start();
        return Rate(roles, listener);
    }

    private double Traced(MeasuredRoles roles)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Actors",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ => Add(1),
        };
        ActivitySource.AddActivityListener(listener);
        return Rate(roles, null);
    }

    private double Rate(MeasuredRoles roles, MeterListener? listener)
    {
        Let(s_settling);
        var (began, before) = (Stopwatch.GetTimestamp(), roles.Arrived);
        Let(window / 2);
        listener?.RecordObservableInstruments();
        Let(window / 2);
        listener?.RecordObservableInstruments();
        return (roles.Arrived - before) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>The roles run by themselves meanwhile.</summary>
    private void Let(TimeSpan pass) => _never.Wait(pass);

    private void Add(double value)
    {
        double before;
        do before = Volatile.Read(ref _sum);
        while (Interlocked.CompareExchange(ref _sum, before + value, before) != before);
    }
}
