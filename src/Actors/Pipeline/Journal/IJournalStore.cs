namespace Actors;

/// <summary>An entry of a journal.</summary>
internal interface IJournalEntry
{
    /// <summary>True when the role waits until the entry is durable.</summary>
    bool IsAwaited { get; }

    /// <summary>True when the entry makes room in the file, and so comes first in a full one.</summary>
    bool MakesRoom { get; }
}

/// <summary>The writer of a journal as its role sees it.</summary>
internal interface IJournalWriter
{
    /// <summary>Opens the file and reads it; <see cref="JournalOpened"/> or <see cref="JournalNotOpened"/> follows.</summary>
    void Start();

    /// <summary>
    /// Writes what has gathered, if the disk allows, and closes the file. Blocks meanwhile, so that the
    /// next role of that file finds it free; false when it took too long.
    /// </summary>
    bool Close();

    /// <summary>What was written since it was opened. Read it from any thread.</summary>
    JournalStatus Status { get; }

    /// <summary>The size of its files and what was written since it was opened. Read it from any thread.</summary>
    JournalStatistics Statistics { get; }

    /// <summary>The awaited entries that were not durable when the journal was closed.</summary>
    int Unwritten { get; }
}

/// <summary>The tables of one kind of journal.</summary>
/// <remarks>Called on the thread of the journal's writer. Only what was recovered is read by the role, once it has been told.</remarks>
internal interface IJournalStore<TEntry>
    where TEntry : struct, IJournalEntry
{
    JournalKind Kind { get; }

    /// <summary>Prepares the statements for a file that was opened, for the first time or again.</summary>
    void Attach(JournalFile file);

    /// <summary>Reads what the file holds; called once.</summary>
    void Recover();

    /// <summary>
    /// Writes these entries inside a transaction. Entries may be written twice, when a commit succeeded although it seemed
    /// to fail.
    /// </summary>
    void Write(ReadOnlySpan<TEntry> entries);

    /// <summary>The entries written last are durable.</summary>
    void Committed();
}
