using System.Reflection;
using Actors.Hosting.Configuration;
using Akka.Actor;

namespace Actors.Host.Status;

/// <summary>Makes the status of this process.</summary>
internal sealed class StatusReader : IStatusReader
{
    // The status actor waits for nobody, so it answers unless the process has no thread to spare.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IActorRef _status;
    private readonly HostReport _host;
    private readonly GrainsStatus? _grains;
    private readonly TimeProvider _clock;

    /// <param name="system">That of the host.</param>
    /// <param name="plan">The plan that the host starts with.</param>
    /// <param name="status">The <see cref="StatusActor"/>.</param>
    /// <param name="clock">The clock.</param>
    public StatusReader(ActorSystem system, HostPlan plan, IActorRef status, TimeProvider clock)
    {
        _status = status;
        _clock = clock;
        _grains = plan.Part is Grains.GrainsPlan ? new GrainsStatus(system) : null;
        var version = typeof(StatusReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
        _host = new HostReport(Path.GetFileNameWithoutExtension(plan.File.File), Environment.ProcessId, Path.GetFullPath(plan.File.File), version, plan.Engine, clock.GetUtcNow(), HostState.Starting);
    }

    public Task<HostStatus> Read(CancellationToken cancel) => Read(CollectStatus.Instance, cancel);

    /// <summary>The status of a host that has just started, with the endpoints that its roles have opened. Without them where a role does not tell them in time.</summary>
    public async Task<HostStatus> ReadOpen(CancellationToken cancel)
    {
        try
        {
            return await Read(CollectOpenStatus.Instance, cancel).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return await Read(cancel).ConfigureAwait(false);
        }
    }

    private async Task<HostStatus> Read(object question, CancellationToken cancel)
    {
        var grains = _grains?.Read(cancel);
        var collected = await _status.Ask<CollectedStatus>(question, Patience, cancel).ConfigureAwait(false);
        return new HostStatus(HostStatus.CurrentVersion, _clock.GetUtcNow(), _host with { State = collected.State }, collected.Roles, grains is null ? null : await grains.ConfigureAwait(false));
    }
}
