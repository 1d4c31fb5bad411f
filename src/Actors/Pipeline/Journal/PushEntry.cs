using Actors.Transport;

namespace Actors;

/// <summary>What happens in the ledger of a push role, as its journal records it.</summary>
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

    /// <summary>Of the task, among those that this journal holds.</summary>
    public long Number { get; private init; }

    /// <summary>The other half of the id of a task that was accepted.</summary>
    public long Origin { get; private init; }

    /// <summary>Of a task that was accepted.</summary>
    public Message? Payload { get; private init; }

    /// <summary>Where a task that was accepted comes from; null when it cannot be read again.</summary>
    public string? Source { get; private init; }

    /// <summary>Where in the source it stands.</summary>
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
/// <param name="Number">Of the task in this journal.</param>
/// <param name="Origin">The other half of its id.</param>
/// <param name="Payload">What is to be worked on.</param>
/// <param name="History">The tries that ended; their times are those of the clock of the host then.</param>
internal sealed record RecoveredTask(long Number, long Origin, Message Payload, IReadOnlyList<TaskTry> History);
