using System.Globalization;
using System.Text;
using Actors.Grains;
using Actors.Grains.Storage;
using Actors.Shared;
using Npgsql;
using static Grains.Tests.Storage.StoreRows;

namespace Grains.Tests.Storage;

/// <summary>What the store on PostgreSQL does when its connections or its server fail.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresOutageTests(PostgresFixture fixture) : IAsyncLifetime
{
    // It bounds the making of a connection too, for which the server starts a process.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);

    private readonly string _schema = fixture.NextSchema();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(100));
    private readonly List<PostgresGrainStore> _stores = [];
    private PostgresProxy? _proxy;

    private CancellationToken Cancel => _limit.Token;

    private PostgresServer Server => fixture.Server!;

    private PostgresProxy Proxy => _proxy ??= new PostgresProxy(new NpgsqlConnectionStringBuilder(Server.ConnectionString).Host!);

    private PostgresGrainStoreSettings Direct => new(Server.ConnectionString) { Schema = _schema, RetryFor = TimeSpan.FromSeconds(60) };

    private PostgresGrainStoreSettings Proxied => Direct with { ConnectionString = Proxy.ConnectionString, Writers = 1 };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        _proxy?.Dispose();
        _limit.Dispose();
    }

    [SkippableFact]
    public async Task A_write_whose_answer_was_lost_is_known_again()
    {
        var store = await Open(Proxied);
        Assert.True(await store.WriteAsync("counter", "alice", Row(1, "1"), Cancel));
        var lost = Proxy.LoseAnswers();
        var write = store.WriteAsync("counter", "alice", Row(2, "2"), Cancel);
        await lost.WaitAsync(Cancel);
        Proxy.Cut();
        Assert.True(await write);
        Assert.Equal((2, "2", ""), Text(await store.ReadAsync("counter", "alice", Cancel)));
    }

    [SkippableFact]
    public async Task A_write_that_was_lost_on_its_way_is_made_again()
    {
        var store = await Open(Proxied);
        Assert.True(await store.WriteAsync("counter", "alice", Row(1, "1"), Cancel));
        var lost = Proxy.LoseRequests();
        var write = store.WriteAsync("counter", "alice", Row(2, "2"), Cancel);
        await lost.WaitAsync(Cancel);
        Proxy.Cut();
        Assert.True(await write);
        Assert.Equal((2, "2", ""), Text(await store.ReadAsync("counter", "alice", Cancel)));
    }

    [SkippableFact]
    public async Task A_lost_write_is_not_taken_for_the_same_one_of_another_writer()
    {
        var store = await Open(Proxied);
        var other = await Open(Direct);
        Assert.True(await store.WriteAsync("counter", "alice", Row(1, "1"), Cancel));
        var lost = Proxy.LoseRequests();
        var write = store.WriteAsync("counter", "alice", Row(2, "2"), Cancel);
        await lost.WaitAsync(Cancel);
        Assert.True(await other.WriteAsync("counter", "alice", Row(2, "2"), Cancel));
        Proxy.Cut();
        Assert.False(await write);
    }

    [SkippableFact]
    public async Task A_write_whose_answer_was_lost_and_whose_row_was_written_since_is_unknown()
    {
        var store = await Open(Proxied);
        var other = await Open(Direct);
        Assert.True(await store.WriteAsync("counter", "alice", Row(1, "1"), Cancel));
        var lost = Proxy.LoseAnswers();
        var write = store.WriteAsync("counter", "alice", Row(2, "2"), Cancel);
        await lost.WaitAsync(Cancel);
        Assert.True(await other.WriteAsync("counter", "alice", Row(3, "3"), Cancel));
        Proxy.Cut();
        var fault = await Assert.ThrowsAsync<GrainStoreException>(() => write);
        Assert.True(fault.IsOutcomeUnknown);
        Assert.Contains("lost the connection during the write of counter/alice, and the row has been written since; whether the write has happened is unknown", fault.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_first_write_whose_answer_was_lost_is_known_again()
    {
        var store = await Open(Proxied);
        Assert.True(await store.WriteAsync("counter", "warm", Row(1, "1"), Cancel));
        var lost = Proxy.LoseAnswers();
        var write = store.WriteAsync("counter", "alice", Row(1, "1"), Cancel);
        await lost.WaitAsync(Cancel);
        Proxy.Cut();
        Assert.True(await write);
    }

    [SkippableTheory]
    [InlineData(60)]
    [InlineData(null)]
    public async Task An_advance_whose_answer_was_lost_is_known_again(int? next)
    {
        var store = await Open(Proxied);
        await store.SetReminderAsync(Reminder("a", "n", 0, 60), Cancel);
        var lost = Proxy.LoseAnswers();
        var advance = store.AdvanceReminderAsync(Reminder("a", "n", 0, 60), next is { } due ? Noon.AddSeconds(due) : null, Cancel);
        await lost.WaitAsync(Cancel);
        Proxy.Cut();
        Assert.True(await advance);
        Assert.Equal(next is null ? [] : [Reminder("a", "n", 60, 60)], await store.ReadRemindersAsync("clock", "a", Cancel));
    }

    [SkippableFact]
    public async Task A_server_that_does_not_answer_fails_a_write_as_unknown_in_time()
    {
        var store = await Open(Proxied with { RetryFor = Short });
        Assert.True(await store.WriteAsync("counter", "alice", Row(1, "1"), Cancel));
        _ = Proxy.LoseAnswers();
        var fault = await Assert.ThrowsAsync<GrainStoreException>(() => store.WriteAsync("counter", "alice", Row(2, "2"), Cancel));
        Assert.Contains("does not answer within 3 s: expected a server that can be reached", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.IsOutcomeUnknown);
    }

    [SkippableFact]
    public async Task A_server_that_is_away_for_too_long_fails_calls_that_have_not_happened()
    {
        var store = await Open(Direct with { RetryFor = Short });
        Server.Stop();
        try
        {
            var fault = await Assert.ThrowsAsync<GrainStoreException>(() => store.WriteAsync("counter", "alice", Row(1, "1"), Cancel));
            Assert.Contains("cannot be reached: expected a server that listens there", fault.Message, StringComparison.Ordinal);
            Assert.False(fault.IsOutcomeUnknown);
            await Assert.ThrowsAsync<GrainStoreException>(() => store.ReadAsync("counter", "alice", Cancel));
        }
        finally
        {
            Server.StartAgain();
        }
        Assert.True(await store.WriteAsync("counter", "alice", Row(1, "1"), Cancel));
    }

    [SkippableFact]
    public async Task Calls_wait_for_a_server_that_comes_back()
    {
        var store = await Open(Direct);
        Server.Stop();
        var write = store.WriteAsync("counter", "alice", Row(1, "1"), Cancel);
        var read = store.ReadRemindersAsync("clock", "a", Cancel);
        Server.StartAgain();
        Assert.True(await write);
        Assert.Empty(await read);
    }

    [SkippableFact]
    public async Task A_write_that_is_cancelled_while_the_server_is_away_ends_at_once()
    {
        var store = await Open(Direct);
        Server.Stop();
        try
        {
            using var cancel = new CancellationTokenSource();
            var write = store.WriteAsync("counter", "alice", Row(1, "1"), cancel.Token);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        }
        finally
        {
            Server.StartAgain();
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_is_restarted_or_killed_under_load_loses_and_doubles_no_write(bool kill)
    {
        const int Writers = 32, Outages = 3;
        var stores = new[] { await Open(Direct), await Open(Direct) };
        using var stop = new CancellationTokenSource();
        using var progress = new SemaphoreSlim(0);
        var written = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var (acknowledged, unknown) = (0, 0);
            while (!stop.IsCancellationRequested)
            {
                // Pairs of writers share a key, each through a store of its own.
                var store = stores[writer % 2];
                var key = $"{writer / 2}";
                var row = await store.ReadAsync("counter", key, Cancel);
                var sum = row is null ? 0 : int.Parse(Encoding.UTF8.GetString(row.Body!.Value.Span), CultureInfo.InvariantCulture);
                try
                {
                    if (await store.WriteAsync("counter", key, Row((row?.Version ?? 0) + 1, $"{sum + 1}"), Cancel)) acknowledged++;
                }
                catch (GrainStoreException fault) when (fault.IsOutcomeUnknown)
                {
                    unknown++;
                }
                progress.Release();
            }
            return (Acknowledged: acknowledged, Unknown: unknown);
        })).ToArray();
        for (var outage = 0; outage < Outages; outage++)
        {
            for (var i = 0; i < 500; i++) await progress.WaitAsync(Cancel);
            if (kill) Server.Kill();
            else Server.Stop();
            Server.StartAgain();
        }
        for (var i = 0; i < 500; i++) await progress.WaitAsync(Cancel);
        await stop.CancelAsync();
        var results = await Task.WhenAll(written);
        var total = 0;
        for (var key = 0; key < Writers / 2; key++)
            if (Text(await stores[0].ReadAsync("counter", $"{key}", Cancel)) is { Body: var sum }) total += int.Parse(sum!, CultureInfo.InvariantCulture);
        var acknowledged = results.Sum(result => result.Acknowledged);
        Assert.InRange(total, acknowledged, acknowledged + results.Sum(result => result.Unknown));
    }

    private async Task<PostgresGrainStore> Open(PostgresGrainStoreSettings settings)
    {
        Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
        var store = new PostgresGrainStore(settings);
        _stores.Add(store);
        await store.OpenAsync(Cancel);
        return store;
    }
}
