namespace Actors.Grains;

/// <summary>The settings of one kind of grains.</summary>
public sealed class GrainKindOptions
{
    /// <summary>Time without a call after which an activation ends, within a second. Default 2 min.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Time that <see cref="Grain.OnDeactivate"/> may take. Default 10 s.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most calls that wait for one grain; further ones fail as <c>overloaded</c>. Default 10,000.</summary>
    public int MaxWaiting { get; set; } = 10_000;

    /// <summary>
    /// The number of results of calls by id that a grain keeps for repeats, and stores with its state: 1 to 10,000. Default 128; a grain
    /// that many call needs as many as it ends while a caller waits to try again.
    /// </summary>
    public int RecentCalls { get; set; } = 128;

    internal void Validate(string kind)
    {
        foreach (var (setting, fault) in Faults()) throw new ArgumentException($"grains of kind \"{kind}\": {setting} {fault}");
    }

    /// <summary>The settings that are out of range, each with its value and what is expected.</summary>
    internal IEnumerable<(string Setting, string Fault)> Faults()
    {
        if (IdleTimeout <= TimeSpan.Zero) yield return (nameof(IdleTimeout), $"is {IdleTimeout}: expected more than zero");
        if (DeactivationTimeout <= TimeSpan.Zero) yield return (nameof(DeactivationTimeout), $"is {DeactivationTimeout}: expected more than zero");
        if (MaxWaiting < 1) yield return (nameof(MaxWaiting), $"is {MaxWaiting}: expected 1 or more");
        if (RecentCalls is < 1 or > 10_000) yield return (nameof(RecentCalls), $"is {RecentCalls}: expected 1 to 10,000");
    }
}
