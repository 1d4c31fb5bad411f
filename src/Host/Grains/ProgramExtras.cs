using Actors.Host.Control;
using Actors.Host.Http;
using Actors.Hosting.Configuration;

namespace Actors.Host.Grains;

/// <summary>What the section <c>host</c> has that only the program knows.</summary>
/// <param name="Control">The control socket.</param>
/// <param name="Http">What is served over HTTP; null for nothing.</param>
internal sealed record ProgramExtras(ControlPlan Control, HttpPlan? Http) : HostExtras
{
    public override IReadOnlyList<(string Key, string Endpoint)> Bound => Http is null ? [] : [(HttpPlan.BindKey, $"tcp://{Http.Bind}")];

    /// <summary>Those of a plan that the program has read.</summary>
    public static ProgramExtras Of(HostPlan plan) => (ProgramExtras)plan.Extras!;
}
