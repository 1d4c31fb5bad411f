namespace Actors;

/// <summary>From a journal to its role. The role ignores a journal that is no longer its own.</summary>
/// <param name="Journal">The writer that tells it.</param>
internal abstract record JournalMessage(object Journal);

/// <summary>The file is open, and its content is read.</summary>
internal sealed record JournalOpened(object Journal) : JournalMessage(Journal);

/// <summary>The file could not be opened, and is not tried again.</summary>
internal sealed record JournalNotOpened(object Journal, JournalException Cause) : JournalMessage(Journal);

/// <summary>This many more of the awaited entries are durable, in the order in which they were written.</summary>
internal sealed record JournalCommitted(object Journal, int Awaited) : JournalMessage(Journal);

/// <summary>A commit failed, and is tried again after that time.</summary>
internal sealed record JournalStalled(object Journal, JournalException Cause, TimeSpan RetryIn) : JournalMessage(Journal);

/// <summary>A commit succeeded after others had failed.</summary>
internal sealed record JournalResumed(object Journal) : JournalMessage(Journal);

/// <summary>The writer has ended by an error of its own, not of the disk.</summary>
internal sealed record JournalBroken(object Journal, Exception Cause) : JournalMessage(Journal);
