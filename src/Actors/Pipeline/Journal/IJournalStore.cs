namespace Actors;

/// <summary>What a journal writes down, one after the other.</summary>
internal interface IJournalEntry
{
    /// <summary>Whether the role waits until it is durable.</summary>
    bool IsAwaited { get; }

    /// <summary>Whether it makes room in the file, and so has to come first where there is none.</summary>
    bool MakesRoom { get; }
}

/// <summary>The writer of a journal, as its role sees it, whatever the entries are.</summary>
internal interface IJournalWriter
{
    /// <summary>Opens the file and reads it; <see cref="JournalOpened"/> or <see cref="JournalNotOpened"/> follows.</summary>
    void Start();

    /// <summary>
    /// Writes what has gathered, when the disk lets it, and closes the file. Blocks for as long as that takes, so that the
    /// next role of that file finds it free; false when it took too long.
    /// </summary>
    bool Close();

    /// <summary>What was written since it was opened; to be read from any thread.</summary>
    JournalStatus Status { get; }

    /// <summary>How many entries that are awaited had not become durable when the journal was closed.</summary>
    int Unwritten { get; }
}

/// <summary>How the entries of one kind of journal stand in its tables.</summary>
/// <remarks>Called on the thread of the journal's writer only, except that the role looks at what was recovered once it is told.</remarks>
internal interface IJournalStore<TEntry>
    where TEntry : struct, IJournalEntry
{
    JournalKind Kind { get; }

    /// <summary>Prepares the statements for a file that was opened, for the first time or again.</summary>
    void Attach(JournalFile file);

    /// <summary>Reads what the file holds; called once.</summary>
    void Recover();

    /// <summary>
    /// Writes these entries, inside a transaction. What was written before, and may have been committed although that seemed
    /// to fail, may be written again.
    /// </summary>
    void Write(ReadOnlySpan<TEntry> entries);

    /// <summary>What was written last is durable.</summary>
    void Committed();
}
