using Actors.Grains;
using Actors.Grains.Calls;

namespace Actors.Host.Grains;

/// <summary>What the assemblies of a host have.</summary>
/// <param name="Classes">The classes of grains, each with its file as the configuration names it.</param>
/// <param name="Startups">What adds the services that they take, each with its file.</param>
internal sealed record LoadedGrains(IReadOnlyList<(GrainClass Class, string File)> Classes, IReadOnlyList<(IGrainsStartup Startup, string File)> Startups);
