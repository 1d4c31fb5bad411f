using System.Diagnostics;
using Actors.Host.Control;
using Actors.Hosting;
using Actors.Hosting.Configuration;
using Actors.Hosting.Sources;
using Akka.Actor;

namespace Actors.Host.Running;

/// <summary>A role that is to stop while the host goes on.</summary>
/// <param name="Role">The actor.</param>
/// <param name="Plan">What it is.</param>
/// <param name="Source">Its source; null when it has none, or that has ended.</param>
internal sealed record LeavingRole(IActorRef Role, RolePlan Plan, IActorRef? Source);

/// <summary>
/// One drain or reload, below the host actor: stops the sources of the roles that leave, drains the roles in the order of an
/// orderly stop, stops them, and has others started in their place. Tells who asked for it a <see cref="RolesChanged"/>, and ends.
/// </summary>
internal sealed class RoleChange : UntypedActor, IWithTimers
{
    // What a role that has drained needs to end; a handler that hangs takes longer.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<LeavingRole> _leaving;
    private readonly IReadOnlyList<RolePlan> _starting;
    private readonly TimeSpan _draining;
    private readonly TimeSpan _startTimeout;
    private readonly TimeSpan _readyTimeout;
    private readonly IActorRef _requester;
    private readonly RoleDrain _drain;
    private readonly HashSet<IActorRef> _sources;
    private readonly HashSet<IActorRef> _ending;
    private readonly Dictionary<IActorRef, long> _ended = [];
    private readonly Dictionary<string, string?> _started = [];
    private readonly HashSet<string> _opening = [];
    private readonly HashSet<IActorRef> _unready = [];
    private readonly Dictionary<IActorRef, string> _new = [];
    private readonly long _begin = Stopwatch.GetTimestamp();
    private Step _at = Step.Sources;
    private bool _isAnswered;

    /// <param name="leaving">The roles to stop.</param>
    /// <param name="starting">The roles to start then.</param>
    /// <param name="draining">The time for sources and roles to finish what they have; zero does not drain.</param>
    /// <param name="startTimeout">How long all new roles together may take to open.</param>
    /// <param name="readyTimeout">How long their sources wait for them to be ready.</param>
    /// <param name="requester">Is told the end.</param>
    public RoleChange(IReadOnlyList<LeavingRole> leaving, IReadOnlyList<RolePlan> starting, TimeSpan draining, TimeSpan startTimeout, TimeSpan readyTimeout, IActorRef requester)
    {
        _leaving = leaving;
        _starting = starting;
        _draining = draining;
        _startTimeout = startTimeout;
        _readyTimeout = readyTimeout;
        _requester = requester;
        _drain = new RoleDrain(leaving.Select(role => (role.Role, StopTurns.Of(role.Plan.Pattern))));
        _sources = [.. leaving.Select(role => role.Source).OfType<IActorRef>()];
        _ending = [.. leaving.Select(role => role.Role)];
    }

    /// <summary>What it is waiting for. Each step has a deadline.</summary>
    private enum Step
    {
        Sources,
        Drain,
        Statuses,
        Ends,
        Opens,
        Ready,
    }

