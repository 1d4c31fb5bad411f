namespace Actors;

/// <summary>A kind of journal: the mark of its files, and their tables.</summary>
/// <param name="Owner">The kind of role that keeps it, for error messages.</param>
/// <param name="ApplicationId">The mark in the header of the file.</param>
/// <param name="Schema">The statements that make the tables of an empty file.</param>
internal sealed record JournalKind(string Owner, int ApplicationId, string Schema)
{
    /// <summary>The version of the tables that this code reads and writes.</summary>
    public const int Version = 1;

    /// <summary>The outstanding tasks and their ended tries, the other counts of the ledger, and the durable position of each source.</summary>
    public static readonly JournalKind Push = new(
        "a push role",
        0x4a505348,
        """
        CREATE TABLE task (number INTEGER PRIMARY KEY, origin INTEGER NOT NULL, payload BLOB NOT NULL);
        CREATE TABLE try (
            number INTEGER NOT NULL, try INTEGER NOT NULL, peer TEXT NOT NULL, assigned INTEGER NOT NULL, ended INTEGER NOT NULL,
            outcome INTEGER NOT NULL, detail TEXT, PRIMARY KEY (number, try)) WITHOUT ROWID;
        CREATE TABLE ledger (acknowledged INTEGER NOT NULL, dead_lettered INTEGER NOT NULL);
        INSERT INTO ledger VALUES (0, 0);
        CREATE TABLE source (name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
        """);

    /// <summary>
    /// The window for repeats: a row has the ids of one commit, each behind an octet with its length, and bears the
    /// number of the last of them, counted from the beginning of the journal.
    /// </summary>
    public static readonly JournalKind Pull = new(
        "a pull role",
        0x4a50554c,
        "CREATE TABLE done (last INTEGER PRIMARY KEY, ids BLOB NOT NULL);");

    private static readonly JournalKind[] All = [Push, Pull];

    /// <summary>The kind of the files with that mark; null for files of other programs.</summary>
    public static JournalKind? Of(long applicationId) => Array.Find(All, kind => kind.ApplicationId == applicationId);
}
