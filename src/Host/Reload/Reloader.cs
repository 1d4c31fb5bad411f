using Actors.Host.Control;
using Actors.Host.Running;
using Actors.Hosting.Configuration;
using Akka.Actor;

namespace Actors.Host.Reload;

/// <summary>Brings a running host in line with its file, or says why it cannot and changes nothing.</summary>
/// <remarks>Safe to use from any thread; one reload runs at a time.</remarks>
/// <param name="plan">The plan in force.</param>
/// <param name="keys">What was in its key files before its roles read them.</param>
/// <param name="read">Reads the file again; null for a host that cannot reload.</param>
/// <param name="host">The host actor.</param>
internal sealed class Reloader(HostPlan plan, KeyFiles keys, Func<HostPlan>? read, IActorRef host) : IDisposable
{
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1);
    private InForce _current = new(plan, keys);

    /// <summary>The plan in force.</summary>
    public HostPlan Current => Volatile.Read(ref _current).Plan;

    /// <summary>What was in the key files of the plan in force when it was read.</summary>
    public KeyFiles KeysInForce => Volatile.Read(ref _current).Keys;

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
        var (before, keysBefore) = Volatile.Read(ref _current);
        // Before the roles read them: what is written later is the next reload's.
        var keysNow = KeyFiles.Of(next.File);
        var diff = PlanDiff.Of(before, keysBefore, next, keysNow);
        if (diff.Refused.Count > 0) return ControlReply.Failed(ControlErrors.NeedsRestart, "the file asks for what only a new start can bring into force, so nothing was changed", diff.Refused);
        // The settings of the actor system are the same, and those of the first plan have the host's own behind them.
        next = next with { System = before.System, Part = before.Part, Extras = before.Extras };
        var end = await host.Ask<RolesChanged>(new ApplyPlan(next, diff.Restarted.Concat(diff.Removed).ToHashSet()), ChangeTime, cancel).ConfigureAwait(false);
        if (end.Refusal is { } refusal) return ControlReply.New() with { Error = refusal };
        Volatile.Write(ref _current, new InForce(next, keysNow));
        var failures = end.Started.Where(role => role.Value is not null).ToDictionary(role => role.Key, role => role.Value!);
        string[] warnings = [.. next.Warnings.Select(warning => warning.ToString()), .. diff.Unread];
        return ControlReply.New() with
        {
            Reloaded = new ReloadReport(
                diff.Restarted,
                [.. end.Started.Keys.Except(diff.Restarted)],
                diff.Removed,
                [.. next.Roles.Select(role => role.Name).Where(role => !end.Started.ContainsKey(role))],
                end.Drained)
            {
                Failures = failures.Count == 0 ? null : failures,
                Settings = diff.Settings.Count == 0 ? null : diff.Settings,
                KeyFiles = diff.Rekeyed.Count == 0 ? null : diff.Rekeyed,
                Warnings = warnings.Length == 0 ? null : warnings,
            },
        };
    }

    private sealed record InForce(HostPlan Plan, KeyFiles Keys);
}
