using System.Diagnostics.Metrics;

namespace Benchmarks.Metrics;

/// <summary>
/// Listens to every instrument of the meter <c>Actors</c>, adds up what is recorded and collects what is observed once a second, as
/// an exporter does that is scraped far more often than usual.
/// </summary>
internal static class CollectingListener
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private static MeterListener? s_listener;
    private static Timer? s_timer;
    private static double s_sum;

    /// <summary>Listens until the process ends.</summary>
    public static void Start()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Actors") listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Add(value));
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => Add(value));
        listener.Start();
        s_listener = listener;
        s_timer = new Timer(_ => s_listener.RecordObservableInstruments(), null, s_interval, s_interval);
    }

    private static void Add(double value)
    {
        double before;
        do before = Volatile.Read(ref s_sum);
        while (Interlocked.CompareExchange(ref s_sum, before + value, before) != before);
    }
}
