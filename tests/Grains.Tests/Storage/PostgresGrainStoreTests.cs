using Actors.Grains;
using Actors.Grains.Storage;
using Actors.Shared;
using Npgsql;
using static Grains.Tests.Storage.StoreRows;

namespace Grains.Tests.Storage;

[Collection(PostgresTests.Name)]
public sealed class PostgresGrainStoreTests(PostgresFixture fixture) : GrainStoreScheduleContract
{
    private readonly string _schema = fixture.NextSchema();

    protected override string? Missing => PostgresServer.Missing;

    private PostgresGrainStoreSettings Settings => new(fixture.Server!.ConnectionString) { Schema = _schema };

    protected override IGrainStore Create() => new PostgresGrainStore(Settings);

    [SkippableFact]
    public async Task Tables_of_another_version_or_program_are_refused()
    {
        SkipIfMissing();
        await Execute($"UPDATE \"{_schema}\".actors_grain_store SET version = 9");
        Assert.Contains("has tables of version 9: expected version 1", await OpenFails(Settings), StringComparison.Ordinal);

        await Execute("CREATE SCHEMA taken; CREATE TABLE taken.actors_grain (a int)");
        Assert.Contains("has a table \"taken\".actors_grain of another program", await OpenFails(Settings with { Schema = "taken" }), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_server_or_database_or_user_that_is_not_there_is_named()
    {
        SkipIfMissing();
        var host = new NpgsqlConnectionStringBuilder(Settings.ConnectionString).Host;
        Assert.Contains(
            $"the grain store postgres postgres@{host}:1/postgres cannot be reached: expected a server that listens there",
            await OpenFails(Settings with { ConnectionString = $"Host={host};Port=1;Username=postgres;Database=postgres" }), StringComparison.Ordinal);
        Assert.Contains("has no such database", await OpenFails(Settings with { ConnectionString = Settings.ConnectionString + ";Database=none" }), StringComparison.Ordinal);
        Assert.Contains("refuses the user", await OpenFails(Settings with { ConnectionString = Settings.ConnectionString + ";Username=none" }), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_user_without_the_right_to_make_tables_is_told_so_and_needs_none_where_they_are_made()
    {
        SkipIfMissing();
        await Execute($"""
            CREATE USER reader; GRANT USAGE ON SCHEMA "{_schema}" TO reader; GRANT ALL ON ALL TABLES IN SCHEMA "{_schema}" TO reader
            """);
        var settings = Settings with { ConnectionString = Settings.ConnectionString + ";Username=reader" };
        await using (var store = new PostgresGrainStore(settings))
        {
            await store.OpenAsync(Cancel);
            Assert.True(await store.WriteAsync("counter", "alice", Row(1, "5"), Cancel));
        }
        Assert.Contains("forbids it: expected a user who may", await OpenFails(settings with { Schema = "forbidden" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the connection string of the grain store is empty")]
    [InlineData("Nonsense=1;Password=secret", "the connection string of the grain store cannot be read")]
    [InlineData("Database=app;Password=secret", "is set to without a host")]
    public void A_connection_string_that_leads_nowhere_is_refused_without_its_password(string text, string expected)
    {
        var fault = Assert.Throws<GrainStoreException>(() => new PostgresGrainStore(new PostgresGrainStoreSettings(text)));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(StoreSync.Full, "on", "on")]
    [InlineData(StoreSync.Full, "off", "on")]
    [InlineData(StoreSync.Full, "local", "local")]
    [InlineData(StoreSync.Normal, "on", "off")]
    public async Task A_write_is_as_durable_as_its_policy_says_whatever_the_server_is_set_to(StoreSync sync, string server, string expected)
    {
        SkipIfMissing();
        await Execute($"""
            CREATE TABLE "{_schema}".seen (value text);
            CREATE FUNCTION "{_schema}".see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO "{_schema}".seen VALUES (current_setting('synchronous_commit')); RETURN NEW; END $$;
            CREATE TRIGGER see BEFORE INSERT ON "{_schema}".actors_grain FOR EACH ROW EXECUTE FUNCTION "{_schema}".see()
            """);
        await using var store = new PostgresGrainStore(Settings with { Sync = sync, ConnectionString = $"{Settings.ConnectionString};Options=-c synchronous_commit={server}" });
        await store.OpenAsync(Cancel);
        Assert.True(await store.WriteAsync("counter", "alice", Row(1, "5"), Cancel));
        Assert.Equal(expected, await Read($"SELECT value FROM \"{_schema}\".seen"));
    }

    [SkippableFact]
    public async Task Writes_that_wait_together_share_a_commit()
    {
        SkipIfMissing();
        Assert.True(await Store.WriteAsync("counter", "first", Row(1, "x"), Cancel));
        Task<bool>[] writes;
        await using (var connection = await Connect())
        {
            // A lock holds the connections that write meanwhile, so that the rest gathers.
            await using var held = await connection.BeginTransactionAsync(Cancel);
            await using (var command = new NpgsqlCommand($"LOCK TABLE \"{_schema}\".actors_grain IN EXCLUSIVE MODE", connection)) await command.ExecuteNonQueryAsync(Cancel);
            writes = [.. Enumerable.Range(0, 200).Select(i => Store.WriteAsync("counter", $"{i}", Row(1, "x"), Cancel))];
            await held.RollbackAsync(Cancel);
        }
        Assert.All(await Task.WhenAll(writes), Assert.True);
        var transactions = Convert.ToInt32(await Read($"SELECT count(DISTINCT xmin::text) FROM \"{_schema}\".actors_grain"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(transactions, 2, 20);
    }

    [SkippableFact]
    public async Task A_write_that_the_server_refuses_fails_no_other()
    {
        SkipIfMissing();
        await Execute($"ALTER TABLE \"{_schema}\".actors_grain ADD CHECK (version < 3)");
        var writes = Enumerable.Range(0, 30).Select(i => Store.WriteAsync("counter", $"{i}", Row(1, "x"), Cancel)).ToArray();
        Assert.All(await Task.WhenAll(writes), Assert.True);
        writes = [.. Enumerable.Range(0, 30).SelectMany(i => new[] { Store.WriteAsync("counter", $"{i}", Row(2, "y"), Cancel) }.Concat(i == 7 ? [Store.WriteAsync("counter", "7", Row(3, "z"), Cancel)] : []))];
        var faults = new List<GrainStoreException>();
        foreach (var write in writes)
        {
            try
            {
                Assert.True(await write);
            }
            catch (GrainStoreException fault)
            {
                faults.Add(fault);
            }
        }
        Assert.Contains("failed: expected the server to do its work (23514: ", Assert.Single(faults).Message, StringComparison.Ordinal);
        Assert.False(faults[0].IsOutcomeUnknown);
    }

    [SkippableFact]
    public async Task Nodes_that_write_the_same_rows_in_other_orders_do_not_lock_each_other_out()
    {
        SkipIfMissing();
        var stores = new[] { Store, await Another(), await Another() };
        for (var version = 1; version <= 30; version++)
        {
            var random = new Random(version);
            var writes = stores.SelectMany(store => Enumerable.Range(0, 40).OrderBy(_ => random.Next()).Select(i => (i, store.WriteAsync("counter", $"{i}", Row(version, "x"), Cancel)))).ToArray();
            foreach (var (i, won) in writes.GroupBy(write => write.i).Select(group => (group.Key, group.Count(write => write.Item2.GetAwaiter().GetResult()))))
                Assert.True(won == 1, $"{won} stores wrote version {version} of {i}");
        }
        Assert.DoesNotContain("deadlock detected", fixture.Server!.Log, StringComparison.Ordinal);
    }

    private async Task<string> OpenFails(PostgresGrainStoreSettings settings)
    {
        await using var store = new PostgresGrainStore(settings);
        return (await Assert.ThrowsAsync<GrainStoreException>(() => store.OpenAsync(Cancel))).Message;
    }

    private async Task<NpgsqlConnection> Connect()
    {
        var connection = new NpgsqlConnection(Settings.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        return connection;
    }

    private async Task Execute(string sql)
    {
        await using var connection = await Connect();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private async Task<string?> Read(string sql)
    {
        await using var connection = await Connect();
        await using var command = new NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync(Cancel))?.ToString();
    }
}
