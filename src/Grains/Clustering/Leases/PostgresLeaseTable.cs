using Npgsql;
using NpgsqlTypes;

namespace Actors.Grains.Clustering.Leases;

/// <summary>Leases as rows of the table <c>grain_leases</c> in PostgreSQL, which is made when it is missed.</summary>
/// <param name="source">Where the table is.</param>
/// <param name="cluster">The cluster whose leases these are; several may share a table.</param>
internal sealed class PostgresLeaseTable(NpgsqlDataSource source, string cluster) : ILeaseTable
{
    // clock_timestamp, not now: a statement may wait for a row, and now is the time at which it began.
    private const string Take = """
        insert into grain_leases as held (cluster, name, owner, token, until)
        values (@cluster, @name, @owner, @token, clock_timestamp() + @lasts)
        on conflict (cluster, name) do update
        set owner = excluded.owner, token = excluded.token, until = clock_timestamp() + @lasts
        where held.owner = excluded.owner or held.until < clock_timestamp()
        """;

    private const string Left = "select until - clock_timestamp() from grain_leases where cluster = @cluster and name = @name";

    private const string Renew = """
        update grain_leases set until = clock_timestamp() + @lasts
        where cluster = @cluster and name = @name and token = @token
        """;

    private const string GiveBack = "delete from grain_leases where cluster = @cluster and name = @name and token = @token";

    // One node at a time makes the table, under the lock "AGRL": "if not exists" does not see what another one has not committed yet.
    private const string Create = """
        select pg_advisory_xact_lock(x'4147524c'::bigint);
        create table if not exists grain_leases (
            cluster text not null,
            name text not null,
            owner text not null,
            token uuid not null,
            until timestamptz not null,
            primary key (cluster, name))
        """;

    public async Task<bool> TakeAsync(string name, string owner, Guid token, TimeSpan lasts, CancellationToken cancel)
    {
        try
        {
            return await RunAsync(Take, name, token, owner, lasts, cancel).ConfigureAwait(false) > 0;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            await CreateAsync(cancel).ConfigureAwait(false);
            return await RunAsync(Take, name, token, owner, lasts, cancel).ConfigureAwait(false) > 0;
        }
    }

    public async Task<TimeSpan?> LeftAsync(string name, CancellationToken cancel)
    {
        var command = source.CreateCommand(Left);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.AddWithValue("cluster", cluster);
            command.Parameters.AddWithValue("name", name);
            return await command.ExecuteScalarAsync(cancel).ConfigureAwait(false) is TimeSpan left ? left : null;
        }
    }

    public async Task<bool> RenewAsync(string name, Guid token, TimeSpan lasts, CancellationToken cancel) =>
        await RunAsync(Renew, name, token, null, lasts, cancel).ConfigureAwait(false) > 0;

    public Task GiveBackAsync(string name, Guid token, CancellationToken cancel) => RunAsync(GiveBack, name, token, null, null, cancel);

    private async Task<int> RunAsync(string sql, string name, Guid token, string? owner, TimeSpan? lasts, CancellationToken cancel)
    {
        var command = source.CreateCommand(sql);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.AddWithValue("cluster", cluster);
            command.Parameters.AddWithValue("name", name);
            command.Parameters.AddWithValue("token", token);
            if (owner is not null) command.Parameters.AddWithValue("owner", owner);
            if (lasts is { } span) command.Parameters.AddWithValue("lasts", NpgsqlDbType.Interval, span);
            return await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
        }
    }

    private async Task CreateAsync(CancellationToken cancel)
    {
        var command = source.CreateCommand(Create);
        await using (command.ConfigureAwait(false)) await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }
}
