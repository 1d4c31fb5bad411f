namespace Actors.Grains;

/// <summary>The settings of one kind of grains.</summary>
public sealed class GrainKindOptions
{
    /// <summary>Time without a call after which an activation ends. Default 2 min.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Time that <see cref="Grain.OnDeactivate"/> may take. Default 10 s.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most calls that wait for one grain; further ones fail as <c>overloaded</c>. Default 10,000.</summary>
    public int MaxWaiting { get; set; } = 10_000;

    /// <summary>The number of results of calls by id that a grain keeps, and stores with its state. Default 32.</summary>
    public int RecentCalls { get; set; } = 32;

    internal void Validate(string kind)
    {
        Check(IdleTimeout > TimeSpan.Zero, nameof(IdleTimeout), IdleTimeout, "more than zero");
        Check(DeactivationTimeout > TimeSpan.Zero, nameof(DeactivationTimeout), DeactivationTimeout, "more than zero");
        Check(MaxWaiting >= 1, nameof(MaxWaiting), MaxWaiting, "1 or more");
        Check(RecentCalls is >= 1 and <= 10_000, nameof(RecentCalls), RecentCalls, "1 to 10,000");

        void Check(bool good, string setting, object value, string expected)
        {
            if (!good) throw new ArgumentException($"grains of kind \"{kind}\": {setting} is {value}: expected {expected}");
        }
    }
}
