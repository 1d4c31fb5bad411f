using Actors.Hosting.Configuration;
using Akka.Actor;

namespace Actors.Host.Status;

/// <summary>What is known of one role.</summary>
/// <remarks>Belongs to one actor; not safe for concurrent use.</remarks>
internal sealed class ReportedRole(RolePlan plan, IActorRef role, IReadOnlyList<EndpointReport> configured)
{
    public RolePlan Plan => plan;

    public IActorRef Role => role;

    public RoleState State { get; private set; } = RoleState.Opening;

    public string? Failure { get; private set; }

    /// <summary>Empty until the role has told them.</summary>
    public IReadOnlyList<SocketInForce> Sockets { get; set; } = [];

    /// <summary>Whether the endpoints of its report are those in force, or it has none that are.</summary>
    public bool HasToldSockets => State is RoleState.Failed or RoleState.Stopped || Sockets.Any(socket => socket.Bound.Count + socket.Connected.Count > 0);

    /// <summary>All sockets are open.</summary>
    public void Opened()
    {
        if (State is RoleState.Opening or RoleState.Failed) (State, Failure) = (RoleState.Open, null);
    }

    public void Ready()
    {
        if (State is RoleState.Opening or RoleState.Failed or RoleState.Open) (State, Failure) = (RoleState.Ready, null);
    }

    public void Failed(string cause)
    {
        Failure = cause;
        if (State is not (RoleState.Draining or RoleState.Stopped)) State = RoleState.Failed;
    }

    public void Draining()
    {
        if (State != RoleState.Stopped) State = RoleState.Draining;
    }

    public void Stopped()
    {
        State = RoleState.Stopped;
        Sockets = [];
    }

    /// <param name="counts">What the role has counted; null before it counts.</param>
    /// <param name="peers">Those of all sockets.</param>
    public RoleReport Report(RoleStatistics? counts, PeerBook peers)
    {
        IReadOnlyList<EndpointReport> endpoints = Sockets.Any(socket => socket.Bound.Count + socket.Connected.Count > 0)
            ?
            [
                .. Sockets.SelectMany(socket => socket.Bound.Select(address => new EndpointReport(address, Bound: true, socket.Name))
                    .Concat(socket.Connected.Select(address => new EndpointReport(address, Bound: false, socket.Name)))),
            ]
            : configured;
        return new RoleReport(
            plan.Name,
            RolePatterns.Words.First(known => known.Pattern == plan.Pattern).Word,
            State,
            endpoints,
            peers.Of(Sockets.Select(socket => socket.Name)),
            counts?.Received ?? 0,
            counts?.Sent ?? 0,
            counts?.Waiting ?? 0,
            counts?.Dropped.ToDictionary(dropped => DropReasons.WordOf(dropped.Key), dropped => dropped.Value) ?? [],
            counts?.Reconnects ?? 0) { Failure = Failure };
    }
}
