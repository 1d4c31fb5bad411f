namespace Actors;

/// <summary>To a role, from its journal. The role ignores what comes from a journal that is not its own any more.</summary>
/// <param name="Journal">The writer that tells it.</param>
internal abstract record JournalMessage(object Journal);

/// <summary>The file is open, and its content has been read.</summary>
internal sealed record JournalOpened(object Journal) : JournalMessage(Journal);

/// <summary>The file could not be opened, and is not tried again.</summary>
internal sealed record JournalNotOpened(object Journal, JournalException Cause) : JournalMessage(Journal);

/// <summary>So many more of the entries that are awaited are durable, in the order in which they were written.</summary>
internal sealed record JournalCommitted(object Journal, int Awaited) : JournalMessage(Journal);

/// <summary>A commit failed, and is tried again after that time.</summary>
internal sealed record JournalStalled(object Journal, JournalException Cause, TimeSpan RetryIn) : JournalMessage(Journal);

/// <summary>A commit succeeded after others had failed.</summary>
internal sealed record JournalResumed(object Journal) : JournalMessage(Journal);

/// <summary>The writer has ended by an error that is not the disk's.</summary>
internal sealed record JournalBroken(object Journal, Exception Cause) : JournalMessage(Journal);
