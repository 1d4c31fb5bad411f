using Akka.Configuration;

namespace Actors.Hosting.Configuration;

/// <summary>
/// What a program adds to the configuration files of this library: a section of its own, and the readers of patterns whose roles
/// stand above this library.
/// </summary>
internal abstract class ConfigurationPart
{
    /// <summary>The key of its section.</summary>
    public abstract Key Section { get; }

    /// <summary>The tables of its section's keys.</summary>
    public abstract IEnumerable<KeyTable> Tables { get; }

    /// <summary>The reader of a pattern that it brings; null for any other.</summary>
    public abstract RoleReader? ReaderOf(RolePattern pattern);

    /// <summary>The keys that it adds to the section <c>host</c>.</summary>
    public virtual IReadOnlyList<Key> HostKeys => [];

    /// <summary>Reads its keys of the section <c>host</c>; mistakes are noted.</summary>
    public virtual HostExtras? ReadHost(Section host) => null;

    /// <summary>Reads its section and checks what the roles need of it. Null when the file asks for nothing of it, or has mistakes, which are noted.</summary>
    public abstract PlanPart? Read(PartReading file);
}

/// <summary>What a part reads.</summary>
/// <param name="File">The whole file.</param>
/// <param name="Root">Its top, which notes mistakes.</param>
/// <param name="Roles">The roles of the file without mistakes, also those that are not started here.</param>
/// <param name="Journals">The full paths of the databases that roles write, each with the role.</param>
/// <param name="StopTimeout">How long stopping may take.</param>
internal sealed record PartReading(ConfigFile File, Section Root, IReadOnlyList<RolePlan> Roles, IReadOnlyDictionary<string, string> Journals, TimeSpan StopTimeout);

/// <summary>What a part makes of its keys of the section <c>host</c>.</summary>
internal abstract record HostExtras
{
    /// <summary>The endpoints that they bind, each with its key.</summary>
    public virtual IReadOnlyList<(string Key, string Endpoint)> Bound => [];
}

/// <summary>What a part makes of a file.</summary>
internal abstract record PlanPart
{
    /// <summary>The name of the actor system.</summary>
    public abstract string SystemName { get; }

    /// <summary>HOCON for the actor system; the file's own sections are over it. It may hold a password.</summary>
    public abstract string System { get; }

    /// <summary>The same for a system that is started to see whether it starts: it opens no port.</summary>
    public abstract string TrialSystem { get; }

    /// <summary>The default configuration of the modules of Akka that it brings, which tells the keys that they read.</summary>
    public abstract Config AkkaDefaults { get; }

    /// <summary>The endpoints that it binds, each with its key.</summary>
    public abstract IReadOnlyList<(string Key, string Endpoint)> Bound { get; }

    /// <summary>The mistake in its section that has kept the actor system, or the part, from starting; null when it was none of its.</summary>
    public abstract ConfigError? Blame(Exception cause, ConfigFile file);
}

/// <summary>A table of the reference of keys.</summary>
internal sealed record KeyTable(string Heading, string Text, IReadOnlyList<Key> Keys);
