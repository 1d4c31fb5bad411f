using Actors.Grains.Storage;
using Actors.Shared;
using Npgsql;

namespace Chaos.Grains;

/// <summary>The database's own record of every write of a grain's row that was committed: which version, which value, and by which node.</summary>
internal static class CommitHistory
{
    /// <summary>Makes the tables of the store, and a trigger that keeps the record.</summary>
    public static async Task Begin(PostgresServer server)
    {
        await using (var store = new PostgresGrainStore(new PostgresGrainStoreSettings(server.ConnectionString))) await store.OpenAsync(CancellationToken.None);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = database.CreateCommand(
            """
            CREATE TABLE chaos_commit (key text NOT NULL, version bigint NOT NULL, value bigint NOT NULL, node text NOT NULL);
            CREATE FUNCTION chaos_note() RETURNS trigger AS $$
            BEGIN
                INSERT INTO chaos_commit VALUES (convert_from(NEW.key, 'UTF8'), NEW.version, (convert_from(NEW.body, 'UTF8')::json ->> 'value')::bigint, current_setting('application_name'));
                RETURN NULL;
            END $$ LANGUAGE plpgsql;
            CREATE TRIGGER chaos_note AFTER INSERT OR UPDATE ON actors_grain FOR EACH ROW EXECUTE FUNCTION chaos_note();
            """);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads the record and the rows.</summary>
    public static async Task<CommittedWrites> Read(PostgresServer server)
    {
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        var values = new Dictionary<string, long>();
        var faults = new List<string>();
        await using (var command = database.CreateCommand("SELECT convert_from(key, 'UTF8'), version, (convert_from(body, 'UTF8')::json ->> 'value')::bigint FROM actors_grain"))
        await using (var row = await command.ExecuteReaderAsync())
        {
            while (await row.ReadAsync())
            {
                values.Add(row.GetString(0), row.GetInt64(2));
                if (row.GetInt64(1) != row.GetInt64(2)) faults.Add($"the row of {row.GetString(0)} has version {row.GetInt64(1)} and value {row.GetInt64(2)}: expected a version for each call");
            }
        }
        var writers = new Dictionary<string, (long Version, string Node)>();
        var commits = 0L;
        var moves = 0L;
        await using (var command = database.CreateCommand("SELECT key, version, value, node FROM chaos_commit ORDER BY key, version"))
        await using (var row = await command.ExecuteReaderAsync())
        {
            while (await row.ReadAsync())
            {
                var (key, version, value, node) = (row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3));
                commits++;
                var before = writers.GetValueOrDefault(key);
                if (version != before.Version + 1) faults.Add($"{key} has version {version}, written by {node}, behind version {before.Version}, written by {before.Node}: expected each version once");
                if (value != version) faults.Add($"{key} has value {value} in version {version}, written by {node}: expected what the version before had, and 1");
                if (before.Node is not null && before.Node != node) moves++;
                writers[key] = (version, node);
            }
        }
        foreach (var (key, value) in values)
            if (writers.GetValueOrDefault(key).Version != value) faults.Add($"{key} has value {value}, and the last version on record is {writers.GetValueOrDefault(key).Version}");
        return new CommittedWrites(values, commits, moves, faults);
    }
}

/// <summary>What the database says in the end.</summary>
/// <param name="Values">Of each key.</param>
/// <param name="Commits">Writes that were committed.</param>
/// <param name="Moves">How often a key was written by another process than before.</param>
/// <param name="Faults">What does not hold: versions without a gap, each written once and on top of the one before.</param>
internal sealed record CommittedWrites(IReadOnlyDictionary<string, long> Values, long Commits, long Moves, IReadOnlyList<string> Faults);
