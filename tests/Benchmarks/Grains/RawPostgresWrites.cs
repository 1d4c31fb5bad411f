using System.Diagnostics;
using Npgsql;

namespace Benchmarks.Grains;

/// <summary>A plain program on PostgreSQL: one connection, batches of 64 conditional updates.</summary>
internal sealed class RawPostgresWrites : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly Random _random = new(1);
    private readonly long[] _versions = new long[WrittenRows.Keys];
    private readonly byte[] _body = new byte[WrittenRows.BodySize];

    private RawPostgresWrites(NpgsqlConnection connection) => _connection = connection;

    public static async Task<RawPostgresWrites> Open(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString + ";Max Auto Prepare=4;Auto Prepare Min Usages=2;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"""
            CREATE TABLE plain (kind text NOT NULL, key text NOT NULL, version bigint NOT NULL, body bytea, calls bytea NOT NULL, PRIMARY KEY (kind, key));
            INSERT INTO plain SELECT '{WrittenRows.Kind}', 'key-' || n, 0, '', '' FROM generate_series(0, {WrittenRows.Keys - 1}) n
            """,
            connection);
        await command.ExecuteNonQueryAsync();
        return new RawPostgresWrites(connection);
    }

    /// <summary>Writes a second.</summary>
    public async Task<double> Run(TimeSpan length)
    {
        var began = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(began) < length; count += WrittenRows.Batch)
        {
            await using var batch = new NpgsqlBatch(_connection);
            // Rows in order, as in any program that writes many of them in one transaction.
            foreach (var row in Enumerable.Range(0, WrittenRows.Batch).Select(_ => _random.Next(WrittenRows.Keys)).Order())
            {
                var update = new NpgsqlBatchCommand("UPDATE plain SET version = $3 + 1, body = $4, calls = '' WHERE kind = $1 AND key = $2 AND version = $3");
                update.Parameters.Add(new NpgsqlParameter<string> { TypedValue = WrittenRows.Kind });
                update.Parameters.Add(new NpgsqlParameter<string> { TypedValue = WrittenRows.Key(row) });
                update.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _versions[row]++ });
                update.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = _body });
                batch.BatchCommands.Add(update);
            }
            var written = await batch.ExecuteNonQueryAsync();
            if (written != WrittenRows.Batch) throw new InvalidOperationException($"{WrittenRows.Batch - written} writes were refused");
        }
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
