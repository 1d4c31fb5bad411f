using System.Text.Json.Serialization.Metadata;
using Actors.Grains.Calls;
using Actors.Grains.Clustering;
using Actors.Grains.Storage;

namespace Actors.Grains.Runtime;

/// <summary>A kind that a node hosts.</summary>
internal sealed record GrainKind(GrainInterface Interface, GrainClass Class, GrainKindOptions Options);

/// <summary>What a node's grains are made of, when the builder has ended.</summary>
internal sealed record GrainSettings
{
    public required IReadOnlyList<GrainKind> Kinds { get; init; }

    public required Func<IServiceProvider, IGrainStore> Store { get; init; }

    /// <summary>False for the store that grains have when nobody has named one.</summary>
    public required bool HasOwnStore { get; init; }

    public required IReadOnlyList<IJsonTypeInfoResolver> Resolvers { get; init; }

    public required IReadOnlyList<ICallFilter> CallerFilters { get; init; }

    public required IReadOnlyList<ICallFilter> GrainFilters { get; init; }

    public required TimeSpan CallTimeout { get; init; }

    public required TimeProvider Time { get; init; }

    public required ClusterSettings Cluster { get; init; }

    /// <summary>Whether a kind of this node takes reminders.</summary>
    public bool HasReminders => Kinds.Any(kind => typeof(IRemindable).IsAssignableFrom(kind.Class.Type));
}
