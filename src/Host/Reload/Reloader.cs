using Actors.Host.Control;
using Actors.Host.Running;
using Actors.Hosting.Configuration;
using Akka.Actor;

namespace Actors.Host.Reload;

/// <summary>Brings a running host in line with its file, or says why it cannot and changes nothing.</summary>
/// <remarks>Safe to use from any thread; one reload runs at a time.</remarks>
internal sealed class Reloader(HostPlan plan, Func<HostPlan>? read, IActorRef host) : IDisposable
{
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1);
    private HostPlan _current = plan;

    /// <summary>The plan in force.</summary>
    public HostPlan Current => Volatile.Read(ref _current);

    /// <summary>The longest that a change of roles can take; each of its steps has a limit of its own.</summary>
    public TimeSpan ChangeTime => Current.StopTimeout + Current.StartTimeout + Current.ReadyTimeout + Spare;

    public async Task<ControlReply> Reload(CancellationToken cancel)
    {
        if (read is null) return ControlReply.Failed(ControlErrors.Failed, "this host was not started from a file that can be read again");
        if (!await _turn.WaitAsync(TimeSpan.Zero, cancel).ConfigureAwait(false)) return ControlReply.Failed(ControlErrors.Busy, "the host is at another reload");
        try
        {
            return await Apply(read(), cancel).ConfigureAwait(false);
        }
        catch (ConfigException mistakes)
        {
            return ControlReply.Failed(
                ControlErrors.Configuration,
                "the file has mistakes, so nothing was changed",
                [.. mistakes.Errors.Select(error => error.ToString()), .. mistakes.Warnings.Select(warning => warning.ToString())]);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<ControlReply> Apply(HostPlan next, CancellationToken cancel)
    {
        var before = Current;
        var diff = PlanDiff.Of(before, next);
        if (diff.Refused.Count > 0) return ControlReply.Failed(ControlErrors.NeedsRestart, "the file asks for what only a new start can bring into force, so nothing was changed", diff.Refused);
        // The settings of the actor system are the same, and those of the first plan have the host's own behind them.
        next = next with { System = before.System, Part = before.Part, Extras = before.Extras };
        var end = await host.Ask<RolesChanged>(new ApplyPlan(next, diff.Changed.Concat(diff.Removed).ToHashSet()), ChangeTime, cancel).ConfigureAwait(false);
        if (end.Refusal is { } refusal) return ControlReply.New() with { Error = refusal };
        Volatile.Write(ref _current, next);
        var failures = end.Started.Where(role => role.Value is not null).ToDictionary(role => role.Key, role => role.Value!);
        return ControlReply.New() with
        {
            Reloaded = new ReloadReport(
                diff.Changed,
                [.. end.Started.Keys.Except(diff.Changed)],
                diff.Removed,
                [.. next.Roles.Select(role => role.Name).Where(role => !end.Started.ContainsKey(role))],
                end.Drained)
            {
                Failures = failures.Count == 0 ? null : failures,
                Settings = diff.Settings.Count == 0 ? null : diff.Settings,
                Warnings = next.Warnings.Count == 0 ? null : [.. next.Warnings.Select(warning => warning.ToString())],
            },
        };
    }
}
