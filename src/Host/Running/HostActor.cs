using Actors.Host.Control;
using Actors.Host.Status;
using Actors.Hosting;
using Actors.Hosting.Configuration;
using Actors.Hosting.Sources;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors.Host.Running;

/// <summary>
/// Starts the roles of a plan, then their sources; stops the sources, drains the roles and says what was not delivered.
/// </summary>
internal sealed class HostActor : UntypedActor, IWithTimers
{
    /// <summary>Behind a role's name, the name of its source. No name of a role has it, because "$" is escaped there.</summary>
    internal const string SourceSuffix = "$source";

    /// <summary>The name of the actor that changes roles; like that of a source, no role has it.</summary>
    internal const string ChangeName = "all$change";

    private readonly IActorRef _observer;
    private readonly IActorRef _status;
    private readonly Dictionary<IActorRef, RolePlan> _roles = [];
    private readonly HashSet<IActorRef> _opening = [];
    private readonly HashSet<IActorRef> _unready = [];

    // Each with its role.
    private readonly Dictionary<IActorRef, IActorRef> _sources = [];
    private readonly HashSet<IActorRef> _leaving = [];
    private readonly HashSet<IActorRef> _draining = [];
    private readonly HashSet<IActorRef> _drained = [];
    private readonly HashSet<IActorRef> _asked = [];
    private readonly StopTime _stopTime;
    private readonly Task _before;
    private readonly Queue<List<IActorRef>> _turns = new();
    private readonly List<RoleStatus> _undelivered = [];
    private readonly List<RequestsFailed> _failedRequests = [];
    private HostPlan _plan;
    private IActorRef? _change;
    private bool _stopping;
    private bool _isOver;
    private bool _drainBegun;
    private bool _everHadSources;
    private bool _started;

    // Roles were drained by an operator, who may bring others.
    private bool _mayBeEmpty;

    /// <param name="plan">What to start.</param>
    /// <param name="stopTime">The time for stopping; it begins here at the latest.</param>
    /// <param name="status">Is told what the host does with its roles.</param>
    /// <param name="observer">Is told <see cref="HostStarted"/> or <see cref="HostStartFailed"/>, and at the end <see cref="HostEnded"/>.</param>
    /// <param name="before">What has to end before roles start, because their handlers may need it.</param>
    public HostActor(HostPlan plan, StopTime stopTime, IActorRef status, IActorRef observer, Task before)
    {
        _status = status;
        _before = before;
        _plan = plan;
        _stopTime = stopTime;
        _observer = observer;
    }

