using Akka.Configuration;

namespace Akka.Routing;

/// <summary>
/// Grows a pool when all its routees are under pressure, and shrinks it when few are. The keys of the deployment
/// section's <c>resizer</c> bear the names of the properties, <c>lower-bound</c> for <see cref="LowerBound"/>.
/// </summary>
public class DefaultResizer : Resizer, IEquatable<DefaultResizer>
{
    public DefaultResizer(
        int lower,
        int upper,
        int pressureThreshold = 1,
        double rampupRate = 0.2,
        double backoffThreshold = 0.3,
        double backoffRate = 0.1,
        int messagesPerResize = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lower);
        ArgumentOutOfRangeException.ThrowIfNegative(upper);
        if (upper < lower)
        {
            throw new ArgumentException($"The upper bound of a resizer must be at least its lower bound: {upper} < {lower}.", nameof(upper));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(rampupRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(backoffThreshold, 1.0);
        ArgumentOutOfRangeException.ThrowIfNegative(backoffRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(messagesPerResize);

        LowerBound = lower;
        UpperBound = upper;
        PressureThreshold = pressureThreshold;
        RampupRate = rampupRate;
        BackoffThreshold = backoffThreshold;
        BackoffRate = backoffRate;
        MessagesPerResize = messagesPerResize;
    }

    /// <summary>The fewest routees the pool has.</summary>
    public int LowerBound { get; set; }

    /// <summary>The most routees the pool has.</summary>
    public int UpperBound { get; set; }

    /// <summary>
    /// When a routee counts as under pressure: 0, it is processing a message; 1, it is processing one and more wait;
    /// above 1, at least that many wait.
    /// </summary>
    public int PressureThreshold { get; }

    /// <summary>By what part of its size the pool grows when all routees are under pressure; 0.2 is 20 percent.</summary>
    public double RampupRate { get; }

    /// <summary>The part of busy routees below which the pool shrinks; 0 or less: it never shrinks.</summary>
    public double BackoffThreshold { get; }

    /// <summary>By what part of its size the pool shrinks.</summary>
    public double BackoffRate { get; }

    /// <summary>How many messages pass between two looks at the size.</summary>
    public int MessagesPerResize { get; }

    public static new DefaultResizer FromConfig(Config resizerConfig) => new(
        resizerConfig.GetInt("lower-bound"),
        resizerConfig.GetInt("upper-bound"),
        resizerConfig.GetInt("pressure-threshold"),
        resizerConfig.GetDouble("rampup-rate"),
        resizerConfig.GetDouble("backoff-threshold"),
        resizerConfig.GetDouble("backoff-rate"),
        resizerConfig.GetInt("messages-per-resize"));

    public override bool IsTimeForResize(long messageCounter) => messageCounter % MessagesPerResize == 0;

    public override int Resize(IEnumerable<Routee> currentRoutees)
    {
        var routees = currentRoutees as IReadOnlyCollection<Routee> ?? currentRoutees.ToArray();
        var capacity = Capacity(routees);
        var proposed = capacity + Filter(Pressure(routees), capacity);
        return Math.Clamp(proposed, LowerBound, UpperBound) - capacity;
    }

    public int Capacity(IEnumerable<Routee> currentRoutees) => currentRoutees.Count();

    /// <summary>How many routees are under pressure.</summary>
    public int Pressure(IEnumerable<Routee> currentRoutees) => currentRoutees.Count(IsUnderPressure);

    /// <summary>How many routees to add or remove, before the bounds apply.</summary>
    public int Filter(int pressure, int capacity) => Rampup(pressure, capacity) + Backoff(pressure, capacity);

    public int Rampup(int pressure, int capacity) =>
        pressure < capacity ? 0 : (int)Math.Ceiling(RampupRate * capacity);

    public int Backoff(int pressure, int capacity) =>
        BackoffThreshold > 0.0 && BackoffRate > 0.0 && capacity > 0 && (double)pressure / capacity < BackoffThreshold
            ? (int)Math.Floor(-1.0 * BackoffRate * capacity)
            : 0;

    public bool Equals(DefaultResizer? other) =>
        other is not null
        && LowerBound == other.LowerBound
        && UpperBound == other.UpperBound
        && PressureThreshold == other.PressureThreshold
        && RampupRate.Equals(other.RampupRate)
        && BackoffThreshold.Equals(other.BackoffThreshold)
        && BackoffRate.Equals(other.BackoffRate)
        && MessagesPerResize == other.MessagesPerResize;

    public override bool Equals(object? obj) => Equals(obj as DefaultResizer);

    public override int GetHashCode() =>
        HashCode.Combine(PressureThreshold, RampupRate, BackoffThreshold, BackoffRate, MessagesPerResize);

    private bool IsUnderPressure(Routee routee) => PressureThreshold switch
    {
        < 1 => RouteeLoad.IsProcessing(routee),
        1 => RouteeLoad.IsProcessing(routee) && RouteeLoad.NumberOfMessages(routee) > 0,
        _ => RouteeLoad.NumberOfMessages(routee) >= PressureThreshold,
    };
}
