using Actors.Hosting.Configuration;

namespace Actors.Host.Reload;

/// <summary>Where a running host gets another plan from.</summary>
/// <param name="Read">Reads the file once more, with the roles and overrides of the command line.</param>
/// <param name="Watch">Whether the host reloads by itself when a file is written, and at SIGHUP.</param>
internal sealed record ReloadSource(Func<HostPlan> Read, bool Watch);
