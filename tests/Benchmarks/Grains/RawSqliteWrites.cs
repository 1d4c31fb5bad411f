using System.Diagnostics;
using Actors.Grains.Storage;
using Microsoft.Data.Sqlite;

namespace Benchmarks.Grains;

/// <summary>A plain program on SQLite: one thread, one prepared conditional update, transactions of 64.</summary>
internal sealed class RawSqliteWrites : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _update;
    private readonly Random _random = new(1);
    private readonly long[] _versions = new long[WrittenRows.Keys];
    private readonly byte[] _body = new byte[WrittenRows.BodySize];

    public RawSqliteWrites(string file, StoreSync sync)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL");
        Execute($"PRAGMA synchronous = {(sync == StoreSync.Full ? "FULL" : "NORMAL")}");
        Execute("CREATE TABLE grain (kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, body BLOB, calls BLOB NOT NULL, PRIMARY KEY (kind, key))");
        using var transaction = _connection.BeginTransaction();
        using var insert = _connection.CreateCommand();
        insert.CommandText = "INSERT INTO grain VALUES ($kind, $key, 1, $body, x'')";
        insert.Parameters.AddWithValue("$kind", WrittenRows.Kind);
        insert.Parameters.AddWithValue("$body", _body);
        var key = insert.Parameters.Add("$key", SqliteType.Text);
        for (var i = 0; i < WrittenRows.Keys; i++)
        {
            key.Value = WrittenRows.Key(i);
            insert.ExecuteNonQuery();
            _versions[i] = 1;
        }
        transaction.Commit();
        _update = _connection.CreateCommand();
        _update.CommandText = "UPDATE grain SET version = $version + 1, body = $body, calls = x'' WHERE kind = $kind AND key = $key AND version = $version";
        _update.Parameters.AddWithValue("$kind", WrittenRows.Kind);
        _update.Parameters.AddWithValue("$body", _body);
        _update.Parameters.Add("$key", SqliteType.Text);
        _update.Parameters.Add("$version", SqliteType.Integer);
        _update.Prepare();
    }

    /// <summary>Writes a second.</summary>
    public double Run(TimeSpan length)
    {
        var (key, version) = (_update.Parameters["$key"], _update.Parameters["$version"]);
        var began = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(began) < length; count += WrittenRows.Batch)
        {
            using var transaction = _connection.BeginTransaction();
            _update.Transaction = transaction;
            for (var i = 0; i < WrittenRows.Batch; i++)
            {
                var row = _random.Next(WrittenRows.Keys);
                (key.Value, version.Value) = (WrittenRows.Key(row), _versions[row]++);
                if (_update.ExecuteNonQuery() != 1) throw new InvalidOperationException($"the write of row {row} was refused");
            }
            transaction.Commit();
        }
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    public void Dispose()
    {
        _update.Dispose();
        _connection.Dispose();
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
