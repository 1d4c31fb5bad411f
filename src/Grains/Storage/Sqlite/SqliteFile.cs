using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Actors.Grains.Storage;

/// <summary>A connection to the file of a grain store. Other connections, also of other processes, may be open beside it.</summary>
/// <remarks>Used by one thread at a time.</remarks>
internal sealed class SqliteFile : IDisposable
{
    // The mark in the header of the file: "AGRN".
    private const int ApplicationId = 0x4147524e;

    // The version of the tables that this code reads and writes.
    private const int Version = 1;

    // The size to which SQLite cuts the write-ahead log back after a large transaction. It checkpoints at 1000 pages.
    private const int LogSizeLimit = 8 * 1024 * 1024;

    // Kibibytes of pages that a connection keeps.
    private const int CacheSize = 16 * 1024;

    private readonly SqliteGrainStoreSettings _settings;
    private readonly SqliteConnection _connection;

    private SqliteFile(SqliteGrainStoreSettings settings, SqliteOpenMode mode)
    {
        _settings = settings;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            // The full path, because some bare names have a special meaning for SQLite.
            DataSource = Path.GetFullPath(settings.File),
            Mode = mode,
            Pooling = false,
        }.ConnectionString);
    }

    private sqlite3 Database => _connection.Handle ?? throw new InvalidOperationException($"{_settings.File} is not open");

    /// <summary>Opens the file for writing, creates it or its tables when they are missing, and checks that it is a grain store.</summary>
    /// <exception cref="GrainStoreException">The file cannot be used; the message names the cause.</exception>
    public static SqliteFile Create(SqliteGrainStoreSettings settings) => Open(settings, SqliteOpenMode.ReadWriteCreate, file =>
    {
        file.Prepare();
        file.OpenLog();
    });

    /// <summary>Opens the file for writing again, after an error.</summary>
    /// <exception cref="GrainStoreException">The file cannot be used; the message names the cause.</exception>
    public static SqliteFile Reopen(SqliteGrainStoreSettings settings) => Open(settings, SqliteOpenMode.ReadWrite, file =>
    {
        file.CheckHeader();
        file.OpenLog();
        // After a failed write, the log may seem to hold what is not on the disk. A checkpoint writes it to the database.
        file.Run("PRAGMA wal_checkpoint(TRUNCATE)");
    });

    /// <summary>Opens the file for reading, which the writer has opened before.</summary>
    /// <exception cref="GrainStoreException">The file cannot be used; the message names the cause.</exception>
    public static SqliteFile OpenReader(SqliteGrainStoreSettings settings) => Open(settings, SqliteOpenMode.ReadWrite, file =>
    {
        // Not read-only: a reader of a write-ahead log writes to the index of the log.
        file.Run("PRAGMA query_only = ON");
        file.CheckHeader();
    });

    public void Dispose() => _connection.Dispose();

    /// <summary>A statement of this connection.</summary>
    public SqliteStatement Prepare(string sql) => new(Database, sql);

    /// <summary>Checks that the file is where it was: what is written to a file that was removed or renamed would be lost with its last user.</summary>
    /// <exception cref="GrainStoreException">It is gone.</exception>
    public void CheckPlace()
    {
        if (!File.Exists(_connection.DataSource))
            throw new GrainStoreException($"the grain store {_settings.File} is gone, it was removed or renamed while it was in use: expected it to stay where it is");
    }

    /// <summary>Begins a transaction that writes.</summary>
    /// <exception cref="SqliteException">Another process writes for longer than the busy timeout.</exception>
    public void Begin() => Run("BEGIN IMMEDIATE");

    /// <summary>Ends the transaction, and returns when it is as durable as the settings ask for.</summary>
    /// <exception cref="SqliteException">The commit failed, or its outcome is unknown.</exception>
    public void Commit() => Run("COMMIT");

    /// <summary>Undoes the transaction, unless an error has done so already.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(Database) == 0) raw.sqlite3_exec(Database, "ROLLBACK");
    }

    private static SqliteFile Open(SqliteGrainStoreSettings settings, SqliteOpenMode mode, Action<SqliteFile> prepare)
    {
        var file = new SqliteFile(settings, mode);
        try
        {
            file._connection.Open();
            file.Run($"PRAGMA busy_timeout = {(int)settings.BusyTimeout.TotalMilliseconds}");
            file.Run($"PRAGMA cache_size = -{CacheSize}");
            prepare(file);
            return file;
        }
        catch (SqliteException cause)
        {
            file.Dispose();
            throw SqliteFault.Of(settings, cause);
        }
        catch (GrainStoreException)
        {
            file.Dispose();
            throw;
        }
    }

    private void Prepare()
    {
        // Two processes may make the same file at once: what the first look says is looked at again under the lock.
        if (!IsEmpty())
        {
            CheckHeader();
            return;
        }
        Begin();
        try
        {
            if (IsEmpty()) Run($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; {SqliteTables.Schema}");
            else CheckHeader();
            Commit();
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    private bool IsEmpty() => Read("PRAGMA application_id") == 0 && Read("SELECT count(*) FROM sqlite_schema") == 0;

    private void CheckHeader()
    {
        if (Read("PRAGMA application_id") is var id and not ApplicationId)
            throw new GrainStoreException($"the grain store {_settings.File} is an SQLite database of another program (its application id is {id}): expected the file of a grain store, or none");
        if (Read("PRAGMA user_version") is var version and not Version)
            throw new GrainStoreException($"the grain store {_settings.File} has tables of version {version}: expected version {Version}");
    }

    private void OpenLog()
    {
        if (ReadText("PRAGMA journal_mode = WAL") is var mode and not "wal")
            throw new GrainStoreException($"the grain store {_settings.File} cannot have a write-ahead log (its journal mode stays \"{mode}\"): expected a local file system");
        Run($"PRAGMA journal_size_limit = {LogSizeLimit}");
        Run($"PRAGMA synchronous = {(_settings.Sync == StoreSync.Full ? "FULL" : "NORMAL")}");
        // On macOS, fsync alone does not reach the disk.
        Run("PRAGMA fullfsync = ON");
        if (_settings.MaxSize is { } most) Run($"PRAGMA max_page_count = {most / Read("PRAGMA page_size")}");
    }

    private void Run(string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(Database, sql), Database);

    private string? ReadText(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Next() ? System.Text.Encoding.UTF8.GetString(statement.Bytes(0)) : null;
    }

    private long Read(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Next() ? statement.Int64(0) : 0;
    }
}
