using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Transport;

namespace Actors.Grains.Clustering;

/// <summary>
/// The transport of a cluster of one: it opens no socket, and nobody can be reached over it. Akka's cluster needs a transport and an address
/// even where there are no others.
/// </summary>
internal sealed class NoPeersTransport : Akka.Remote.Transport.Transport
{
    /// <summary>Made by Akka.</summary>
    public NoPeersTransport(ActorSystem system, Config config)
    {
        System = system;
        Config = config;
        SchemeIdentifier = "alone";
        MaximumPayloadBytes = 32_000;
    }

    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen() =>
        Task.FromResult((new Address(SchemeIdentifier, System.Name, "localhost", 1), new TaskCompletionSource<IAssociationEventListener>()));

    public override bool IsResponsibleFor(Address remote) => true;

    public override Task<AssociationHandle> Associate(Address remoteAddress) =>
        Task.FromException<AssociationHandle>(new InvalidAssociationException(
            $"{remoteAddress} cannot be reached: this is a cluster of one. Expected grains.cluster.nodes of 2 or more and seed nodes."));

    public override Task<bool> Shutdown() => Task.FromResult(true);
}
