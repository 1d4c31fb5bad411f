namespace Actors.Grains.Clustering;

/// <summary>A setting of a cluster that cannot work.</summary>
public sealed class ClusterSettingsException : Exception
{
    /// <summary>Names the key, its value, and what was expected.</summary>
    public ClusterSettingsException(string key, string fault)
        : base($"grains.cluster.{key} {fault}")
    {
        Key = key;
        Fault = fault;
    }

    /// <summary>The key below <c>grains.cluster</c>.</summary>
    public string Key { get; }

    /// <summary>The value, and what was expected instead.</summary>
    public string Fault { get; }
}
