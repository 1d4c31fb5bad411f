using Actors.Transport;
using Akka.Actor;

namespace Actors.Streams;

/// <summary>
/// A task of <see cref="ZmqSource.AcknowledgedPull"/>. The stream settles each: while it does not, the task takes a place of its
/// sender's credit, and after its deadline the sender sends it again.
/// </summary>
/// <remarks>
/// All members may be used from any thread and in any order of the tasks. What is settled after the stream's role has ended has no
/// effect: the sender sends the task again.
/// </remarks>
public sealed class Delivery
{
    private readonly IActorRef _role;
    private int _isSettled;

    internal Delivery(TaskId id, Message message, IActorRef role)
    {
        Id = id;
        Message = message;
        _role = role;
    }

    /// <summary>The task's id, the same each time that the task comes.</summary>
    public TaskId Id { get; }

    /// <summary>The work.</summary>
    public Message Message { get; }

    /// <summary>The work is done: the sender forgets the task. With a journal, after that is on record.</summary>
    /// <returns>False when it was settled before.</returns>
    public bool Acknowledge() => Settle(null);

    /// <summary>The work has failed: the sender tries again, at another peer where there is one, until its number of tries is over.</summary>
    /// <param name="reason">For people; it stands in the task's history at the sender.</param>
    /// <returns>False when it was settled before.</returns>
    public bool Reject(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return Settle(new InvalidOperationException(reason));
    }

    private bool Settle(Exception? failure)
    {
        if (Interlocked.Exchange(ref _isSettled, 1) != 0) return false;
        _role.Tell(new TasksRan([new TaskRan(Id, null, failure)]));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"Delivery({Id}, {Message})";
}
