using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Grains.Storage;

/// <summary>The tables of a grain store in PostgreSQL: all of its SQL.</summary>
/// <remarks>
/// Keys and names are <c>bytea</c> with their UTF-8, because <c>text</c> refuses U+0000. Primary keys are hashes; the whole key is compared too.
/// </remarks>
internal sealed class PostgresTables
{
    /// <summary>The number of different statements that run often.</summary>
    public const int Statements = 16;

    // The version of the tables that this code reads and writes.
    private const int Version = 1;

    // Whoever makes the tables holds this lock: "AGRN".
    private const long AdvisoryLock = 0x4147524e;

    private readonly PostgresGrainStoreSettings _settings;
    private readonly string _grain, _reminder, _store;
    private readonly string _insert, _update, _select, _selectMark, _set, _remove, _move, _removeFired, _selectReminder, _reminders, _due;

    public PostgresTables(PostgresGrainStoreSettings settings)
    {
        _settings = settings;
        (_grain, _reminder, _store) = (Name("actors_grain"), Name("actors_reminder"), Name("actors_grain_store"));
        const string Unchanged = "WHERE id = $1 AND grain = $2 AND name = $3 AND due = $4 AND period = $5";
        const string Columns = "SELECT kind, key, name, due, period";
        _insert = $"INSERT INTO {_grain} (id, kind, key, version, body, calls, mark) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        _update = $"UPDATE {_grain} SET version = $4, body = $5, calls = $6, mark = $7 WHERE id = $1 AND kind = $2 AND key = $3 AND version = $4 - 1";
        _select = $"SELECT version, body, calls FROM {_grain} WHERE id = $1 AND kind = $2 AND key = $3";
        _selectMark = $"SELECT version, mark FROM {_grain} WHERE id = $1 AND kind = $2 AND key = $3";
        _set = $"INSERT INTO {_reminder} (id, grain, kind, key, name, slice, due, period) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET due = $7, period = $8";
        _remove = $"DELETE FROM {_reminder} WHERE id = $1 AND grain = $2 AND name = $3";
        _move = $"UPDATE {_reminder} SET due = $6 {Unchanged}";
        _removeFired = $"DELETE FROM {_reminder} {Unchanged}";
        _selectReminder = $"SELECT due, period FROM {_reminder} WHERE id = $1";
        _reminders = $"{Columns} FROM {_reminder} WHERE grain = $1 ORDER BY name";
        _due = $"{Columns} FROM {_reminder} WHERE slice = $1 AND due <= $2 ORDER BY due LIMIT $3";
    }

    /// <summary>Makes the tables that are missing, one node at a time, and checks those that are there.</summary>
    /// <exception cref="GrainStoreException">The tables are another version's or another program's.</exception>
    public async Task Create(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel).ConfigureAwait(false);
        await Run(connection, $"SELECT pg_advisory_xact_lock({AdvisoryLock})", cancel).ConfigureAwait(false);
        // IF NOT EXISTS would ask for the right to make schemas also where there is nothing to make.
        if (_settings.Schema is { } schema && !await Exists(connection, "SELECT 1 FROM pg_namespace WHERE nspname = $1", schema, cancel).ConfigureAwait(false))
            await Run(connection, $"CREATE SCHEMA {Quoted(schema)}", cancel).ConfigureAwait(false);
        if (await Exists(connection, "SELECT 1 WHERE to_regclass($1) IS NOT NULL", _store, cancel).ConfigureAwait(false)) await CheckVersion(connection, cancel).ConfigureAwait(false);
        else await CreateTables(connection, cancel).ConfigureAwait(false);
        await transaction.CommitAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Sets a connection that writes to the sync policy.</summary>
    public Task SetSync(NpgsqlConnection connection) => Run(
        connection,
        _settings.Sync == StoreSync.Normal
            ? "SET synchronous_commit = off"
            : "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
        CancellationToken.None);

    /// <summary>The statement of a change. It touches a row when the change's condition holds.</summary>
    public NpgsqlBatchCommand Change(PostgresChange change) => change.Work switch
    {
        WriteRow write => Command(
            write.Row.Version == 1 ? _insert : _update,
            Bytes(change.Id), Text(write.Grain.Kind), Bytes(write.Grain.Key), Number(write.Row.Version), Memory(write.Row.Body), Memory(write.Row.Calls), Number(change.Mark)),
        SetReminder { Reminder: var set } => Command(
            _set,
            Bytes(change.Id), Bytes(PostgresChange.IdOf(set.Grain)), Text(set.Grain.Kind), Bytes(set.Grain.Key), Bytes(set.Name), Number(set.Slice), Number(set.Due), Number(set.Period)),
        RemoveReminder remove => Command(_remove, Bytes(change.Id), Bytes(PostgresChange.IdOf(remove.Grain)), Bytes(remove.Name)),
        AdvanceReminder { Fired: var fired, Next: { } next } => Command(
            _move, Bytes(change.Id), Bytes(PostgresChange.IdOf(fired.Grain)), Bytes(fired.Name), Number(fired.Due), Number(fired.Period), Number(next)),
        AdvanceReminder { Fired: var fired } => Command(_removeFired, Bytes(change.Id), Bytes(PostgresChange.IdOf(fired.Grain)), Bytes(fired.Name), Number(fired.Due), Number(fired.Period)),
        _ => throw new InvalidOperationException($"no change of a store: {change.Work.GetType()}"),
    };

