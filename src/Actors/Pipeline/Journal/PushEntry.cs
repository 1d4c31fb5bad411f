using Actors.Transport;

namespace Actors;

/// <summary>A change in the ledger of a push role, as its journal records it.</summary>
internal readonly record struct PushEntry : IJournalEntry
{
    public enum Change
    {
        Accepted,
        TryEnded,
        Acknowledged,
        DeadLettered,
    }

    public Change What { get; private init; }

    /// <summary>The number of the task in this journal.</summary>
    public long Number { get; private init; }

    /// <summary>The other half of the id of a task that was accepted.</summary>
    public long Origin { get; private init; }

    /// <summary>The payload of a task that was accepted.</summary>
    public Message? Payload { get; private init; }

    /// <summary>The source of a task that was accepted; null when it cannot be read again.</summary>
    public string? Source { get; private init; }

    /// <summary>The position in the source.</summary>
    public long Position { get; private init; }

    public TaskTry? Try { get; private init; }

    public bool IsAwaited => What == Change.Accepted;

    public bool MakesRoom => What is Change.Acknowledged or Change.DeadLettered;

    public static PushEntry Accepted(long number, long origin, Message payload, string? source, long position) =>
        new() { What = Change.Accepted, Number = number, Origin = origin, Payload = payload, Source = source, Position = position };

    public static PushEntry TryEnded(long number, TaskTry ended) => new() { What = Change.TryEnded, Number = number, Try = ended };

    public static PushEntry Acknowledged(long number) => new() { What = Change.Acknowledged, Number = number };

    public static PushEntry DeadLettered(long number) => new() { What = Change.DeadLettered, Number = number };
}

/// <summary>A task that was outstanding when the journal was last written.</summary>
/// <param name="Number">The number of the task in this journal.</param>
/// <param name="Origin">The other half of its id.</param>
/// <param name="Payload">The work.</param>
/// <param name="History">The tries that ended, with times of the clock that the host had then.</param>
internal sealed record RecoveredTask(long Number, long Origin, Message Payload, IReadOnlyList<TaskTry> History);
