using Actors.Transport;

namespace Actors;

/// <summary>How one try of a task ended.</summary>
public enum TryOutcome
{
    /// <summary>The peer, or the way to it, was gone before it acknowledged.</summary>
    PeerGone,

    /// <summary>No acknowledgement came within the deadline.</summary>
    DeadlinePassed,

    /// <summary>The peer gave the task back to be tried again.</summary>
    Returned,

    /// <summary>The peer said that no further try can help.</summary>
    Refused,
}

/// <summary>One try of a task that ended without an acknowledgement.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Peer">Who was to do it.</param>
/// <param name="Assigned">When it was sent, on the clock of the ledger.</param>
/// <param name="Ended">When it ended, on the same clock.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">What the peer said, where it said something.</param>
public sealed record TaskTry(int Number, string Peer, TimeSpan Assigned, TimeSpan Ended, TryOutcome Outcome, string? Detail);

/// <summary>Published on the event stream: a task was given up after its last try. It is accounted for, and never sent again.</summary>
/// <param name="Role">The role whose ledger it was in.</param>
/// <param name="Id">The task.</param>
/// <param name="Payload">What was to be worked on.</param>
/// <param name="History">Its tries, in order.</param>
public sealed record TaskDeadLettered(string Role, TaskId Id, Message Payload, IReadOnlyList<TaskTry> History);