    /// <summary>Set by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(RoleFailed));
        foreach (var source in _sources)
        {
            Context.Watch(source);
            if (_draining == TimeSpan.Zero) Context.System.Stop(source);
            else source.Tell(FinishSource.Instance, Self);
        }
        if (_draining == TimeSpan.Zero) Stop();
        else if (_sources.Count == 0) Drain();
        else WaitAtMost(Step.Sources, _draining / 4);
    }

    protected override void PostStop()
    {
        if (!_isAnswered) _requester.Tell(RolesChanged.Refused(ControlErrors.Busy, "the host stops"), Self);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Terminated ended: OnTerminated(ended.ActorRef); break;
            case NextTurn when _at == Step.Drain: DrainNext(); break;
            case RoleDrained when _drain.Drained(Sender) && _at == Step.Drain: DrainNext(); break;
            case RoleStatus status when _at == Step.Statuses: OnStatus(status); break;
            case RoleLeft left: OnLeft(left.Role); break;
            case RoleStartedAnew started: OnStarted(started); break;
            case RoleOpen open: OnOpen(open.Role); break;
            case RoleReady when _unready.Remove(Sender) && _unready.Count == 0 && _at == Step.Ready: Finish(); break;
            case RoleFailed failed when _opening.Contains(failed.Role): _started[failed.Role] = failed.Cause.Message; break;
            case Deadline late when late.At == _at: OnDeadline(); break;
            // A late answer, or that of a role whose end other messages tell.
            case NextTurn or RoleDrained or RoleStatus or RoleReady or RoleFailed or Deadline or Akka.Actor.Status.Failure: break;
            default: Unhandled(message); break;
        }
    }

    private void WaitAtMost(Step at, TimeSpan time)
    {
        _at = at;
        Timers.StartSingleTimer(nameof(Deadline), new Deadline(at), time);
    }

    private void OnDeadline()
    {
        switch (_at)
        {
            case Step.Sources: Drain(); break;
            case Step.Drain:
                _drain.EndTurns();
                AskWhatIsLeft();
                break;
            case Step.Statuses: Stop(); break;
            case Step.Ends: Start(); break;
            case Step.Opens:
                foreach (var late in _opening) _started[late] ??= $"it did not open within {_startTimeout.TotalMilliseconds} ms";
                AwaitReady();
                break;
            case Step.Ready: Finish(); break;
        }
    }

    private void OnTerminated(IActorRef ended)
    {
        if (_sources.Remove(ended))
        {
            if (_sources.Count == 0 && _at == Step.Sources) Drain();
            return;
        }
        if (!_new.Remove(ended, out var role)) return;
        if (_opening.Remove(role))
        {
            _started[role] ??= "it stopped while it was opening";
            if (_opening.Count == 0) AwaitReady();
        }
        if (_unready.Remove(ended) && _unready.Count == 0 && _at == Step.Ready) Finish();
    }

    // ---- the roles that leave

    private void Drain()
    {
        WaitAtMost(Step.Drain, _draining - Min(_draining, Stopwatch.GetElapsedTime(_begin)));
        Timers.StartPeriodicTimer(nameof(NextTurn), NextTurn.Instance, TimeSpan.Zero, _draining / (RoleDrain.Turns + 1));
    }

    private void DrainNext()
    {
        while (_drain.Next() is { } turn)
        {
            foreach (var role in turn) role.Tell(DrainRole.Instance, Self);
            if (turn.Count > 0) return;
        }
        if (_drain.IsAtEnd) Stop();
    }

    private void AskWhatIsLeft()
    {
        Timers.Cancel(nameof(NextTurn));
        if (_drain.Draining.Count == 0)
        {
            Stop();
            return;
        }
        WaitAtMost(Step.Statuses, EndPatience);
        foreach (var role in _drain.Draining) role.Tell(GetRoleStatus.Instance, Self);
    }

    private void OnStatus(RoleStatus status)
    {
        _drain.NotDrained(Sender, status);
        if (_drain.Draining.Count == 0) Stop();
    }

    private void Stop()
    {
        Timers.Cancel(nameof(NextTurn));
        if (_ending.Count == 0)
        {
            Start();
            return;
        }
        WaitAtMost(Step.Ends, EndPatience + _draining / 4);
        foreach (var role in _leaving)
        {
            if (role.Source is { } source && _sources.Contains(source)) Context.System.Stop(source);
            Context.System.Stop(role.Role);
        }
    }

    private void OnLeft(IActorRef role)
    {
        _drain.Forget(role);
        _ended[role] = (long)Stopwatch.GetElapsedTime(_begin).TotalMilliseconds;
        _ending.Remove(role);
        if (_at == Step.Ends && _ending.Count == 0) Start();
        else if (_drain.Drained(role) && _at == Step.Drain) DrainNext();
    }

    // ---- the roles that come

    private void Start()
    {
        var unended = _leaving.Where(role => _ending.Contains(role.Role)).Select(role => role.Plan.Name).ToHashSet();
        foreach (var plan in _starting)
        {
            _started[plan.Name] = unended.Contains(plan.Name) ? "its handler has not ended, so it was not started: reload again when it has" : null;
            if (unended.Contains(plan.Name)) continue;
            _opening.Add(plan.Name);
            Context.Parent.Tell(new StartRoleAnew(plan), Self);
        }
        if (_opening.Count == 0) Finish();
        else WaitAtMost(Step.Opens, _startTimeout);
    }

    private void OnStarted(RoleStartedAnew started)
    {
        Context.Watch(started.Role);
        _unready.Add(started.Role);
        _new.Add(started.Role, started.Plan.Name);
        started.Role.Tell(WhenOpen.Instance, Self);
        started.Role.Tell(WhenReady.Instance, Self);
    }

    private void OnOpen(string role)
    {
        if (!_opening.Remove(role)) return;
        // A try before may have failed.
        _started[role] = null;
        if (_opening.Count == 0 && _at == Step.Opens) AwaitReady();
    }

    private void AwaitReady()
    {
        _at = Step.Ready;
        if (_unready.Count == 0 || _starting.All(plan => plan.Source is null)) Finish();
        else WaitAtMost(Step.Ready, _readyTimeout);
    }

    private void Finish()
    {
        Context.Parent.Tell(new StartSourcesOf([.. _new.Keys]), Self);
        _isAnswered = true;
        _requester.Tell(new RolesChanged([.. _leaving.Select(Report)], _started), Self);
        Context.Stop(Self);
    }

    private DrainReport Report(LeavingRole role)
    {
        var left = _drain.Undelivered.FirstOrDefault(status => status.Role == role.Plan.Name);
        return new DrainReport(role.Plan.Name, left?.Waiting ?? 0, left?.MayHaveUnread ?? false, _ended.TryGetValue(role.Role, out var time) ? time : (long)Stopwatch.GetElapsedTime(_begin).TotalMilliseconds)
        {
            Failure = _ended.ContainsKey(role.Role) ? null : "its handler did not end in time; what it has in hand is not known to be done",
        };
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private sealed record NextTurn
    {
        public static NextTurn Instance { get; } = new();
    }

    private sealed record Deadline(Step At);
}
