using System.Globalization;
using Actors.Grains.Calls;
using Actors.Grains.Clustering;
using Actors.Grains.Runtime;

namespace Actors.Host.Grains;

/// <summary>Tells people which grains a host has.</summary>
internal static class GrainsText
{
    /// <summary>In a line, for the start of the host.</summary>
    public static void Announce(GrainsPlan plan, TextWriter output) => output.WriteLine($"grains: {Kinds(plan)}; {Store(plan)}; {Cluster(plan.Settings.Cluster)}");

    /// <summary>Kinds with their methods and settings, for <c>check</c>.</summary>
    public static void Explain(GrainsPlan plan, TextWriter output)
    {
        Announce(plan, output);
        for (var at = 0; at < plan.Settings.Kinds.Count; at++) Explain(plan.Settings.Kinds[at], plan.Files[at], output);
    }

    private static void Explain(GrainKind kind, string file, TextWriter output)
    {
        var options = kind.Options;
        output.WriteLine($"  {kind.Interface.Kind}: {kind.Class.Type} of {file}{Traits(kind.Class)}");
        output.WriteLine($"    idle-timeout {Time(options.IdleTimeout)}, deactivation-timeout {Time(options.DeactivationTimeout)}, max-waiting {Number(options.MaxWaiting)}, recent-calls {Number(options.RecentCalls)}");
        foreach (var method in kind.Interface.Methods) output.WriteLine($"    {method.Signature}{(method.IsReadOnly ? ", read-only" : "")}");
    }

    private static string Traits(GrainClass grain)
    {
        var traits = new List<string>();
        if (grain.HasState) traits.Add("with a state");
        if (grain.IsReentrant) traits.Add("reentrant");
        if (grain.StatelessWorkers is not null) traits.Add("stateless workers");
        return traits.Count == 0 ? "" : $", {string.Join(", ", traits)}";
    }

    private static string Kinds(GrainsPlan plan) => plan.Settings.Kinds.Count == 0 ? "none here" : string.Join(", ", plan.Settings.Kinds.Select(kind => kind.Interface.Kind));

    private static string Store(GrainsPlan plan) => plan.Store is { } store ? $"states in {store.Where}" : "no states";

    private static string Cluster(ClusterSettings cluster) =>
        cluster.Nodes == 1 ? "a cluster of one" : $"node {cluster.Hostname}:{(cluster.Port == 0 ? "*" : Number(cluster.Port))} of a cluster of {Number(cluster.Nodes)}{(cluster.Curve is null ? "" : ", CURVE")}";

    private static string Time(TimeSpan time) => time.TotalSeconds < 1 ? $"{Number(time.TotalMilliseconds)}ms" : time.TotalSeconds < 120 ? $"{Number(time.TotalSeconds)}s" : $"{Number(time.TotalMinutes)}m";

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
