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

    /// <summary>The end of a simulated role's sockets; set together with <see cref="Simulated"/>.</summary>
    public Func<IActorRef, Task>? SimulatedClosed { get; set; }

    /// <summary>Ends when the sockets of a role that has stopped are closed, have had so much time to deliver what they had, and have reported what they lost.</summary>
    public Task Closed(IActorRef role, TimeSpan linger) => SimulatedClosed?.Invoke(role) ?? ZmqTransport.Of(system).Closed(role, linger);

    public static RoleSockets Of(ActorSystem system) => system.WithExtension<RoleSockets, Provider>();

    private sealed class Provider : ExtensionIdProvider<RoleSockets>
    {
        public override RoleSockets CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
