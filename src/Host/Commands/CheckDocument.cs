using Actors.Grains.Runtime;
using Actors.Host.Grains;
using Actors.Hosting;
using Actors.Hosting.Configuration;

namespace Actors.Host.Commands;

/// <summary>What <c>check --output json</c> prints.</summary>
/// <param name="File">As the user named it.</param>
/// <param name="Ok">Whether <c>run</c> would start it: there are no errors.</param>
/// <param name="Errors">Every mistake.</param>
/// <param name="Warnings">What works, and is hardly what the author of the file wanted.</param>
internal sealed record CheckDocument(string File, bool Ok, IReadOnlyList<PlanMistake> Errors, IReadOnlyList<PlanMistake> Warnings)
{
    /// <summary>The settings of the host; null where there are errors, as all that follows.</summary>
    public HostSettings? Settings { get; init; }

    /// <summary>What would be started, in the order of the file.</summary>
    public IReadOnlyList<CheckedRole>? Roles { get; init; }

    /// <summary>Null for a host without grains.</summary>
    public CheckedGrains? Grains { get; init; }

    /// <summary>Collects it while a file is checked.</summary>
    public sealed class Builder(string file) : IPlanMistakes
    {
        private readonly List<PlanMistake> _errors = [];
        private readonly List<PlanMistake> _warnings = [];
        private HostPlan? _plan;

        public void Warning(ConfigWarning warning) => _warnings.Add(PlanMistake.Of(warning));

        public void Error(ConfigError error) => _errors.Add(PlanMistake.Of(error));

        /// <summary>The plan that was made of the file.</summary>
        public void Take(HostPlan plan) => _plan = plan;

        public CheckDocument Build() => new(file, _errors.Count == 0, _errors, _warnings)
        {
            Settings = _plan is null ? null : HostSettings.Of(_plan),
            Roles = _plan is null ? null : [.. _plan.Roles.Select(CheckedRole.Of)],
            Grains = _plan?.Part is GrainsPlan grains ? CheckedGrains.Of(grains) : null,
        };
    }
}

/// <summary>The settings of a host.</summary>
/// <param name="Engine"><c>netmq</c> or <c>zmtp</c>.</param>
/// <param name="StartTimeoutSeconds"><c>host.start-timeout</c>.</param>
/// <param name="ReadyTimeoutSeconds"><c>host.ready-timeout</c>.</param>
/// <param name="StopTimeoutSeconds"><c>host.stop-timeout</c>.</param>
/// <param name="StopWhenDone"><c>host.stop-when-done</c>.</param>
internal sealed record HostSettings(string Engine, double StartTimeoutSeconds, double ReadyTimeoutSeconds, double StopTimeoutSeconds, bool StopWhenDone)
{
    public static HostSettings Of(HostPlan plan) => new(plan.Engine, plan.StartTimeout.TotalSeconds, plan.ReadyTimeout.TotalSeconds, plan.StopTimeout.TotalSeconds, plan.StopWhenDone);
}

/// <summary>A role that would be started.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Pattern">Its pattern in the words of the file.</param>
/// <param name="Endpoints">As configured.</param>
/// <param name="Promises">What it promises.</param>
/// <param name="MayLose">What it may lose.</param>
/// <param name="Counts">Where that is counted.</param>
internal sealed record CheckedRole(string Name, string Pattern, IReadOnlyList<string> Endpoints, string Promises, string MayLose, string Counts)
{
    public static CheckedRole Of(RolePlan role) => new(
        role.Name,
        RolePatterns.Words.First(known => known.Pattern == role.Pattern).Word,
        role.Endpoints,
        role.Contract.Promise,
        role.Contract.Loss,
        role.Contract.Counted);
}

/// <summary>The grains of a host.</summary>
/// <param name="Nodes">How many nodes their cluster has.</param>
/// <param name="Store">Where their states are; null for grains without states.</param>
/// <param name="Kinds">The kinds that this host has.</param>
internal sealed record CheckedGrains(int Nodes, string? Store, IReadOnlyList<CheckedKind> Kinds)
{
    public static CheckedGrains Of(GrainsPlan plan) => new(plan.Settings.Cluster.Nodes, plan.Store?.Where, [.. plan.Settings.Kinds.Zip(plan.Files, CheckedKind.Of)]);
}

/// <summary>A kind of grains.</summary>
/// <param name="Name">As callers name it.</param>
/// <param name="Class">The class.</param>
/// <param name="Assembly">The file of its assembly.</param>
/// <param name="Methods">The signature of each method.</param>
/// <param name="IdleTimeoutSeconds"><c>idle-timeout</c>.</param>
/// <param name="DeactivationTimeoutSeconds"><c>deactivation-timeout</c>.</param>
/// <param name="MaxWaiting"><c>max-waiting</c>.</param>
/// <param name="RecentCalls"><c>recent-calls</c>.</param>
internal sealed record CheckedKind(
    string Name,
    string Class,
    string Assembly,
    IReadOnlyList<string> Methods,
    double IdleTimeoutSeconds,
    double DeactivationTimeoutSeconds,
    int MaxWaiting,
    int RecentCalls)
{
    public static CheckedKind Of(GrainKind kind, string file) => new(
        kind.Interface.Kind,
        $"{kind.Class.Type}",
        file,
        [.. kind.Interface.Methods.Select(method => method.Signature)],
        kind.Options.IdleTimeout.TotalSeconds,
        kind.Options.DeactivationTimeout.TotalSeconds,
        kind.Options.MaxWaiting,
        kind.Options.RecentCalls);
}
