using Actors.Transport;

namespace Actors;

/// <summary>When a journal tells its role that something is durable.</summary>
public enum JournalSync
{
    /// <summary>When the disk says that it has it (fsync for each commit): survives a kill of the host and a loss of power.</summary>
    Full,

    /// <summary>When the operating system has it: survives a kill of the host; a loss of power may take the last commits.</summary>
    Normal,
}

/// <summary>The file in which a role of an acknowledged pipeline keeps what it has to know after a restart of its host.</summary>
/// <param name="File">The path of an SQLite database, which is created when it does not exist. It belongs to one role of one host.</param>
public sealed record JournalSettings(string File)
{
    private const long LeastSize = 64 * 1024;

    /// <summary>When something is durable. Default <see cref="JournalSync.Full"/>.</summary>
    public JournalSync Sync { get; init; } = JournalSync.Full;

    /// <summary>
    /// The most bytes of the database, without its write-ahead log. Null, the default, is without limit. A full journal holds
    /// its producers or peers back until there is room.
    /// </summary>
    public long? MaxSize { get; init; }

    /// <summary>The first wait before a commit that failed is tried again. Default 100 ms.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait; it doubles each time. Default 5 s.</summary>
    public TimeSpan RetryIntervalMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <exception cref="SocketSettingsException">A setting is out of its range, or there is nothing that the journal could keep.</exception>
    internal static void Validate(JournalSettings? journal, AcknowledgedSettings? acknowledged, SettingCheck check)
    {
        if (journal is null) return;
        if (acknowledged is null) throw check.Fault("journal", "is set without \"acknowledged\": a plain role has nothing to keep");
        if (string.IsNullOrWhiteSpace(journal.File)) throw check.Fault("journal-file", "is empty: expected the path of a file");
        if (journal.MaxSize < LeastSize) throw check.Fault("journal-max-size", $"is {journal.MaxSize} bytes: expected {LeastSize} bytes or more");
        check.Span("journal-retry-interval", journal.RetryInterval, TimeSpan.FromMilliseconds(1));
        check.Span("journal-retry-interval-max", journal.RetryIntervalMax, journal.RetryInterval);
    }
}
