using Actors.Transport;

namespace Actors;

/// <summary>A server behind a queue, as the queue knows it.</summary>
/// <param name="link">The socket that leads to it.</param>
/// <param name="id">Which one it is, also when it comes back.</param>
/// <param name="name">For logs and reasons.</param>
internal abstract class QueueServer(SocketLink link, Guid id, string name)
{
    public SocketLink Link => link;

    public Guid Id => id;

    public string Name => name;

    /// <summary>How many requests it may have at once.</summary>
    public int Capacity { get; set; }

    public HashSet<QueuedRequest> InHand { get; } = [];

    /// <summary>Requests that have ended without it and that it still works on.</summary>
    public HashSet<ulong> Owed { get; } = [];

    /// <summary>Repeats of what it has answered, which wait for it.</summary>
    public LinkedList<QueuedRequest> Repeats { get; } = new();

    public int Room => Capacity - InHand.Count - Owed.Count;

    /// <summary>The message as the socket sends it to this server.</summary>
    public abstract Message Address(Message message);

    /// <summary>A server that gives more capacity than its socket's queue is long must not block it for the others.</summary>
    protected static int WithinHighWaterMark(SocketLink link, long capacity)
    {
        var mark = link.Spec.Settings.SendHighWaterMark;
        return (int)Math.Min(capacity, mark == 0 ? int.MaxValue : Math.Max(1, mark / 2));
    }
}
