using Akka.Actor;
using Akka.DependencyInjection;

namespace Actors.Hosting;

/// <summary>A role to start with the actor system.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">The type by which the app finds it; null for a role that it finds by name only.</param>
/// <param name="IsNamedByKey">Whether its name is its key's.</param>
/// <param name="Turn">When it drains at the stop.</param>
/// <param name="Contract">What it promises.</param>
/// <param name="IsInjected">Whether its handler is made by dependency injection.</param>
/// <param name="Props">How to create it.</param>
internal sealed record RoleRegistration(string Name, Type? Key, bool IsNamedByKey, StopTurn Turn, RoleContract Contract, bool IsInjected, RoleSource Props);

/// <summary>Makes the props of a role.</summary>
/// <param name="resolver">Makes its handler, if that is to be injected.</param>
/// <param name="made">Told each time that such a handler was made, or why it cannot be; on any thread.</param>
internal delegate Props RoleSource(IDependencyResolver resolver, Action<Exception?> made);

/// <summary>The handler of a role.</summary>
/// <param name="IsInjected">Whether it is made by dependency injection.</param>
/// <param name="Props">Makes its props; the arguments are those of <see cref="RoleSource"/>.</param>
internal sealed record HandlerSource(bool IsInjected, Func<IDependencyResolver, Action<Exception?>, Props> Props);
