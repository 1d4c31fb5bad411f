using Actors.Host.Control;
using Actors.Hosting.Configuration;

namespace Actors.Host.Grains;

/// <summary>What the section <c>host</c> has that only the program knows.</summary>
/// <param name="Control">The control socket.</param>
internal sealed record ProgramExtras(ControlPlan Control) : HostExtras
{
    /// <summary>Those of a plan that the program has read.</summary>
    public static ProgramExtras Of(HostPlan plan) => (ProgramExtras)plan.Extras!;
}
