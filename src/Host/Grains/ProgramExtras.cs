using Actors.Host.Control;
using Actors.Host.Telemetry;
using Actors.Hosting.Configuration;

namespace Actors.Host.Grains;

/// <summary>What the section <c>host</c> has that only the program knows.</summary>
/// <param name="Control">The control socket.</param>
/// <param name="LogFormat">How the lines of the log look.</param>
internal sealed record ProgramExtras(ControlPlan Control, LogFormat LogFormat) : HostExtras
{
    /// <summary>Those of a plan that the program has read.</summary>
    public static ProgramExtras Of(HostPlan plan) => (ProgramExtras)plan.Extras!;
}
