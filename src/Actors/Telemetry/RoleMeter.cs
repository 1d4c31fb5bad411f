using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Actors.Transport;

namespace Actors;

/// <summary>The meter <c>Actors</c>: what the roles of all actor systems of this process count. See docs/telemetry.md.</summary>
/// <remarks>
/// All but the duration are observed: roles count in any case, and are read when a listener collects. Roles of one name in
/// several systems are added up.
/// </remarks>
internal static class RoleMeter
{
    public const string Name = "Actors";

    private static readonly Meter s_meter = new(Name);
    private static readonly Lock s_lock = new();
    private static readonly List<WeakReference<RoleTelemetry>> s_systems = [];
    private static readonly string[] s_reasons = [.. Enum.GetNames<DropReason>().Select(InWords)];

    static RoleMeter()
    {
        s_meter.CreateObservableCounter("actors.messages.received", () => Each(role => role.Received), "{message}", "Messages received from peers");
        s_meter.CreateObservableCounter("actors.messages.sent", () => Each(role => role.Sent), "{message}", "Messages taken by a socket");
        s_meter.CreateObservableUpDownCounter("actors.messages.waiting", () => Each(role => role.Waiting), "{message}", "Messages that wait for a peer or are in a handler's hands, and requests and tasks that have not ended");
        s_meter.CreateObservableCounter("actors.messages.dropped", Dropped, "{message}", "Messages dropped by a role or its sockets");
        s_meter.CreateObservableUpDownCounter("actors.peers", () => Each(role => role.Peers), "{peer}", "Connections that stand");
        s_meter.CreateObservableCounter("actors.reconnects", () => Each(role => role.Reconnects), "{connection}", "Connections made again to an endpoint that had been connected");
        s_meter.CreateObservableUpDownCounter("actors.ledger.outstanding", () => Each(role => role.Ledger?.Outstanding), "{task}", "Tasks sent that are neither acknowledged nor given up");
        s_meter.CreateObservableCounter("actors.ledger.acknowledged", () => Each(role => role.Ledger?.Acknowledged), "{task}", "Tasks that a peer has acknowledged");
        s_meter.CreateObservableCounter("actors.ledger.dead_lettered", () => Each(role => role.Ledger?.DeadLettered), "{task}", "Tasks given up after their last try");
        s_meter.CreateObservableUpDownCounter("actors.journal.size", () => Each(role => role.Journal?.Size), "By", "Size of the journal's files");
        s_meter.CreateObservableCounter("actors.journal.syncs", () => Each(role => role.Journal?.Commits), "{sync}", "Transactions of the journal, each of which is synced to the disk with sync = full");
    }

    /// <summary>The time that a handler takes for a message.</summary>
    public static Histogram<double> HandlerDuration { get; } = s_meter.CreateHistogram(
        "actors.handler.duration",
        "s",
        "Time that a handler takes for a message",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.000001, 0.00001, 0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    /// <summary>The roles of a system are observed until it ends.</summary>
    public static void Add(RoleTelemetry system)
    {
        lock (s_lock)
        {
            s_systems.RemoveAll(known => !known.TryGetTarget(out _));
            s_systems.Add(new WeakReference<RoleTelemetry>(system));
        }
    }

    /// <summary>The system has ended.</summary>
    public static void Remove(RoleTelemetry system)
    {
        lock (s_lock) s_systems.RemoveAll(known => !known.TryGetTarget(out var one) || one == system);
    }

    /// <summary>The tags that every measurement of a role has.</summary>
    public static TagList Tags(string role, string pattern) => new(new("role", role), new("pattern", pattern));

    /// <summary>A reason as a tag has it: <c>queue_full_newest</c>.</summary>
    public static string InWords(DropReason reason) => s_reasons[(int)reason];

    private static string InWords(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0) words.Append('_');
            words.Append(char.ToLowerInvariant(letter));
        }
        return words.ToString();
    }

    private static IEnumerable<Measurement<long>> Each(Func<RoleStatistics, long?> count)
    {
        foreach (var roles in Roles())
        {
            long sum = 0;
            var isCounted = false;
            foreach (var role in roles)
            {
                if (count(role) is not { } one) continue;
                sum += one;
                isCounted = true;
            }
            if (isCounted) yield return new Measurement<long>(sum, Tags(roles.Key.Role, roles.Key.Pattern));
        }
    }

    private static IEnumerable<Measurement<long>> Dropped()
    {
        foreach (var roles in Roles())
        {
            foreach (var reason in roles.SelectMany(role => role.Dropped).GroupBy(dropped => dropped.Key, dropped => dropped.Value))
            {
                var tags = Tags(roles.Key.Role, roles.Key.Pattern);
                tags.Add("reason", InWords(reason.Key));
                yield return new Measurement<long>(reason.Sum(), tags);
            }
        }
    }

    private static IEnumerable<IGrouping<(string Role, string Pattern), RoleStatistics>> Roles()
    {
        var systems = new List<RoleTelemetry>();
        lock (s_lock)
        {
            foreach (var known in s_systems)
                if (known.TryGetTarget(out var system)) systems.Add(system);
        }
        return systems.SelectMany(system => system.Read()).GroupBy(role => (role.Role, role.Pattern));
    }
}
