using System.Text.Json.Serialization;
using Actors.Host.Status;

namespace Actors.Host.Top;

/// <summary>What happened in the roles of all hosts between two statuses of them.</summary>
/// <param name="At">When the later one was read.</param>
/// <param name="Rows">A row for each role.</param>
internal sealed record TopSample(DateTimeOffset At, IReadOnlyList<TopRow> Rows)
{
    /// <param name="before">The statuses of all hosts a while ago; of a host that was not there then, no rates are known.</param>
    /// <param name="now">The statuses of all hosts.</param>
    /// <param name="at">When they were read.</param>
    public static TopSample Between(IReadOnlyList<HostStatus> before, IReadOnlyList<HostStatus> now, DateTimeOffset at)
    {
        var rows = new List<TopRow>();
        foreach (var host in now)
        {
            var old = before.FirstOrDefault(one => one.Host.ProcessId == host.Host.ProcessId && one.Host.Started == host.Host.Started);
            var seconds = old is null ? 0 : (host.At - old.At).TotalSeconds;
            foreach (var role in host.Roles) rows.Add(TopRow.Between(host.Host, old?.Roles.FirstOrDefault(one => one.Name == role.Name), role, seconds));
        }
        return new TopSample(at, rows);
    }
}

/// <summary>A role and what it has done lately.</summary>
/// <param name="Host">The name of its host.</param>
/// <param name="ProcessId">The process of its host.</param>
/// <param name="Role">Its name.</param>
/// <param name="Pattern">Its pattern.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Peers">Connections that stand.</param>
/// <param name="ReceivedPerSecond">Messages received from peers.</param>
/// <param name="SentPerSecond">Messages taken by its sockets.</param>
/// <param name="Waiting">Messages that wait in it.</param>
/// <param name="DroppedPerSecond">Messages dropped for whatever reason.</param>
/// <param name="Dropped">Messages dropped since it started, by reason.</param>
internal sealed record TopRow(
    string Host,
    int ProcessId,
    string Role,
    string Pattern,
    RoleState State,
    int Peers,
    double ReceivedPerSecond,
    double SentPerSecond,
    long Waiting,
    double DroppedPerSecond,
    IReadOnlyDictionary<string, long> Dropped)
{
    /// <summary>Messages dropped since it started.</summary>
    public long DroppedInAll => Dropped.Values.Sum();

    public static TopRow Between(HostReport host, RoleReport? before, RoleReport now, double seconds)
    {
        double Rate(Func<RoleReport, long> count) => before is null || seconds <= 0 ? 0 : Math.Round(Math.Max(0, count(now) - count(before)) / seconds, 1);
        return new TopRow(
            host.Name,
            host.ProcessId,
            now.Name,
            now.Pattern,
            now.State,
            now.Peers.Count,
            Rate(role => role.Received),
            Rate(role => role.Sent),
            now.Waiting,
            Rate(role => role.Dropped.Values.Sum()),
            now.Dropped);
    }
}

/// <summary>What the rows are sorted by.</summary>
internal enum TopOrder
{
    Role,
    State,
    Peers,
    Received,
    Sent,
    Waiting,
    Dropped,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(CamelCase<RoleState>)])]
[JsonSerializable(typeof(TopSample))]
internal sealed partial class TopJson : JsonSerializerContext;