    /// <summary>Set by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    private bool IsOpen => _opening.Count == 0;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(RoleFailed));
        if (_before.IsCompletedSuccessfully) StartRoles();
        else _before.PipeTo(Self, success: () => Step.RolesMayStart, failure: cause => new PartFailed(cause));
    }

    private void StartRoles()
    {
        if (_stopping) return;
        foreach (var plan in _plan.Roles)
        {
            var role = Start(plan);
            _opening.Add(role);
            _unready.Add(role);
            role.Tell(WhenOpen.Instance, Self);
            role.Tell(WhenReady.Instance, Self);
        }
        if (_roles.Count == 0) StartSources();
        else Timers.StartSingleTimer(Step.StartDeadline, Step.StartDeadline, _plan.StartTimeout);
    }

    private IActorRef Start(RolePlan plan)
    {
        var role = Context.Watch(Context.ActorOf(plan.Role, Uri.EscapeDataString(plan.Name)));
        _roles.Add(role, plan);
        _status.Tell(new RoleStarted(plan, role), Self);
        return role;
    }

    private void StartSourceOf(IActorRef role, RolePlan plan)
    {
        if (plan.Source is not { } source) return;
        _sources.Add(Context.Watch(Context.ActorOf(source(role), $"{Uri.EscapeDataString(plan.Name)}{SourceSuffix}")), role);
        _everHadSources = true;
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Step.RolesMayStart: StartRoles(); break;
            case PartFailed failed: OnPartFailed(failed.Cause); break;
            case RoleOpen: OnOpen(); break;
            case RoleReady: OnReady(); break;
            case Step.ReadyDeadline: OnReadyDeadline(); break;
            case RoleFailed failed when !IsOpen: OnStartFailure(failed.Role, failed.Cause); break;
            case RoleFailed failed: OnFailure(failed); break;
            case Akka.Actor.Status.Failure: break;
            case Step.StartDeadline when !IsOpen: OnStartFailure(_roles[_opening.First()].Name, new TimeoutException($"it did not open within {_plan.StartTimeout.TotalMilliseconds} ms")); break;
            case Step.StartDeadline: break;
            case StopHost: OnStop(); break;
            case StopHostNow: OnStopNow(); break;
            case Step.SourcesDeadline when _sources.Count > 0: Drain(); break;
            case Step.SourcesDeadline: break;
            case RoleDrained: OnDrained(Sender); break;
            case Step.NextTurn: DrainNext(); break;
            case Step.StopDeadline: OnDeadline(); break;
            case RoleStatus status: OnStatus(status); break;
            case RequestsFailed failed when _plan.StopWhenDone || _stopping: _failedRequests.Add(failed with { Role = Uri.UnescapeDataString(failed.Role) }); break;
            case RequestsFailed: break;
            case DrainRoleOfHost drain: OnDrainRole(drain.Role); break;
            case ApplyPlan apply: OnApply(apply); break;
            case StartRoleAnew start when !_stopping: Sender.Tell(new RoleStartedAnew(start.Plan, Start(start.Plan)), Self); break;
            case StartRoleAnew: break;
            case StartSourcesOf start when !_stopping:
                foreach (var role in start.Roles.Where(_roles.ContainsKey)) StartSourceOf(role, _roles[role]);
                break;
            case StartSourcesOf: break;
            case Terminated ended: OnTerminated(ended.ActorRef); break;
            default: Unhandled(message); break;
        }
    }

    private void OnOpen()
    {
        if (!_opening.Remove(Sender) || !IsOpen) return;
        Timers.Cancel(Step.StartDeadline);
        // Only what is to be sent waits for roles that are not ready: a subscriber whose publisher is not there never is.
        if (_unready.Count == 0 || !_roles.Values.Any(plan => plan.Source is not null)) StartSources();
        else Timers.StartSingleTimer(Step.ReadyDeadline, Step.ReadyDeadline, _plan.ReadyTimeout);
    }

    private void OnReady()
    {
        if (_unready.Remove(Sender) && _unready.Count == 0 && IsOpen) StartSources();
    }

    private void OnReadyDeadline()
    {
        if (_started) return;
        Context.GetLogger().Warning("sources start although roles are not ready: {0}", string.Join(", ", _unready.Where(_roles.ContainsKey).Select(role => _roles[role].Name)));
        StartSources();
    }

    private void StartSources()
    {
        if (_started || _stopping) return;
        _started = true;
        Timers.Cancel(Step.ReadyDeadline);
        foreach (var (role, plan) in _roles) StartSourceOf(role, plan);
        _status.Tell(new HostStateChanged(HostState.Running), Self);
        _observer.Tell(new HostStarted(), Self);
    }

    private void OnPartFailed(Exception cause)
    {
        // A host that stops while it starts fails for no other cause.
        if (_stopping) return;
        _observer.Tell(new HostStartFailed(null, cause), Self);
        Context.Stop(Self);
    }

    private void OnStartFailure(string role, Exception cause)
    {
        _observer.Tell(new HostStartFailed(role, cause), Self);
        Context.Stop(Self);
    }

    private static void OnFailure(RoleFailed failed) =>
        Context.GetLogger().Warning("{0}: {1}; its socket is opened again in {2} ms", failed.Role, failed.Cause.Message, failed.RetryIn.TotalMilliseconds);

    private void OnStop()
    {
        if (_stopping) return;
        BeginStop();
        if (_stopTime.Draining == TimeSpan.Zero)
        {
            foreach (var source in _sources.Keys) Context.Stop(source);
            OnDeadline();
            return;
        }
        foreach (var source in _sources.Keys) source.Tell(FinishSource.Instance, Self);
        Timers.StartSingleTimer(Step.StopDeadline, Step.StopDeadline, _stopTime.Draining);
        if (_sources.Count == 0) Drain();
        // A source that hangs, because nobody reads what it prints, or that waits for replies, does not hold the others up.
        else Timers.StartSingleTimer(Step.SourcesDeadline, Step.SourcesDeadline, _stopTime.Draining / 4);
    }

    private void OnStopNow()
    {
        BeginStop();
        foreach (var source in _sources.Keys) Context.Stop(source);
        OnDeadline();
    }

    private void BeginStop()
    {
        _stopping = true;
        _stopTime.Begin();
        _status.Tell(new HostStateChanged(HostState.Draining), Self);
        // What it has begun goes on as a part of the stop.
        if (_change is not null) Context.Stop(_change);
    }

    /// <summary>
    /// Who sends comes before who receives, so that what goes from role to role inside of this host still arrives; nobody
    /// waits for another longer than a fair share of the time.
    /// </summary>
    private void Drain()
    {
        if (_drainBegun || _isOver) return;
        _drainBegun = true;
        foreach (var turn in _roles.GroupBy(role => StopTurns.Of(role.Value.Pattern), role => role.Key).OrderBy(turn => turn.Key))
            _turns.Enqueue([.. turn]);
        if (_turns.Count == 0) End();
        else Timers.StartPeriodicTimer(Step.NextTurn, Step.NextTurn, TimeSpan.Zero, _stopTime.Draining / (_turns.Count + 1));
    }

    private void OnSourcesEnded()
    {
        if (!_drainBegun) Drain();
        else if (_turns.Count == 0 && _draining.Count == 0 && !_isOver) End();
    }

    private void DrainNext()
    {
        if (_isOver || !_turns.TryDequeue(out var roles)) return;
        foreach (var role in roles.Where(_roles.ContainsKey))
        {
            _draining.Add(role);
            _status.Tell(new RoleDraining(role), Self);
            role.Tell(DrainRole.Instance, Self);
        }
        if (_draining.Count == 0) AllDrained();
    }

    private void OnDrained(IActorRef role)
    {
        _drained.Add(role);
        if (_asked.Remove(role) && _asked.Count == 0) End();
        if (_draining.Remove(role) && _draining.Count == 0 && !_isOver) AllDrained();
    }

    private void AllDrained()
    {
        if (_turns.Count > 0) DrainNext();
        // Their handlers have the last replies in hand.
        else if (_sources.Count == 0) End();
    }

    /// <summary>What has not drained by now is not delivered; it is counted, and the end comes all the same.</summary>
    private void OnDeadline()
    {
        if (_isOver) return;
        _isOver = true;
        foreach (var role in _roles.Keys.Where(role => !_drained.Contains(role)))
        {
            _asked.Add(role);
            role.Tell(GetRoleStatus.Instance, Self);
        }
        if (_asked.Count == 0) End();
    }

    private void OnStatus(RoleStatus status)
    {
        if (!_asked.Remove(Sender)) return;
        // Who does not want to drain does not ask what may be left.
        if (status.Waiting > 0 || (status.MayHaveUnread && _stopTime.Draining > TimeSpan.Zero)) _undelivered.Add(status);
        if (_asked.Count == 0) End();
    }

    private void OnTerminated(IActorRef ended)
    {
        if (ended.Equals(_change))
        {
            _change = null;
            CheckEmpty();
        }
        else if (_sources.Remove(ended, out var sender))
        {
            OnSourceEnded(sender);
        }
        else if (_roles.Remove(ended, out var plan))
        {
            OnRoleEnded(ended, plan);
        }
    }

    private void OnSourceEnded(IActorRef role)
    {
        if (_sources.Count > 0) return;
        Timers.Cancel(Step.SourcesDeadline);
        if (_stopping) OnSourcesEnded();
        else if (_plan.StopWhenDone && _everHadSources && !_leaving.Contains(role)) OnStop();
    }

    private void OnRoleEnded(IActorRef role, RolePlan plan)
    {
        OnDrained(role);
        if (_leaving.Remove(role))
        {
            _change?.Tell(new RoleLeft(role), Self);
            return;
        }
        if (_stopping) return;
        Context.GetLogger().Error("{0} has stopped", plan.Name);
        if (!IsOpen) OnStartFailure(plan.Name, new InvalidOperationException("it stopped while it was opening"));
        else CheckEmpty();
    }

    /// <summary>A host whose roles have all stopped by themselves ends.</summary>
    private void CheckEmpty()
    {
        if (_roles.Count == 0 && _change is null && !_mayBeEmpty && !_stopping) End();
    }

    private void OnDrainRole(string name)
    {
        var role = _roles.FirstOrDefault(known => known.Value.Name == name).Key;
        if (role is null && _plan.Roles.Any(known => known.Name == name)) Sender.Tell(RolesChanged.Refused(ControlErrors.UnknownRole, $"{name} has stopped already"), Self);
        else if (role is null) Sender.Tell(RolesChanged.Refused(ControlErrors.UnknownRole, RoleNames.Unknown(_plan, name)), Self);
        else Change([role], []);
    }

    private void OnApply(ApplyPlan apply)
    {
        var leaving = _roles.Where(role => apply.Leaving.Contains(role.Value.Name)).Select(role => role.Key).ToList();
        var staying = _roles.Values.Select(role => role.Name).Except(apply.Leaving).ToHashSet();
        if (!Change(leaving, [.. apply.Plan.Roles.Where(role => !staying.Contains(role.Name))])) return;
        _plan = apply.Plan;
        _stopTime.Change(_plan.StopTimeout);
        _status.Tell(new PlanInForce(_plan), Self);
    }

    /// <summary>Stops and starts roles; false when the host cannot now, which the sender is told.</summary>
    private bool Change(IReadOnlyList<IActorRef> leaving, IReadOnlyList<RolePlan> starting)
    {
        if (_stopping || !_started || _change is not null)
        {
            Sender.Tell(RolesChanged.Refused(ControlErrors.Busy, _stopping ? "the host stops" : _started ? "the host is at another drain or reload" : "the host starts"), Self);
            return false;
        }
        _leaving.UnionWith(leaving);
        _mayBeEmpty |= leaving.Count > 0;
        foreach (var role in leaving) _status.Tell(new RoleDraining(role), Self);
        var left = leaving.Select(role => new LeavingRole(role, _roles[role], _sources.FirstOrDefault(source => source.Value.Equals(role)).Key)).ToList();
        var (drain, start, ready, requester) = (_stopTime.Draining, _plan.StartTimeout, _plan.ReadyTimeout, Sender);
        _change = Context.Watch(Context.ActorOf(Props.Create(() => new RoleChange(left, starting, drain, start, ready, requester)), ChangeName));
        return true;
    }

    private void End()
    {
        _observer.Tell(new HostEnded([.. _undelivered], Unexpected: !_stopping) { FailedRequests = [.. _failedRequests], Plan = _plan }, Self);
        Context.Stop(Self);
    }

    /// <summary>What the host actor tells itself.</summary>
    private enum Step
    {
        RolesMayStart,
        StartDeadline,
        ReadyDeadline,
        SourcesDeadline,
        NextTurn,
        StopDeadline,
    }

    private sealed record PartFailed(Exception Cause);
}
