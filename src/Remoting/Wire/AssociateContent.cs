using Akka.Actor;

namespace Actors.Remoting.Wire;

/// <summary>What an ASSOCIATE tells.</summary>
/// <param name="Origin">The address of the node that has sent it.</param>
/// <param name="Incarnation">Tells its process from others that had the address before.</param>
/// <param name="Believed">The incarnation that it believes to be at the address to which it connects, 0 when it knows none.</param>
internal sealed record AssociateContent(Address Origin, ulong Incarnation, ulong Believed);
