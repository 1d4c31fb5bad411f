using Akka.Actor;

namespace Actors.Hosting;

/// <summary>The roles that <see cref="ZeroMqHosting.WithZeroMq"/> has started in an actor system, and how each of them is.</summary>
/// <remarks>An Akka extension. All members may be called from any thread.</remarks>
public sealed class ZeroMqRoles : IExtension
{
    private readonly Lock _lock = new();
    private readonly List<HostedRole> _roles = [];

    private ZeroMqRoles()
    {
    }

    /// <summary>All roles, in the order in which they were added.</summary>
    public IReadOnlyList<HostedRole> All
    {
        get
        {
            lock (_lock) return [.. _roles];
        }
    }

    /// <summary>True from the beginning of the orderly stop on.</summary>
    public bool IsStopping { get; internal set; }

    /// <summary>The role of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the exception names those that there are.</exception>
    public HostedRole this[string name]
    {
        get
        {
            lock (_lock)
                return _roles.Find(role => role.Name == name)
                    ?? throw new KeyNotFoundException($"there is no role \"{name}\"; there {(_roles.Count == 0 ? "is none" : $"are {string.Join(", ", _roles.Select(role => role.Name))}")}");
        }
    }

    /// <summary>The roles of <paramref name="system"/>; none where it has been given none.</summary>
    public static ZeroMqRoles Of(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.WithExtension<ZeroMqRoles, Provider>();
    }

    internal void Add(HostedRole role)
    {
        lock (_lock) _roles.Add(role);
    }

    /// <summary>Sets what has changed of the role of that name, if there is one.</summary>
    internal void Change(string name, Func<HostedRole, HostedRole> change)
    {
        lock (_lock)
        {
            var index = _roles.FindIndex(role => role.Name == name);
            if (index >= 0) _roles[index] = change(_roles[index]);
        }
    }

    private sealed class Provider : ExtensionIdProvider<ZeroMqRoles>
    {
        public override ZeroMqRoles CreateExtension(ExtendedActorSystem system) => new();
    }
}

/// <summary>A role of an app, as it is at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">The role.</param>
/// <param name="Condition">How far it has come.</param>
/// <param name="Endpoints">The endpoints in force, with the port that the system chose in place of a bound port 0; empty until its sockets are open.</param>
/// <param name="Reason">Why it is not ready; null when it is.</param>
public sealed record HostedRole(string Name, IActorRef Role, RoleCondition Condition, IReadOnlyList<string> Endpoints, string? Reason);

/// <summary>How far a role has come.</summary>
public enum RoleCondition
{
    /// <summary>It opens its sockets, for the first time or again after a failure.</summary>
    Opening,

    /// <summary>Its sockets are open; a subscriber waits for its subscriptions to be in force.</summary>
    Open,

    /// <summary>It can do its work.</summary>
    Ready,

    /// <summary>It has stopped, and is not started again.</summary>
    Stopped,
}
