using Chaos.Grains;
using Chaos.Pipeline;
using Chaos.Requests;
using Chaos.Retained;
using Chaos.Running;

namespace Chaos;

/// <summary>All that the program can run.</summary>
internal static class Scenarios
{
    public static IReadOnlyList<Scenario> All { get; } = [.. PipelineScenarios.All, .. RequestScenarios.All, .. RetainedScenario.All, .. GrainScenarios.All, .. Experiments.All];
}
