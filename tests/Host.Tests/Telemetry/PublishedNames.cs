using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Actors.Shared;
using Actors;
using Actors.Grains;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Host.Tests.Telemetry;

/// <summary>What the meters <c>Actors</c> and <c>Actors.Grains</c> publish, and how the Prometheus exporter writes it.</summary>
internal static partial class PublishedNames
{
    /// <summary>Every instrument of both meters: its name, its unit and its kind without the type of its values.</summary>
    public static IReadOnlyList<(string Name, string Unit, string Kind)> Instruments()
    {
        // The meters come with the classes that hold them.
        foreach (var type in new[] { typeof(RoleSettings).Assembly.GetType("Actors.RoleMeter", throwOnError: true)!, typeof(IGrains).Assembly.GetType("Actors.Grains.Runtime.GrainTelemetry", throwOnError: true)! })
            System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        var found = new List<(string, string, string)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name is "Actors" or "Actors.Grains") found.Add((instrument.Name, instrument.Unit!, instrument.GetType().Name.Split('`')[0]));
            },
        };
        listener.Start();
        return found;
    }

    /// <summary>
    /// The names of the series that the Prometheus exporter makes of these instruments: each is made again in a meter of the
    /// test, measured once and scraped.
    /// </summary>
    public static async Task<IReadOnlySet<string>> OfPrometheus(IEnumerable<(string Name, string Unit, string Kind)> instruments)
    {
        using var meter = new Meter($"test-{Guid.NewGuid():N}");
        var port = FreePort.Next();
        using var exporter = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddPrometheusHttpListener(options => (options.Host, options.Port) = ("127.0.0.1", port)).Build();
        foreach (var (name, unit, kind) in instruments) Measure(meter, name, unit, kind);
        using var client = new HttpClient();
        var page = await client.GetStringAsync($"http://127.0.0.1:{port}/metrics").WaitAsync(TimeSpan.FromSeconds(60));
        return SeriesName().Matches(page).Select(match => match.Groups[1].Value).ToHashSet();
    }

    private static void Measure(Meter meter, string name, string unit, string kind)
    {
        switch (kind)
        {
            case "Counter": meter.CreateCounter<long>(name, unit).Add(1); break;
            case "Histogram": meter.CreateHistogram<double>(name, unit).Record(1); break;
            case "ObservableCounter": meter.CreateObservableCounter(name, () => 1L, unit); break;
            case "ObservableUpDownCounter": meter.CreateObservableUpDownCounter(name, () => 1L, unit); break;
            case "ObservableGauge": meter.CreateObservableGauge(name, () => 1L, unit); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, $"{name} is of a kind that this test does not know");
        }
    }

    [GeneratedRegex(@"^(actors_\w+)[{ ]", RegexOptions.Multiline)]
    private static partial Regex SeriesName();
}
