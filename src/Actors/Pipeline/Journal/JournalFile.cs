using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Actors;

/// <summary>
/// An open journal: an SQLite database with a write-ahead log, which no other process or role can open meanwhile.
/// </summary>
/// <remarks>Belongs to the thread of the journal's writer.</remarks>
internal sealed class JournalFile : IDisposable
{
    // Long enough for a predecessor in this process to close the file.
    private const int BusyTimeout = 2000;

    // The size to which SQLite cuts the write-ahead log back after a large transaction. It checkpoints at 1000 pages.
    private const int LogSizeLimit = 8 * 1024 * 1024;

    private readonly JournalSettings _settings;
    private readonly SqliteConnection _connection;
    private readonly List<JournalStatement> _statements = [];

    private JournalFile(JournalSettings settings, bool create)
    {
        _settings = settings;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            // The full path, because some bare names have a special meaning for SQLite.
            DataSource = Path.GetFullPath(settings.File),
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ConnectionString);
    }

    private sqlite3 Database => _connection.Handle ?? throw new InvalidOperationException($"{_settings.File} is not open");

    /// <summary>Opens the file, and checks that it is whole and of the kind.</summary>
    /// <param name="settings">The file, and how it syncs.</param>
    /// <param name="kind">The kind that it has to be.</param>
    /// <param name="create">True to create a file that does not exist.</param>
    /// <exception cref="JournalException">The file cannot be used; the message names the cause.</exception>
    public static JournalFile Open(JournalSettings settings, JournalKind kind, bool create)
    {
        var file = new JournalFile(settings, create);
        try
        {
            file.Open(kind);
            return file;
        }
        catch (SqliteException cause)
        {
            file.Dispose();
            throw JournalException.From(settings, cause);
        }
        catch (JournalException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The bytes of the database and its write-ahead log; 0 where they cannot be read. From any thread.</summary>
    public static long SizeOf(JournalSettings settings) => LengthOf(settings.File) + LengthOf(settings.File + "-wal");

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    public void Dispose()
    {
        foreach (var statement in _statements) statement.Dispose();
        _connection.Dispose();
    }

    /// <summary>A statement that lives as long as this object.</summary>
    public JournalStatement Prepare(string sql)
    {
        var statement = new JournalStatement(Database, sql);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Begins a transaction.</summary>
    /// <exception cref="SqliteException">The transaction cannot begin.</exception>
    public void Begin() => Run("BEGIN IMMEDIATE");

    /// <summary>Ends the transaction, and returns when it is as durable as the settings ask for.</summary>
    /// <exception cref="SqliteException">The commit failed, or its end is unknown.</exception>
    public void Commit() => Run("COMMIT");

    /// <summary>Undoes the transaction, unless the error has done so already.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(Database) == 0) Run("ROLLBACK");
    }

    private void Open(JournalKind kind)
    {
        _connection.Open();
        Run($"PRAGMA busy_timeout = {BusyTimeout}");
        // The lock is held until the file is closed, even by a kill of the process: two writers would undo each other's work.
        Run("PRAGMA locking_mode = EXCLUSIVE");
        var applicationId = Read("PRAGMA application_id");
        var isNew = applicationId == 0 && Read("SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew) CheckHeader(kind, applicationId);
        if (ReadText("PRAGMA journal_mode = WAL") is var mode and not "wal")
            throw new JournalException(_settings.File, $"cannot have a write-ahead log on its file system (its journal mode stays \"{mode}\")");
        Run($"PRAGMA journal_size_limit = {LogSizeLimit}");
        Run($"PRAGMA synchronous = {(_settings.Sync == JournalSync.Full ? "FULL" : "NORMAL")}");
        // On macOS, fsync alone does not reach the disk.
        Run("PRAGMA fullfsync = ON");
        if (_settings.MaxSize is { } most) Run($"PRAGMA max_page_count = {most / Read("PRAGMA page_size")}");
        if (isNew) Run($"BEGIN IMMEDIATE; PRAGMA application_id = {kind.ApplicationId}; PRAGMA user_version = {JournalKind.Version}; {kind.Schema} COMMIT");
        else CheckPages();
        // After a failed write, the log may seem to hold what is not on the disk. A checkpoint writes it to the database.
        Run("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private void CheckHeader(JournalKind kind, long applicationId)
    {
        if (applicationId != kind.ApplicationId)
        {
            var found = JournalKind.Of(applicationId) is { } other ? $"the journal of {other.Owner}" : "an SQLite database of another program";
            throw new JournalException(_settings.File, $"is {found}: expected the journal of {kind.Owner}");
        }
        if (Read("PRAGMA user_version") is var version and not JournalKind.Version)
            throw new JournalException(_settings.File, $"has version {version}: expected version {JournalKind.Version}");
    }

    private void CheckPages()
    {
        if (ReadText("PRAGMA quick_check(1)") is var found and not "ok") throw new JournalException(_settings.File, $"is damaged ({found})");
    }

    private void Run(string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(Database, sql), Database);

    private string? ReadText(string sql)
    {
        using var statement = new JournalStatement(Database, sql);
        return statement.Next() ? statement.Text(0) : null;
    }

    private long Read(string sql)
    {
        using var statement = new JournalStatement(Database, sql);
        return statement.Next() ? statement.Int64(0) : 0;
    }
}
