using Actors.Transport;

namespace Actors;

/// <summary>A server behind a queue, as the queue knows it.</summary>
/// <param name="link">The socket that leads to it.</param>
/// <param name="id">The server's id, which stays the same when it comes back.</param>
/// <param name="name">The name in logs and reasons.</param>
internal abstract class QueueServer(SocketLink link, Guid id, string name)
{
    public SocketLink Link => link;

    public Guid Id => id;

    public string Name => name;

    /// <summary>The most requests that it has at once.</summary>
    public int Capacity { get; set; }

    public HashSet<QueuedRequest> InHand { get; } = [];

    /// <summary>Requests that have ended elsewhere while it still works on them.</summary>
    public HashSet<ulong> Owed { get; } = [];

    /// <summary>Repeats of what it has answered, which wait for it.</summary>
    public LinkedList<QueuedRequest> Repeats { get; } = new();

    public int Room => Capacity - InHand.Count - Owed.Count;

    /// <summary>The message as the socket sends it to this server.</summary>
    public abstract Message Address(Message message);

    /// <summary>The capacity, cut to what the socket queues for the server, so that one server cannot block the socket for the others.</summary>
    protected static int WithinHighWaterMark(SocketLink link, long capacity)
    {
        var mark = link.Spec.Settings.SendHighWaterMark;
        return (int)Math.Min(capacity, mark == 0 ? int.MaxValue : Math.Max(1, mark / 2));
    }
}
