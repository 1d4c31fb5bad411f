namespace Actors.Grains.Storage;

/// <summary>The file in which an <see cref="SqliteGrainStore"/> keeps grains and reminders.</summary>
/// <param name="File">The path of an SQLite database, which is created when it does not exist; its folder has to exist.</param>
public sealed record SqliteGrainStoreSettings(string File)
{
    private const long LeastSize = 64 * 1024;

    /// <summary>
    /// When a write is done. Default <see cref="StoreSync.Full"/>, an fsync for each commit. With <see cref="StoreSync.Normal"/> it is done when
    /// the operating system has it: it survives a kill of the process; a loss of power may take the last commits.
    /// </summary>
    public StoreSync Sync { get; init; } = StoreSync.Full;

    /// <summary>The time that a write waits while another process writes to the file. Default 5 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The connections that read beside each other and beside the writer. Default 4.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>The most bytes of the database, without its write-ahead log. Null, the default, is without limit. Writes that find no room fail.</summary>
    public long? MaxSize { get; init; }

    /// <exception cref="GrainStoreException">A setting is out of its range.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(File)) throw new GrainStoreException("the file of the grain store is empty: expected the path of a file");
        foreach (var (_, found, expected) in Faults()) throw new GrainStoreException($"the grain store {File} is set to {found}: expected {expected}");
    }

    /// <summary>The settings besides the file that are out of range, each with what was found and what is expected.</summary>
    internal IEnumerable<(string Setting, string Found, string Expected)> Faults()
    {
        if (BusyTimeout < TimeSpan.Zero || BusyTimeout.TotalMilliseconds > int.MaxValue) yield return (nameof(BusyTimeout), $"busy timeout {BusyTimeout}", "zero to 24 days");
        if (Readers is < 1 or > 64) yield return (nameof(Readers), $"{Readers} readers", "1 to 64");
        if (MaxSize < LeastSize) yield return (nameof(MaxSize), $"at most {MaxSize} bytes", $"{LeastSize} bytes or more");
    }
}
