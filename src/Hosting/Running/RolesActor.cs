using System.Collections.Concurrent;
using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Event;
using Akka.Hosting;

namespace Actors.Hosting;

/// <summary>
/// The parent of an app's roles: starts them, keeps <see cref="ZeroMqRoles"/> up to date, and drains them when it is told
/// <see cref="StopRoles"/>.
/// </summary>
internal sealed class RolesActor : UntypedActor, IWithTimers
{
    private readonly IReadOnlyList<RoleRegistration> _registrations;
    private readonly TimeSpan _startTimeout;
    private readonly IActorRegistry _registry;
    private readonly IDependencyResolver _resolver;
    private readonly TaskCompletionSource _started;
    private readonly ZeroMqRoles _roles = ZeroMqRoles.Of(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<IActorRef, RoleRegistration> _running = [];
    private readonly HashSet<IActorRef> _opening = [];
    private readonly HashSet<string> _withoutHandler = [];

    // Also written where handlers are made.
    private readonly ConcurrentDictionary<string, Exception> _causes = [];
    private RoleDrain? _drain;
    private IActorRef _stopper = ActorRefs.Nobody;

    /// <param name="registrations">The roles to start.</param>
    /// <param name="startTimeout">The time for all of them to open.</param>
    /// <param name="registry">Where the app finds them.</param>
    /// <param name="resolver">Makes handlers.</param>
    /// <param name="started">Ends when all roles are open, or with the cause why one cannot be.</param>
    public RolesActor(IReadOnlyList<RoleRegistration> registrations, TimeSpan startTimeout, IActorRegistry registry, IDependencyResolver resolver, TaskCompletionSource started)
    {
        _registrations = registrations;
        _startTimeout = startTimeout;
        _registry = registry;
        _resolver = resolver;
        _started = started;
    }

    /// <summary>Set by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    private bool IsStarted => _started.Task.IsCompleted;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
    {
        var directive = Akka.Actor.SupervisorStrategy.DefaultDecider.Decide(cause);
        OnFault(Sender, cause is ActorInitializationException { InnerException: { } inner } ? inner : cause, directive);
        return directive;
    });

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(RoleFailed));
        Context.System.EventStream.Subscribe(Self, typeof(RoleReady));
        foreach (var registration in _registrations) Start(registration);
        Timers.StartSingleTimer(StartDeadline.Instance, StartDeadline.Instance, _startTimeout);
        CheckStarted();
    }

    protected override void PostStop() => _started.TrySetException(new RoleStartException(Self.Path.Name, new InvalidOperationException("the actor system was stopped while its roles were opening")));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RoleOpen open: OnOpen(open); break;
            case RoleReady ready: _roles.Change(ready.Role, role => role with { Condition = RoleCondition.Ready, Endpoints = ready.Endpoints, Reason = null }); break;
            case RoleFailed failed: OnFailed(failed); break;
            case HandlerMade made:
                if (_withoutHandler.Remove(made.Role)) CheckStarted();
                break;
            // The role stops or restarts, of which supervision tells more.
            case Status.Failure: break;
            case StartDeadline: OnStartDeadline(); break;
            case StopRoles stop when _drain is null: OnStop(stop); break;
            case RoleDrained: OnDrained(Sender); break;
            case NextTurn: Begin(_drain?.Next()); break;
            case StopDeadline: OnStopDeadline(); break;
            case RoleStatus status: OnStatus(status); break;
            case Terminated ended: OnTerminated(ended.ActorRef); break;
            default: Unhandled(message); break;
        }
    }

    private void Start(RoleRegistration registration)
    {
        var role = Context.Watch(Context.ActorOf(registration.Props(_resolver, MadeFor(registration.Name)), Uri.EscapeDataString(registration.Name)));
        _running.Add(role, registration);
        _opening.Add(role);
        if (registration.IsInjected) _withoutHandler.Add(registration.Name);
        _roles.Add(new HostedRole(registration.Name, role, RoleCondition.Opening, [], "it opens its sockets"));
        if (IsFoundByKey(registration)) _registry.TryRegister(registration.Key!, role, overwrite: false);
        role.Tell(WhenOpen.Instance, Self);
        role.Tell(WhenReady.Instance, Self);
    }

    /// <summary>Handlers are made on other threads; the cause of a failure is to be there before its role is seen to stop.</summary>
    private Action<Exception?> MadeFor(string name)
    {
        var self = Self;
        return failure =>
        {
            if (failure is null) self.Tell(new HandlerMade(name));
            else _causes[name] = failure;
        };
    }

    /// <summary>Of several roles with one key, the one that is named by it, if there is one.</summary>
    private bool IsFoundByKey(RoleRegistration registration) =>
        registration.Key is not null && (registration.IsNamedByKey || _registrations.Count(other => other.Key == registration.Key) == 1);

    private void OnOpen(RoleOpen open)
    {
        _roles.Change(open.Role, role => role.Condition == RoleCondition.Ready ? role : role with { Condition = RoleCondition.Open, Endpoints = open.Endpoints, Reason = "its sockets are open, and no peer has confirmed its subscriptions yet" });
        _opening.Remove(Sender);
        CheckStarted();
    }

    private void CheckStarted()
    {
        if (_opening.Count > 0 || _withoutHandler.Count > 0) return;
        Timers.Cancel(StartDeadline.Instance);
        _started.TrySetResult();
    }

    private void OnFailed(RoleFailed failed)
    {
        if (!_running.Values.Any(role => role.Name == failed.Role)) return;
        _causes[failed.Role] = failed.Cause;
        if (!IsStarted)
        {
            OnStartFailure(failed.Role, failed.Cause);
            return;
        }
        if (failed.RetryIn == Timeout.InfiniteTimeSpan) return;
        _log.Warning("{0}: {1}; its socket is opened again in {2} ms", failed.Role, failed.Cause.Message, failed.RetryIn.TotalMilliseconds);
        _roles.Change(failed.Role, role => role with { Condition = RoleCondition.Opening, Endpoints = [], Reason = $"its socket failed and is opened again: {failed.Cause.Message}" });
    }

    /// <summary>An exception in the role's own code.</summary>
    private void OnFault(IActorRef role, Exception cause, Directive directive)
    {
        if (!_running.TryGetValue(role, out var registration)) return;
        _causes[registration.Name] = cause;
        if (directive != Directive.Restart) return;
        if (!IsStarted) OnStartFailure(registration.Name, cause);
        else _roles.Change(registration.Name, now => now with { Condition = RoleCondition.Opening, Endpoints = [], Reason = $"it was restarted: {cause.Message}" });
    }

    private void OnStartDeadline()
    {
        if (IsStarted) return;
        var late = _opening.Count > 0 ? _running[_opening.First()].Name : _withoutHandler.First();
        OnStartFailure(late, new TimeoutException($"it did not {(_opening.Count > 0 ? "open its sockets" : "make its handler")} within {_startTimeout.TotalMilliseconds} ms"));
    }

    private void OnStartFailure(string role, Exception cause)
    {
        if (!_started.TrySetException(new RoleStartException(role, cause))) return;
        foreach (var hosted in _roles.All) _roles.Change(hosted.Name, now => now with { Condition = RoleCondition.Stopped, Endpoints = [], Reason = hosted.Name == role ? cause.Message : $"{role} could not start" });
        Context.Stop(Self);
    }

    private void OnTerminated(IActorRef ended)
    {
        if (!_running.Remove(ended, out var role)) return;
        _opening.Remove(ended);
        var cause = _causes.GetValueOrDefault(role.Name);
        var reason = cause?.Message ?? "it stopped, or its handler has";
        if (_drain is null)
        {
            if (!IsStarted)
            {
                OnStartFailure(role.Name, cause ?? new InvalidOperationException(reason));
                return;
            }
            _log.Error("{0} has stopped and is not started again: {1}", role.Name, reason);
        }
        _roles.Change(role.Name, now => now with { Condition = RoleCondition.Stopped, Endpoints = [], Reason = reason });
        _drain?.Forget(ended);
        OnDrained(ended);
    }

    private void OnStop(StopRoles stop)
    {
        _stopper = Sender;
        _drain = new RoleDrain(_running.Select(role => (role.Key, role.Value.Turn)));
        Timers.StartSingleTimer(StopDeadline.Instance, StopDeadline.Instance, stop.Most);
        Timers.StartPeriodicTimer(NextTurn.Instance, NextTurn.Instance, Max(stop.Most / RoleDrain.Turns, TimeSpan.FromMilliseconds(1)));
        Begin(_drain.Next());
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void Begin(IReadOnlyList<IActorRef>? turn)
    {
        foreach (var role in turn ?? []) role.Tell(DrainRole.Instance, Self);
        if (turn?.Count == 0) Self.Tell(NextTurn.Instance);
        else EndIfDrained();
    }

    private void OnDrained(IActorRef role)
    {
        // A turn that ends early leaves its time to the next.
        if (_drain?.Drained(role) == true && !EndIfDrained()) Self.Tell(NextTurn.Instance);
    }

    /// <summary>What has not drained by now is not delivered; it is counted, and the end comes all the same.</summary>
    private void OnStopDeadline()
    {
        Timers.Cancel(NextTurn.Instance);
        _drain!.EndTurns();
        foreach (var role in _drain.Draining) role.Tell(GetRoleStatus.Instance, Self);
        EndIfDrained();
    }

    private void OnStatus(RoleStatus status)
    {
        _drain?.NotDrained(Sender, status);
        EndIfDrained();
    }

    private bool EndIfDrained()
    {
        if (_drain?.IsAtEnd != true) return false;
        Timers.CancelAll();
        _stopper.Tell(new RolesStopped(_drain.Undelivered), Self);
        return true;
    }

    private sealed record HandlerMade(string Role);

    private sealed record StartDeadline
    {
        public static StartDeadline Instance { get; } = new();
    }

    private sealed record NextTurn
    {
        public static NextTurn Instance { get; } = new();
    }

    private sealed record StopDeadline
    {
        public static StopDeadline Instance { get; } = new();
    }
}

/// <summary>To the parent of the roles: drain them, and answer with <see cref="RolesStopped"/>.</summary>
/// <param name="Most">The time that draining may take.</param>
internal sealed record StopRoles(TimeSpan Most);

/// <summary>The roles have drained, or have had their time.</summary>
/// <param name="Undelivered">Those that had not drained.</param>
internal sealed record RolesStopped(IReadOnlyList<RoleStatus> Undelivered);
