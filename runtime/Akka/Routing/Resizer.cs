using Akka.Configuration;

namespace Akka.Routing;

/// <summary>Decides how many routees a pool has.</summary>
public abstract class Resizer
{
    /// <summary>Whether the size is to be looked at before the message of that number, counted from 0.</summary>
    public abstract bool IsTimeForResize(long messageCounter);

    /// <returns>How many routees to add (positive) or remove (negative); 0 leaves the pool as it is.</returns>
    public abstract int Resize(IEnumerable<Routee> currentRoutees);

    /// <summary>The resizer of a deployment section, or null if its <c>resizer.enabled</c> is not on.</summary>
    public static Resizer FromConfig(Config parentConfig)
    {
        var config = parentConfig.GetConfig("resizer");
        return config is not null && config.GetBoolean("enabled", false) ? DefaultResizer.FromConfig(config) : null!;
    }
}
