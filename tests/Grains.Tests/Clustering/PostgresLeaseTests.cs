using Actors.Grains.Clustering;
using Actors.Grains.Clustering.Leases;
using Actors.Shared;
using Akka.Actor;
using Akka.Configuration;
using Akka.Coordination;
using Npgsql;
using ClusterSettings = Actors.Grains.Clustering.ClusterSettings;

namespace Grains.Tests.Clustering;

public sealed class PostgresLeaseTests : IAsyncLifetime
{
    private readonly List<ActorSystem> _systems = [];
    private PostgresServer? _server;

    public Task InitializeAsync()
    {
        if (PostgresServer.Missing is null) _server = PostgresServer.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var system in _systems) await system.Terminate();
        _server?.Dispose();
    }

    [SkippableFact]
    public async Task Of_many_owners_that_try_at_once_one_gets_the_lease_and_the_table_is_made()
    {
        var leases = Enumerable.Range(0, 8).Select(i => Lease("shared", $"owner-{i}")).ToArray();
        var taken = await Task.WhenAll(leases.Select(lease => lease.Acquire()));
        Assert.Single(taken, true);
        Assert.Equal(taken, leases.Select(lease => lease.CheckLease()));
    }

    [SkippableFact]
    public async Task Nodes_that_make_the_table_at_the_same_moment_all_go_on()
    {
        await using var source = NpgsqlDataSource.Create(Database());
        for (var round = 0; round < 20; round++)
        {
            await ExecuteAsync("drop table if exists grain_leases");
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => new PostgresLeaseTable(source, "test").TakeAsync($"l{i}", "a", Guid.NewGuid(), TimeSpan.FromSeconds(10), default)));
            Assert.Equal(8, await ScalarAsync<long>("select count(*) from grain_leases"));
        }
    }

    [SkippableFact]
    public async Task A_released_lease_goes_to_the_next_owner_at_once()
    {
        var first = Lease("l", "a");
        var second = Lease("l", "b");
        Assert.True(await first.Acquire());
        Assert.True(await first.Acquire());
        Assert.False(await second.Acquire());
        Assert.True(await first.Release());
        Assert.False(first.CheckLease());
        Assert.True(await second.Acquire());
    }

    [SkippableFact]
    public async Task The_lease_of_an_owner_that_has_died_is_free_after_its_time_by_the_clock_of_the_database()
    {
        var table = Table("test");
        Assert.True(await table.TakeAsync("l", "dead", Guid.NewGuid(), TimeSpan.FromSeconds(10), default));
        Assert.False(await table.TakeAsync("l", "next", Guid.NewGuid(), TimeSpan.FromSeconds(10), default));
        // The row is all that says so: no clock of a node is asked.
        await ExecuteAsync("update grain_leases set until = clock_timestamp() - interval '1 millisecond'");
        Assert.True(await table.TakeAsync("l", "next", Guid.NewGuid(), TimeSpan.FromSeconds(10), default));
        var left = await ScalarAsync<TimeSpan>("select until - clock_timestamp() from grain_leases");
        Assert.InRange(left, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
    }

    [SkippableFact]
    public async Task A_late_renewal_and_a_late_release_of_an_earlier_taking_change_nothing()
    {
        var table = Table("test");
        var (earlier, later) = (Guid.NewGuid(), Guid.NewGuid());
        await table.TakeAsync("l", "a", earlier, TimeSpan.FromSeconds(10), default);
        Assert.True(await table.TakeAsync("l", "a", later, TimeSpan.FromSeconds(10), default));
        Assert.False(await table.RenewAsync("l", earlier, TimeSpan.FromHours(1), default));
        await table.GiveBackAsync("l", earlier, default);
        Assert.True(await table.RenewAsync("l", later, TimeSpan.FromSeconds(10), default));
    }

    [SkippableFact]
    public async Task Two_clusters_share_a_database_and_no_lease()
    {
        Assert.True(await Table("one").TakeAsync("l", "a", Guid.NewGuid(), TimeSpan.FromSeconds(10), default));
        Assert.True(await Table("two").TakeAsync("l", "b", Guid.NewGuid(), TimeSpan.FromSeconds(10), default));
    }

    [SkippableFact]
    public async Task A_lease_that_another_owner_has_taken_is_lost_and_its_owner_is_told()
    {
        var lost = new TaskCompletionSource<Exception>();
        var lease = Lease("l", "a", "heartbeat-interval = 100 ms");
        Assert.True(await lease.Acquire(lost.SetResult));
        await ExecuteAsync("update grain_leases set owner = 'b', token = gen_random_uuid()");
        Assert.Equal("The lease \"l\" of a was taken by another owner.", (await lost.Task.WaitAsync(TestNode.Limit)).Message);
        Assert.False(lease.CheckLease());
    }

    [SkippableFact]
    public async Task A_lease_is_lost_when_the_database_is_down_for_its_timeout_and_can_be_taken_when_it_is_back()
    {
        var lost = new TaskCompletionSource<Exception>();
        var lease = Lease("l", "a", "heartbeat-interval = 200 ms, heartbeat-timeout = 1 s, lease-operation-timeout = 500 ms");
        Assert.True(await lease.Acquire(lost.SetResult));
        _server!.Kill();
        Assert.Contains("could not be renewed for 1000 ms", (await lost.Task.WaitAsync(TestNode.Limit)).Message);
        Assert.False(lease.CheckLease());
        await Assert.ThrowsAnyAsync<LeaseException>(() => lease.Acquire());
        _server.StartAgain();
        Assert.True(await lease.Acquire());
    }

    [SkippableFact]
    public async Task A_lease_outlives_a_restart_of_the_database()
    {
        var lost = new TaskCompletionSource<Exception>();
        var lease = Lease("l", "a", "heartbeat-interval = 200 ms, heartbeat-timeout = 30 s");
        Assert.True(await lease.Acquire(lost.SetResult));
        _server!.Restart();
        var before = await ScalarAsync<DateTime>("select until from grain_leases");
        using var limit = new CancellationTokenSource(TestNode.Limit);
        while (await ScalarAsync<DateTime>("select until from grain_leases") == before) Assert.False(limit.IsCancellationRequested, "the lease was not renewed after the restart");
        Assert.True(lease.CheckLease());
        Assert.False(lost.Task.IsCompleted);
    }

    private string Database()
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        return _server!.ConnectionString;
    }

    private PostgresLeaseTable Table(string cluster)
    {
        var table = new PostgresLeaseTable(NpgsqlDataSource.Create(Database()), cluster);
        return table;
    }

    /// <summary>A lease as Akka makes it, each with connections of its own.</summary>
    private Lease Lease(string name, string owner, string settings = "")
    {
        var config = ConfigurationFactory.ParseString($"{ClusterConfig.LeasePath} {{ {settings} }}\nakka.loglevel = OFF\nakka.stdout-loglevel = OFF\n")
            .WithFallback(ConfigurationFactory.ParseString(ClusterConfig.Of(new ClusterSettings { Lease = Database() })));
        var system = ActorSystem.Create("test", config);
        _systems.Add(system);
        return LeaseProvider.Get(system).GetLease(name, ClusterConfig.LeasePath, owner);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Database());
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Database());
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