    /// <summary>
    /// Whether a change happened that may have been made before its connection failed, and that found its condition no longer true when it
    /// was made again. Null when that cannot be known.
    /// </summary>
    public async Task<bool?> HasHappened(NpgsqlConnection connection, PostgresChange change)
    {
        switch (change.Work)
        {
            case WriteRow write:
                await using (var row = await Query(connection, _selectMark, CancellationToken.None, Bytes(change.Id), Text(write.Grain.Kind), Bytes(write.Grain.Key)).ConfigureAwait(false))
                {
                    if (!await row.ReadAsync().ConfigureAwait(false)) return false;
                    var version = row.GetInt64(0);
                    if (version > write.Row.Version) return null;
                    return version == write.Row.Version && row.GetInt64(1) == change.Mark;
                }
            case AdvanceReminder advance:
                await using (var reminder = await Query(connection, _selectReminder, CancellationToken.None, Bytes(change.Id)).ConfigureAwait(false))
                    return await reminder.ReadAsync().ConfigureAwait(false)
                        ? reminder.GetInt64(0) == advance.Next && reminder.GetInt64(1) == advance.Fired.Period
                        : advance.Next is null;
            default:
                return false;
        }
    }

    public async Task<GrainRow?> Read(NpgsqlConnection connection, StoredKey grain, CancellationToken cancel)
    {
        await using var row = await Query(connection, _select, cancel, Bytes(PostgresChange.IdOf(grain)), Text(grain.Kind), Bytes(grain.Key)).ConfigureAwait(false);
        if (!await row.ReadAsync(cancel).ConfigureAwait(false)) return null;
        ReadOnlyMemory<byte>? body = row.IsDBNull(1) ? default(ReadOnlyMemory<byte>?) : row.GetFieldValue<byte[]>(1);
        return new GrainRow(row.GetInt64(0), body, row.GetFieldValue<byte[]>(2));
    }

    public async Task<List<ReminderRow>> ReadReminders(NpgsqlConnection connection, StoredKey grain, CancellationToken cancel) =>
        await ReadRows(await Query(connection, _reminders, cancel, Bytes(PostgresChange.IdOf(grain))).ConfigureAwait(false), cancel).ConfigureAwait(false);

    public async Task<List<ReminderRow>> ReadDue(NpgsqlConnection connection, int slice, long until, int most, CancellationToken cancel) =>
        await ReadRows(await Query(connection, _due, cancel, Number(slice), Number(until), Number(most)).ConfigureAwait(false), cancel).ConfigureAwait(false);

    private async Task CheckVersion(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT version FROM {_store}", connection);
        var version = Convert.ToInt64(await command.ExecuteScalarAsync(cancel).ConfigureAwait(false), CultureInfo.InvariantCulture);
        if (version != Version) throw new GrainStoreException($"the grain store {_settings.Where} has tables of version {version}: expected version {Version}");
    }

    private async Task CreateTables(NpgsqlConnection connection, CancellationToken cancel)
    {
        foreach (var table in new[] { _grain, _reminder })
            if (await Exists(connection, "SELECT 1 WHERE to_regclass($1) IS NOT NULL", table, cancel).ConfigureAwait(false))
                throw new GrainStoreException($"the grain store {_settings.Where} has a table {table} of another program: expected no such table, or {_store} beside it");
        // Room in each page lets PostgreSQL write the next version of a row beside it, without touching the index.
        await Run(
            connection,
            $"""
            CREATE TABLE {_store} (version integer NOT NULL);
            INSERT INTO {_store} VALUES ({Version});
            CREATE TABLE {_grain} (
                id bytea PRIMARY KEY, kind text COLLATE "C" NOT NULL, key bytea NOT NULL, version bigint NOT NULL, body bytea,
                calls bytea NOT NULL, mark bigint NOT NULL) WITH (fillfactor = 80);
            CREATE TABLE {_reminder} (
                id bytea PRIMARY KEY, grain bytea NOT NULL, kind text COLLATE "C" NOT NULL, key bytea NOT NULL, name bytea NOT NULL,
                slice bigint NOT NULL, due bigint NOT NULL, period bigint NOT NULL);
            CREATE INDEX ON {_reminder} (slice, due);
            CREATE INDEX ON {_reminder} (grain);
            """,
            cancel).ConfigureAwait(false);
    }

    private static async Task<List<ReminderRow>> ReadRows(NpgsqlDataReader reader, CancellationToken cancel)
    {
        await using (reader.ConfigureAwait(false))
        {
            var rows = new List<ReminderRow>();
            while (await reader.ReadAsync(cancel).ConfigureAwait(false))
                rows.Add(StoredReminder.ToRow(reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2), reader.GetInt64(3), reader.GetInt64(4)));
            return rows;
        }
    }

    private string Name(string table) => _settings.Schema is { } schema ? $"{Quoted(schema)}.{table}" : table;

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }

    private static async Task<bool> Exists(NpgsqlConnection connection, string sql, string name, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = name } } };
        return await command.ExecuteScalarAsync(cancel).ConfigureAwait(false) is not null;
    }

    private static async Task<NpgsqlDataReader> Query(NpgsqlConnection connection, string sql, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
    }

    private static NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }

    private static NpgsqlParameter<long> Number(long value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    // Npgsql sends UTF-8 as the bytes of a text without decoding it.
    private static NpgsqlParameter<byte[]> Text(byte[] utf8) => new() { TypedValue = utf8, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<byte[]> Bytes(byte[] value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea };

    private static NpgsqlParameter Memory(ReadOnlyMemory<byte>? value) => value is { } bytes
        ? new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea }
        : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea };
}
