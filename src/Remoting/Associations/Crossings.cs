using Actors.Remoting.Sockets;
using Akka.Actor;

namespace Actors.Remoting.Associations;

/// <summary>
/// Lets one connection stand where a node that was restarted connects to one that is just connecting to its former process. With both, Akka is
/// lost: the older node gives up its own attempt, but nobody closes the connection that this attempt still makes. The new process reads from that
/// connection, and never gets an answer. The new process decides which one stands, because it alone sees both on one thread: the one that was
/// there first. For the thread of the loop.
/// </summary>
/// <param name="incarnation">Of this process.</param>
/// <param name="open">The associations whose connection stands.</param>
/// <param name="time">Tells how long a connection has stood.</param>
internal sealed class Crossings(ulong incarnation, OpenAssociations open, TimeProvider time)
{
    /// <summary>What a node that means the former process waits for its refusal.</summary>
    public static readonly TimeSpan RefusalDelay = TimeSpan.FromSeconds(2);

    private readonly HashSet<Dial> _dials = new(ReferenceEqualityComparer.Instance);

    /// <summary>The process at each address.</summary>
    public Incarnations Incarnations { get; } = new(time);

    /// <summary>An attempt to connect begins. Says why it must not; null when it may.</summary>
    public string? Begin(Dial dial)
    {
        // Akka hears of the other connection soon, and needs none then. The limit is for the case that it does not.
        foreach (var association in open.All)
        {
            if (association is { IsLeaving: false, MistakenSince: { } since } && association.RemoteAddress == dial.Remote && time.GetElapsedTime(since) < Incarnations.Settling)
                return "the node has connected itself, as to the former process at this address";
        }
        _dials.Add(dial);
        return null;
    }

    /// <summary>An attempt to connect is over.</summary>
    public void End(Dial dial) => _dials.Remove(dial);

    /// <summary>Whether a node that connects means a process that had this address before; a timestamp of now then, null otherwise.</summary>
    /// <param name="believed">The incarnation that the node expects here.</param>
    public long? Mistaken(ulong believed) => believed == Incarnations.None || believed == incarnation ? null : time.GetTimestamp();

    /// <summary>This process connects to a node, or has connected to it.</summary>
    public bool IsBegunHere(Address node)
        => _dials.Any(dial => dial.Remote == node) || open.All.Any(association => association is { IsBegunHere: true, IsLeaving: false } && association.RemoteAddress == node);
}
