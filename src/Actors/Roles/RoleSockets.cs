using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// Opens the sockets of all roles of an actor system: on the transport, unless a test puts a simulated network in its place
/// before it starts roles.
/// </summary>
/// <remarks>An Akka extension. Safe to use from any thread.</remarks>
internal sealed class RoleSockets(ActorSystem system) : IExtension
{
    /// <summary>Opens a socket for a role, which receives all that the socket reports. Null, the default, is the transport.</summary>
    public Action<SocketSpec, IActorRef>? Simulated { get; set; }

    /// <summary>Read once by each role, when it starts. The first read starts the transport.</summary>
    public Action<SocketSpec, IActorRef> Open => Simulated ?? ZmqTransport.Of(system).Open;

    public static RoleSockets Of(ActorSystem system) => system.WithExtension<RoleSockets, Provider>();

    private sealed class Provider : ExtensionIdProvider<RoleSockets>
    {
        public override RoleSockets CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
