using Actors.Transport;

namespace Actors;

/// <summary>How one try of a task ended.</summary>
public enum TryOutcome
{
    /// <summary>The peer or its connection was gone before it acknowledged.</summary>
    PeerGone,

    /// <summary>No acknowledgement came within the deadline.</summary>
    DeadlinePassed,

    /// <summary>The peer gave the task back for another try.</summary>
    Returned,

    /// <summary>The peer said that no further try can help.</summary>
    Refused,
}

/// <summary>One try of a task that ended without an acknowledgement.</summary>
/// <param name="Number">The number of the try, from 1.</param>
/// <param name="Peer">The peer that had the task.</param>
/// <param name="Assigned">The time when it was sent, on the clock of the ledger.</param>
/// <param name="Ended">The time when it ended, on the same clock.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">The peer's reason; null when it gave none.</param>
public sealed record TaskTry(int Number, string Peer, TimeSpan Assigned, TimeSpan Ended, TryOutcome Outcome, string? Detail);

/// <summary>Published on the event stream: a task was given up after its last try, and is never sent again.</summary>
/// <param name="Role">The role whose ledger it was in.</param>
/// <param name="Id">The task.</param>
/// <param name="Payload">What was to be worked on.</param>
/// <param name="History">Its tries, in order.</param>
public sealed record TaskDeadLettered(string Role, TaskId Id, Message Payload, IReadOnlyList<TaskTry> History);
