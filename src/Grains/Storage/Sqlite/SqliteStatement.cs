using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Actors.Grains.Storage;

/// <summary>A prepared statement. Microsoft.Data.Sqlite's own commands allocate for each row.</summary>
/// <remarks>Parameters are counted from 1, columns from 0, as in SQLite. Used by one thread at a time, like its connection.</remarks>
internal sealed class SqliteStatement : IDisposable
{
    // SQLite keeps copies of what is bound; larger ones are given back at once.
    private const int KeptBytes = 64 * 1024;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private bool _isLarge;

    /// <exception cref="SqliteException">The statement cannot be prepared.</exception>
    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public void Dispose() => _statement.Dispose();

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public SqliteStatement BindText(int parameter, ReadOnlySpan<byte> utf8)
    {
        Check(raw.sqlite3_bind_text(_statement, parameter, utf8));
        return this;
    }

    public SqliteStatement BindBlob(int parameter, ReadOnlySpan<byte> value)
    {
        // An empty span has no address, which SQLite takes for NULL.
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0) : raw.sqlite3_bind_blob(_statement, parameter, value));
        _isLarge |= value.Length > KeptBytes;
        return this;
    }

    public SqliteStatement BindNull(int parameter)
    {
        Check(raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    public SqliteStatement Bind(StoredKey grain) => BindText(1, grain.Kind).BindBlob(2, grain.Key);

    /// <summary>Runs a statement that has no rows. Returns how many it changed.</summary>
    public int Run()
    {
        var result = raw.sqlite3_step(_statement);
        var changed = result == raw.SQLITE_DONE ? raw.sqlite3_changes(_database) : 0;
        Reset();
        return changed;
    }

    /// <summary>Steps to the next row. Returns false behind the last one. <see cref="Reset"/> has to follow, whatever happens.</summary>
    public bool Next()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE) return result == raw.SQLITE_ROW;
        Check(result);
        return false;
    }

    /// <summary>Ends the statement, and with it its view of the database.</summary>
    public void Reset()
    {
        // It returns the error of the step before it.
        var result = raw.sqlite3_reset(_statement);
        if (_isLarge) raw.sqlite3_clear_bindings(_statement);
        _isLarge = false;
        Check(result);
    }

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>The bytes of a blob or text, which are valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, _database);
    }
}
