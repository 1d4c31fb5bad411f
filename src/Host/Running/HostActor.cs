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

    private readonly HostPlan _plan;
    private readonly IActorRef _observer;
    private readonly Dictionary<IActorRef, RolePlan> _roles = [];
    private readonly HashSet<IActorRef> _opening = [];
    private readonly HashSet<IActorRef> _unready = [];
    private readonly HashSet<IActorRef> _sources = [];
    private readonly HashSet<IActorRef> _draining = [];
    private readonly HashSet<IActorRef> _drained = [];
    private readonly HashSet<IActorRef> _asked = [];
    private readonly StopTime _stopTime;
    private readonly Task _before;
    private readonly Queue<List<IActorRef>> _turns = new();
    private readonly List<RoleStatus> _undelivered = [];
    private readonly List<RequestsFailed> _failedRequests = [];
    private bool _stopping;
    private bool _isOver;
    private bool _drainBegun;
    private bool _everHadSources;
    private bool _started;

    /// <param name="plan">What to start.</param>
    /// <param name="stopTime">The time for stopping; it begins here at the latest.</param>
    /// <param name="observer">Is told <see cref="HostStarted"/> or <see cref="HostStartFailed"/>, and at the end <see cref="HostEnded"/>.</param>
    /// <param name="before">What has to end before roles start, because their handlers may need it.</param>
    public HostActor(HostPlan plan, StopTime stopTime, IActorRef observer, Task before)
    {
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
        else _before.PipeTo(Self, success: () => RolesMayStart.Instance, failure: cause => new PartFailed(cause));
    }

    private void StartRoles()
    {
        if (_stopping) return;
        foreach (var plan in _plan.Roles)
        {
            var role = Context.Watch(Context.ActorOf(plan.Role, Uri.EscapeDataString(plan.Name)));
            _roles.Add(role, plan);
            _opening.Add(role);
            _unready.Add(role);
            role.Tell(WhenOpen.Instance, Self);
            role.Tell(WhenReady.Instance, Self);
        }
        if (_roles.Count == 0) StartSources();
        else Timers.StartSingleTimer(nameof(StartDeadline), StartDeadline.Instance, _plan.StartTimeout);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RolesMayStart: StartRoles(); break;
            case PartFailed failed: OnPartFailed(failed.Cause); break;
            case RoleOpen: OnOpen(); break;
            case RoleReady: OnReady(); break;
            case ReadyDeadline: OnReadyDeadline(); break;
            case RoleFailed failed when !IsOpen: OnStartFailure(failed.Role, failed.Cause); break;
            case RoleFailed failed: OnFailure(failed); break;
            case Akka.Actor.Status.Failure: break;
            case StartDeadline when !IsOpen: OnStartFailure(_roles[_opening.First()].Name, new TimeoutException($"it did not open within {_plan.StartTimeout.TotalMilliseconds} ms")); break;
            case StartDeadline: break;
            case StopHost: OnStop(); break;
            case StopHostNow: OnStopNow(); break;
            case SourcesDeadline when _sources.Count > 0: Drain(); break;
            case SourcesDeadline: break;
            case RoleDrained: OnDrained(Sender); break;
            case NextTurn: DrainNext(); break;
            case StopDeadline: OnDeadline(); break;
            case RoleStatus status: OnStatus(status); break;
            case RequestsFailed failed when _plan.StopWhenDone || _stopping: _failedRequests.Add(failed with { Role = Uri.UnescapeDataString(failed.Role) }); break;
            case RequestsFailed: break;
            case Terminated ended: OnTerminated(ended.ActorRef); break;
            default: Unhandled(message); break;
        }
    }

    private void OnOpen()
    {
        if (!_opening.Remove(Sender) || !IsOpen) return;
        Timers.Cancel(nameof(StartDeadline));
        // Only what is to be sent waits for roles that are not ready: a subscriber whose publisher is not there never is.
        if (_unready.Count == 0 || !_roles.Values.Any(plan => plan.Source is not null)) StartSources();
        else Timers.StartSingleTimer(nameof(ReadyDeadline), ReadyDeadline.Instance, _plan.ReadyTimeout);
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
        Timers.Cancel(nameof(ReadyDeadline));
        foreach (var (role, plan) in _roles)
        {
            if (plan.Source is not { } source) continue;
            _sources.Add(Context.Watch(Context.ActorOf(source(role), $"{Uri.EscapeDataString(plan.Name)}{SourceSuffix}")));
        }
        _everHadSources = _sources.Count > 0;
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
        _stopping = true;
        _stopTime.Begin();
        if (_stopTime.Draining == TimeSpan.Zero)
        {
            foreach (var source in _sources) Context.Stop(source);
            OnDeadline();
            return;
        }
        foreach (var source in _sources) source.Tell(FinishSource.Instance, Self);
        Timers.StartSingleTimer(nameof(StopDeadline), StopDeadline.Instance, _stopTime.Draining);
        if (_sources.Count == 0) Drain();
        // A source that hangs, because nobody reads what it prints, or that waits for replies, does not hold the others up.
        else Timers.StartSingleTimer(nameof(SourcesDeadline), SourcesDeadline.Instance, _stopTime.Draining / 4);
    }

    private void OnStopNow()
    {
        _stopping = true;
        _stopTime.Begin();
        foreach (var source in _sources) Context.Stop(source);
        OnDeadline();
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
        else Timers.StartPeriodicTimer(nameof(NextTurn), NextTurn.Instance, TimeSpan.Zero, _stopTime.Draining / (_turns.Count + 1));
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
        if (_sources.Remove(ended))
        {
            if (_sources.Count > 0) return;
            Timers.Cancel(nameof(SourcesDeadline));
            if (_stopping) OnSourcesEnded();
            else if (_plan.StopWhenDone && _everHadSources) OnStop();
            return;
        }
        if (!_roles.Remove(ended, out var plan)) return;
        OnDrained(ended);
        if (_stopping) return;
        Context.GetLogger().Error("{0} has stopped", plan.Name);
        if (!IsOpen) OnStartFailure(plan.Name, new InvalidOperationException("it stopped while it was opening"));
        else if (_roles.Count == 0) End();
    }

    private void End()
    {
        _observer.Tell(new HostEnded([.. _undelivered], Unexpected: !_stopping) { FailedRequests = [.. _failedRequests] }, Self);
        Context.Stop(Self);
    }

    private sealed record RolesMayStart
    {
        public static RolesMayStart Instance { get; } = new();
    }

    private sealed record PartFailed(Exception Cause);

    private sealed record StartDeadline
    {
        public static StartDeadline Instance { get; } = new();
    }

    private sealed record SourcesDeadline
    {
        public static SourcesDeadline Instance { get; } = new();
    }

    private sealed record NextTurn
    {
        public static NextTurn Instance { get; } = new();
    }

    private sealed record ReadyDeadline
    {
        public static ReadyDeadline Instance { get; } = new();
    }

    private sealed record StopDeadline
    {
        public static StopDeadline Instance { get; } = new();
    }
}

/// <summary>To the host actor: stop, delivering what waits.</summary>
internal sealed record StopHost
{
    public static StopHost Instance { get; } = new();
}

/// <summary>To the host actor: stop, and wait for nothing.</summary>
internal sealed record StopHostNow
{
    public static StopHostNow Instance { get; } = new();
}

/// <summary>All roles are ready and all sources run.</summary>
internal sealed record HostStarted;

/// <summary>A role could not open its sockets, or what comes before the roles did not start; nothing goes on.</summary>
/// <param name="Role">Null for what comes before the roles.</param>
/// <param name="Cause">Why.</param>
internal sealed record HostStartFailed(string? Role, Exception Cause);

/// <summary>The host has ended.</summary>
/// <param name="Undelivered">The roles whose messages no peer took in time.</param>
/// <param name="Unexpected">Whether it ended because every role had stopped by itself.</param>
internal sealed record HostEnded(IReadOnlyList<RoleStatus> Undelivered, bool Unexpected)
{
    /// <summary>Whose requests did not all end in a reply: of a host that stops when its sources have ended all, otherwise those in flight when it stopped.</summary>
    public IReadOnlyList<RequestsFailed> FailedRequests { get; init; } = [];
}
