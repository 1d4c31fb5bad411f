using System.Collections.Immutable;
using Akka.Configuration;

namespace Akka.Actor;

/// <summary>A phase of the coordinated shutdown, as the configuration describes it.</summary>
internal sealed record ShutdownPhase(string Name, ImmutableArray<string> DependsOn, TimeSpan Timeout, bool Recover, bool Enabled)
{
    public static ImmutableDictionary<string, ShutdownPhase> FromConfig(Config config)
    {
        var defaultTimeout = config.GetTimeSpan("default-phase-timeout", TimeSpan.FromSeconds(5), false);
        var phases = ImmutableDictionary.CreateBuilder<string, ShutdownPhase>(StringComparer.Ordinal);
        var section = config.GetConfig("phases") ?? ConfigurationFactory.Empty;
        foreach (var (key, _) in section.AsEnumerable())
        {
            var name = key.Trim('"');
            var phase = section.GetConfig($"\"{name}\"") ?? ConfigurationFactory.Empty;
            phases.Add(name, new ShutdownPhase(
                name,
                [.. phase.GetStringList("depends-on", [])],
                phase.GetTimeSpan("timeout", defaultTimeout, false),
                phase.GetBoolean("recover", true),
                phase.GetBoolean("enabled", true)));
        }

        return phases.ToImmutable();
    }

    /// <summary>The phases so that each comes after those it depends on.</summary>
    /// <exception cref="ArgumentException">Phases depend on each other in a circle.</exception>
    public static IReadOnlyList<string> InOrder(ImmutableDictionary<string, ShutdownPhase> phases)
    {
        var order = new List<string>();
        var visited = new HashSet<string>();
        var path = new HashSet<string>();
        foreach (var name in phases.Keys.Order(StringComparer.Ordinal))
            Visit(name);
        return order;

        void Visit(string name)
        {
            if (!path.Add(name))
                throw new ArgumentException($"Cycle detected in the phases of akka.coordinated-shutdown: phase [{name}] depends transitively on itself");
            if (visited.Add(name))
            {
                if (phases.TryGetValue(name, out var phase))
                {
                    foreach (var before in phase.DependsOn)
                        Visit(before);
                }

                order.Add(name);
            }

            path.Remove(name);
        }
    }
}
