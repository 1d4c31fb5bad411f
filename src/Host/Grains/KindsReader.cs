using Actors.Grains;
using Actors.Grains.Calls;
using Actors.Hocon;
using Actors.Hosting;
using Actors.Hosting.Configuration;

namespace Actors.Host.Grains;

/// <summary>Reads <c>grains.kinds</c>.</summary>
internal static class KindsReader
{
    /// <summary>Gives the builder the kinds with their settings. Mistakes are noted.</summary>
    /// <param name="grains">The section around it.</param>
    /// <param name="classes">The kinds of this host, each once.</param>
    /// <param name="builder">What is to host them.</param>
    public static void Read(Section grains, IEnumerable<GrainClass> classes, GrainsBuilder builder)
    {
        var section = grains.Below(GrainsKeys.Kinds.Name);
        var kinds = classes.ToDictionary(found => GrainRegistry.FindInterface(found.Interface)!.Kind);
        foreach (var name in section.Names.Where(name => !kinds.ContainsKey(name)))
        {
            section.Below(name).Allow(KindKeys.All, "a kind");
            // Where an assembly could not be read, its kinds are not known.
            if (!grains.HasFaults)
                section.Fault(ConfigPath.Format(name), kinds.Count == 0 ? "is no kind of this host, which has no grains: expected grains.assemblies" : $"is no kind of this host{Nearest.Hint(name, kinds.Keys)}; it has {string.Join(", ", kinds.Keys)}");
        }
        foreach (var (kind, found) in kinds)
        {
            var options = OptionsOf(section.Below(kind));
            builder.Add(found, given => (given.IdleTimeout, given.DeactivationTimeout, given.MaxWaiting, given.RecentCalls) = (options.IdleTimeout, options.DeactivationTimeout, options.MaxWaiting, options.RecentCalls));
        }
    }

    /// <summary>The settings of a section; the defaults in place of mistakes, which are noted.</summary>
    private static GrainKindOptions OptionsOf(Section section)
    {
        section.Allow(KindKeys.All, "a kind");
        var options = new GrainKindOptions
        {
            IdleTimeout = section.Get<TimeSpan>(KindKeys.IdleTimeout),
            DeactivationTimeout = section.Get<TimeSpan>(KindKeys.DeactivationTimeout),
            MaxWaiting = section.Get<int>(KindKeys.MaxWaiting),
            RecentCalls = section.Get<int>(KindKeys.RecentCalls),
        };
        if (!section.HasFaults)
            foreach (var (setting, fault) in options.Faults()) section.Fault(ConfigurationText.KeyOf(setting), fault);
        return section.HasFaults ? new GrainKindOptions() : options;
    }
}
