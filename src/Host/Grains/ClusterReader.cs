using Actors.Grains.Clustering;
using Actors.Hosting.Configuration;

namespace Actors.Host.Grains;

/// <summary>Reads <c>grains.cluster</c>.</summary>
internal static class ClusterReader
{
    private static readonly TimeSpan s_leastHandOver = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_mostHandOver = TimeSpan.FromSeconds(20);

    /// <summary>The settings; null when there are mistakes, which are noted.</summary>
    /// <param name="grains">The section around it; an absent one is a cluster of one.</param>
    /// <param name="stopTimeout">How long stopping may take, of which leaving is a part.</param>
    public static ClusterSettings? Read(Section grains, TimeSpan stopTimeout)
    {
        var section = grains.Below(GrainsKeys.Cluster.Name);
        section.Allow(ClusterKeys.All, "grains.cluster");
        var settings = new ClusterSettings
        {
            Name = section.Get<string>(ClusterKeys.Name),
            Nodes = section.Get<int>(ClusterKeys.Nodes),
            SeedNodes = section.Get<IReadOnlyList<string>>(ClusterKeys.SeedNodes),
            Hostname = section.Get<string>(ClusterKeys.Hostname),
            Port = section.Get<int>(ClusterKeys.Port),
            PublicHostname = Text(section, ClusterKeys.PublicHostname),
            PublicPort = section.Get<int>(ClusterKeys.PublicPort),
            Roles = section.Get<IReadOnlyList<string>>(ClusterKeys.Roles),
            Shards = section.Get<int>(ClusterKeys.Shards),
            HandOverTimeout = section.Optional<TimeSpan>(ClusterKeys.HandOverTimeout) ?? TimeSpan.FromTicks(Math.Clamp(stopTimeout.Ticks / 2, s_leastHandOver.Ticks, s_mostHandOver.Ticks)),
            Lease = Text(section, ClusterKeys.Lease),
            LeasePerShard = section.Get<bool>(ClusterKeys.LeasePerShard),
            AllowedTypes = section.Get<IReadOnlyList<string>>(ClusterKeys.AllowedTypes),
            Curve = Curve(section),
        };
        if (section.HasFaults) return null;
        foreach (var mistake in ClusterCheck.Faults(settings)) section.Fault(mistake.Key, mistake.Fault);
        if (section.HasFaults) return null;
        if (section.Has(ClusterKeys.HandOverTimeout) && settings.HandOverTimeout > stopTimeout)
            section.Warn(ClusterKeys.HandOverTimeout.Name, $"is longer than {Keys.Host.Name}.{Keys.StopTimeout.Name}, {stopTimeout.TotalSeconds} s, at whose end the process ends: expected less");
        return settings;
    }

    private static ClusterCurve? Curve(Section cluster)
    {
        if (!cluster.Has(ClusterKeys.Curve)) return null;
        var section = cluster.Below(ClusterKeys.Curve.Name);
        section.Allow(ClusterKeys.OfCurve, "grains.cluster.curve");
        var file = Text(section, ClusterKeys.SecretKeyFile);
        if (file is not null && !File.Exists(file)) section.Fault(ClusterKeys.SecretKeyFile.Name, $"\"{file}\" does not exist: expected the file of a secret key, relative to the working directory");
        return new ClusterCurve { SecretKey = Text(section, ClusterKeys.SecretKey), SecretKeyFile = file, AllowedNodes = section.Get<IReadOnlyList<string>>(ClusterKeys.AllowedNodes) };
    }

    private static string? Text(Section section, Key key) => section.Has(key) ? section.Get<string>(key) : null;
}
