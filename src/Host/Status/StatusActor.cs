using Actors.Hosting.Configuration;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Host.Status;

/// <summary>
/// Knows the state of each role of the host: the host actor tells which there are, the event stream what becomes of them. It
/// asks a role for something only when its sockets have changed, so that a status costs the roles nothing.
/// </summary>
internal sealed class StatusActor : UntypedActor
{
    private readonly TimeProvider _clock;
    private readonly List<ReportedRole> _roles = [];
    private readonly PeerBook _peers = new();
    private HostPlan _plan;
    private readonly List<IActorRef> _whoAwaitOpen = [];
    private HostState _state = HostState.Starting;

    /// <param name="plan">The plan that the host starts with.</param>
    /// <param name="clock">Tells when peers came.</param>
    public StatusActor(HostPlan plan, TimeProvider clock)
    {
        _plan = plan;
        _clock = clock;
    }

    protected override void PreStart()
    {
        foreach (var type in new[] { typeof(RoleReady), typeof(RoleFailed), typeof(PeerConnected), typeof(PeerDisconnected) }) Context.System.EventStream.Subscribe(Self, type);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PeerConnected came: _peers.Add(came, _clock.GetUtcNow()); break;
            case PeerDisconnected gone: _peers.Remove(gone); break;
            case CollectStatus: Sender.Tell(new CollectedStatus(_state, Reports()), Self); break;
            case CollectOpenStatus: _whoAwaitOpen.Add(Sender); break;
            case HostStateChanged changed: _state = changed.State; break;
            case PlanInForce changed: _plan = changed.Plan; break;
            case RoleStarted started: OnStarted(started); break;
            case RoleDraining draining: Of(draining.Role)?.Draining(); break;
            case RoleOpen: OnOpen(Of(Sender)); break;
            case RoleReady ready when Of(ready.Role) is { } role:
                role.Ready();
                role.Role.Tell(GetSocketsInForce.Instance, Self);
                break;
            case RoleFailed failed when Of(failed.Role) is { } role: OnFailed(role, failed); break;
            case SocketsInForce sockets when Of(Sender) is { } role: OnSockets(role, sockets); break;
            case Terminated ended when Of(ended.ActorRef) is { } role: OnStopped(role); break;
            // The role has stopped or failed, of which other messages tell.
            case RoleReady or RoleFailed or SocketsInForce or Terminated or Akka.Actor.Status.Failure: break;
            default: Unhandled(message); break;
        }
        if (_whoAwaitOpen.Count > 0 && _roles.TrueForAll(role => role.HasToldSockets)) AnswerOpen();
    }

    private void AnswerOpen()
    {
        foreach (var asker in _whoAwaitOpen) asker.Tell(new CollectedStatus(_state, Reports()), Self);
        _whoAwaitOpen.Clear();
    }

    private void OnStarted(RoleStarted started)
    {
        _roles.RemoveAll(role => role.Plan.Name == started.Plan.Name);
        var bound = EndpointKey.Bound(_plan.File, started.Plan.Name).Select(one => one.Endpoint).ToHashSet();
        _roles.Add(new ReportedRole(started.Plan, started.Role, [.. started.Plan.Endpoints.Select(address => new EndpointReport(address, bound.Contains(address), started.Plan.Name))]));
        Context.Watch(started.Role);
        started.Role.Tell(WhenOpen.Instance, Self);
    }

    private void OnOpen(ReportedRole? role)
    {
        role?.Opened();
        role?.Role.Tell(GetSocketsInForce.Instance, Self);
    }

    private void OnFailed(ReportedRole role, RoleFailed failed)
    {
        role.Failed(failed.Cause.Message);
        role.Role.Tell(GetSocketsInForce.Instance, Self);
        role.Role.Tell(WhenOpen.Instance, Self);
    }

    private void OnSockets(ReportedRole role, SocketsInForce sockets)
    {
        if (role.State == RoleState.Stopped) return;
        role.Sockets = sockets.Sockets;
        // The connections of a socket end with it, and nothing else tells so.
        foreach (var socket in sockets.Sockets.Where(socket => socket.Bound.Count + socket.Connected.Count == 0)) _peers.Clear(socket.Name);
    }

    private void OnStopped(ReportedRole role)
    {
        foreach (var socket in role.Sockets) _peers.Clear(socket.Name);
        role.Stopped();
    }

    private ReportedRole? Of(string name) => _roles.Find(role => role.Plan.Name == name);

    private ReportedRole? Of(IActorRef actor) => _roles.Find(role => role.Role.Equals(actor));

    private IReadOnlyList<RoleReport> Reports()
    {
        var counts = RoleTelemetry.Of(Context.System);
        var reports = new List<RoleReport>();
        foreach (var plan in _plan.Roles)
            if (Of(plan.Name) is { } role) reports.Add(role.Report(counts.Find(plan.Name), _peers));
        return reports;
    }
}
