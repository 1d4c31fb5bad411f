using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Actors.Tests.Telemetry;

/// <summary>Listens to the meter <c>Actors</c>, as an exporter does, for the roles of one test.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Reading> _readings = new();

    public Measured()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Actors") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>What the observed instruments say of a role now: by the instrument's name, and where there is a reason, by both.</summary>
    public IReadOnlyDictionary<string, double> Of(string role)
    {
        _readings.Clear();
        _listener.RecordObservableInstruments();
        return _readings.Where(one => one.Tags["role"] == role).ToDictionary(one => one.Tags.TryGetValue("reason", out var reason) ? $"{one.Instrument} {reason}" : one.Instrument, one => one.Value);
    }

    /// <summary>What was recorded of the role's handler since the last look at the observed instruments.</summary>
    public IReadOnlyList<Reading> Durations(string role) => [.. _readings.Where(one => one.Instrument == "actors.handler.duration" && one.Tags["role"] == role)];

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _readings.Enqueue(new Reading(instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => (string)tag.Value!)));

    public sealed record Reading(string Instrument, double Value, IReadOnlyDictionary<string, string> Tags);
}
