using System.Collections.Concurrent;
using Akka.Actor;

namespace Actors;

/// <summary>
/// Keeps what the ends of a failed role know until the next instance takes it over, because an error in
/// a role's code must not cost the ledger.
/// </summary>
/// <remarks>An Akka extension. Safe to use from any thread.</remarks>
internal sealed class RestartMemory : IExtension
{
    private readonly ConcurrentDictionary<IActorRef, IReadOnlyList<PipelineEnd>> _kept = new();

    public static RestartMemory Of(ActorSystem system) => system.WithExtension<RestartMemory, Provider>();

    public void Keep(IActorRef role, IReadOnlyList<PipelineEnd> ends) => _kept[role] = ends;

    /// <summary>The ends of the instance before; empty when there was none.</summary>
    public IReadOnlyList<PipelineEnd> Take(IActorRef role) => _kept.TryRemove(role, out var ends) ? ends : [];

    private sealed class Provider : ExtensionIdProvider<RestartMemory>
    {
        public override RestartMemory CreateExtension(ExtendedActorSystem system) => new();
    }
}
