using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Actors;

/// <summary>A prepared statement of a journal, which allocates nothing for a row that it writes.</summary>
/// <remarks>Parameters are counted from 1, columns from 0, as in SQLite. Belongs to the thread of the journal's writer.</remarks>
internal sealed class JournalStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <exception cref="SqliteException">The statement cannot be prepared.</exception>
    public JournalStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v2(database, sql, out _statement));
    }

    public void Dispose() => _statement.Dispose();

    public JournalStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    /// <param name="parameter">The parameter's number.</param>
    /// <param name="value">At least one byte: SQLite would take none for NULL.</param>
    public JournalStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    public JournalStatement Bind(int parameter, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(_statement, parameter) : raw.sqlite3_bind_text(_statement, parameter, value));
        return this;
    }

    /// <summary>Runs the statement to its end.</summary>
    public void Run()
    {
        while (Next())
        {
        }
    }

    /// <summary>Steps to the next row. Returns false behind the last one, when the statement is ready to run again.</summary>
    public bool Next()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW) return true;
        // A reset returns the error of the step before it.
        Check(raw.sqlite3_reset(_statement));
        return false;
    }

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>The bytes, which are valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public string? Text(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_text(_statement, column).utf8_to_string();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
