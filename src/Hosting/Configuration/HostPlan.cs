using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace Actors.Hosting.Configuration;

/// <summary>What a configuration file asks for, checked: nothing is missing or misspelt, and every type is known.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Roles">In the order of the file.</param>
/// <param name="Engine">The engine of the sockets.</param>
/// <param name="System">The settings of the actor system.</param>
/// <param name="StartTimeout">How long all roles together may take to open.</param>
/// <param name="ReadyTimeout">How long the sources wait for roles that are not ready.</param>
/// <param name="StopTimeout">How long stopping may take.</param>
/// <param name="StopWhenDone">Whether the host stops by itself when its sources have ended.</param>
/// <param name="Warnings">What works, and is hardly what the author of the file wanted.</param>
internal sealed record HostPlan(
    ConfigFile File,
    IReadOnlyList<RolePlan> Roles,
    string Engine,
    Config System,
    TimeSpan StartTimeout,
    TimeSpan ReadyTimeout,
    TimeSpan StopTimeout,
    bool StopWhenDone,
    IReadOnlyList<ConfigWarning> Warnings)
{
    /// <summary>What the program has of its own in the file; null when the file has nothing of it.</summary>
    public PlanPart? Part { get; init; }

    /// <summary>What the program sets up in the actor system beside its configuration; null for nothing.</summary>
    public Setup? Setup { get; init; }

    /// <summary>What the program has of its own in the section <c>host</c>; null for a program that adds nothing to it.</summary>
    public HostExtras? Extras { get; init; }
}

/// <summary>One role to start.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Pattern">What it is.</param>
/// <param name="Role">How to create it.</param>
/// <param name="Endpoints">As configured, for display.</param>
/// <param name="Contract">What it promises.</param>
/// <param name="Source">How to create its source, given the role; null when it has none.</param>
internal sealed record RolePlan(string Name, RolePattern Pattern, Props Role, IReadOnlyList<string> Endpoints, RoleContract Contract, Func<IActorRef, Props>? Source);
