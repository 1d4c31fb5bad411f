using System.Text.Json.Serialization;
using Actors.Host.Status;

namespace Actors.Host.Http.Events;

/// <summary>What has changed from one <see cref="HostStatus"/> to the next. What is absent is as it was.</summary>
/// <param name="At">When the newer one was collected.</param>
internal sealed record StatusChange(DateTimeOffset At)
{
    public HostReport? Host { get; init; }

    /// <summary>The roles of which something has changed.</summary>
    public IReadOnlyList<RoleChange>? Roles { get; init; }

    public GrainsReport? Grains { get; init; }

    /// <summary>Null where the two do not have the same roles in the same order, or one has grains and the other none: then a change does not say it.</summary>
    public static StatusChange? Between(HostStatus before, HostStatus now)
    {
        if (before.Roles.Count != now.Roles.Count || before.Grains is null != now.Grains is null) return null;
        var roles = new List<RoleChange>();
        for (var index = 0; index < now.Roles.Count; index++)
        {
            if (before.Roles[index].Name != now.Roles[index].Name || before.Roles[index].Pattern != now.Roles[index].Pattern) return null;
            if (RoleChange.Between(before.Roles[index], now.Roles[index]) is { } change) roles.Add(change);
        }
        return new StatusChange(now.At)
        {
            Host = before.Host == now.Host ? null : now.Host,
            Roles = roles.Count == 0 ? null : roles,
            Grains = now.Grains is null || IsSame(before.Grains!, now.Grains) ? null : now.Grains,
        };
    }

    private static bool IsSame(GrainsReport before, GrainsReport now) =>
        before.Address == now.Address && before.Nodes.SequenceEqual(now.Nodes) && before.Kinds.Count == now.Kinds.Count
        && before.Kinds.Zip(now.Kinds).All(pair => pair.First.Kind == pair.Second.Kind && pair.First.Activations == pair.Second.Activations && RoleChange.IsSame(pair.First.Shards, pair.Second.Shards));
}

/// <summary>What has changed of a role. What is absent is as it was.</summary>
/// <param name="Name">The role.</param>
internal sealed record RoleChange(string Name)
{
    /// <summary>Of a changed state or failure, both are here; then an absent failure is none.</summary>
    public RoleState? State { get; init; }

    public string? Failure { get; init; }

    public IReadOnlyList<EndpointReport>? Endpoints { get; init; }

    public IReadOnlyList<PeerReport>? Peers { get; init; }

    public long? Received { get; init; }

    public long? Sent { get; init; }

    public long? Waiting { get; init; }

    public IReadOnlyDictionary<string, long>? Dropped { get; init; }

    public long? Reconnects { get; init; }

    /// <summary>Null when nothing has changed.</summary>
    public static RoleChange? Between(RoleReport before, RoleReport now)
    {
        var isOther = before.State != now.State || before.Failure != now.Failure;
        var change = new RoleChange(now.Name)
        {
            State = isOther ? now.State : null,
            Failure = isOther ? now.Failure : null,
            Endpoints = before.Endpoints.SequenceEqual(now.Endpoints) ? null : now.Endpoints,
            Peers = before.Peers.SequenceEqual(now.Peers) ? null : now.Peers,
            Received = Changed(before.Received, now.Received),
            Sent = Changed(before.Sent, now.Sent),
            Waiting = Changed(before.Waiting, now.Waiting),
            Dropped = IsSame(before.Dropped, now.Dropped) ? null : now.Dropped,
            Reconnects = Changed(before.Reconnects, now.Reconnects),
        };
        return change == new RoleChange(now.Name) ? null : change;
    }

    internal static bool IsSame<T>(IReadOnlyDictionary<string, T> before, IReadOnlyDictionary<string, T> now)
        where T : IEquatable<T> => before.Count == now.Count && now.All(pair => before.TryGetValue(pair.Key, out var value) && value.Equals(pair.Value));

    private static long? Changed(long before, long now) => before == now ? null : now;
}

/// <summary>What a client was not sent, because it reads too slowly.</summary>
/// <param name="Updates">Changes of the status; the whole status follows.</param>
/// <param name="LogLines">Lines of the log.</param>
internal sealed record Missed(long Updates, long LogLines);

/// <summary>The JSON of events: as that of <see cref="HostStatus"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCase<HostState>), typeof(CamelCase<RoleState>)])]
[JsonSerializable(typeof(HostStatus))]
[JsonSerializable(typeof(StatusChange))]
[JsonSerializable(typeof(LogLine))]
[JsonSerializable(typeof(Missed))]
internal sealed partial class EventJson : JsonSerializerContext;
