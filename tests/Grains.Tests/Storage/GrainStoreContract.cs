using System.Text;
using Actors.Grains.Storage;
using static Grains.Tests.Storage.StoreRows;

namespace Grains.Tests.Storage;

/// <summary>What every store of grains does with rows.</summary>
public abstract class GrainStoreContract : IAsyncLifetime
{
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly List<IGrainStore> _stores = [];
    private readonly CancellationTokenSource _limit = new(Limit);
    private IGrainStore? _store;

    /// <summary>Cancelled when a test takes too long.</summary>
    protected CancellationToken Cancel => _limit.Token;

    /// <summary>The store under test, open.</summary>
    protected IGrainStore Store => _store ?? throw new InvalidOperationException("the store is not open");

    /// <summary>A store on the rows of this test, not open yet.</summary>
    protected abstract IGrainStore Create();

    /// <summary>Why this store cannot be tested here; null when it can.</summary>
    protected virtual string? Missing => null;

    public virtual async Task InitializeAsync()
    {
        if (Missing is null) _store = await Another();
    }

    public virtual async Task DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        _limit.Dispose();
    }

    /// <summary>Opens one more store on the same rows.</summary>
    protected async Task<IGrainStore> Another()
    {
        var store = Create();
        _stores.Add(store);
        await store.OpenAsync(Cancel);
        return store;
    }

    protected void SkipIfMissing() => Skip.If(Missing is not null, Missing);

    [SkippableFact]
    public async Task A_grain_that_was_never_written_has_no_row()
    {
        SkipIfMissing();
        Assert.Null(await Store.ReadAsync("counter", "alice", Cancel));
    }

    [SkippableFact]
    public async Task A_row_is_read_as_it_was_written()
    {
        SkipIfMissing();
        Assert.True(await Store.WriteAsync("counter", "alice", Row(1, "5", "calls"), Cancel));
        Assert.Equal((1, "5", "calls"), Text(await Store.ReadAsync("counter", "alice", Cancel)));
    }

    [SkippableFact]
    public async Task Each_write_is_one_version_further()
    {
        SkipIfMissing();
        for (var version = 1; version <= 10; version++) Assert.True(await Store.WriteAsync("counter", "alice", Row(version, $"{version}"), Cancel));
        Assert.Equal((10, "10", ""), Text(await Store.ReadAsync("counter", "alice", Cancel)));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(long.MaxValue)]
    public async Task A_write_of_another_version_than_the_next_is_refused_and_changes_nothing(long version)
    {
        SkipIfMissing();
        Assert.True(await Store.WriteAsync("counter", "alice", Row(1, "one"), Cancel));
        Assert.True(await Store.WriteAsync("counter", "alice", Row(2, "two"), Cancel));
        Assert.False(await Store.WriteAsync("counter", "alice", Row(version, "late"), Cancel));
        Assert.Equal((2, "two", ""), Text(await Store.ReadAsync("counter", "alice", Cancel)));
    }

    [SkippableFact]
    public async Task A_first_write_of_a_later_version_is_refused()
    {
        SkipIfMissing();
        Assert.False(await Store.WriteAsync("counter", "alice", Row(2, "two"), Cancel));
        Assert.Null(await Store.ReadAsync("counter", "alice", Cancel));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_version_below_one_is_a_mistake(long version)
    {
        SkipIfMissing();
        var fault = await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.WriteAsync("counter", "alice", Row(version, "x"), Cancel));
        Assert.Contains($"the row has version {version}: expected 1 or more", fault.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Of_two_activations_that_read_the_same_version_one_writes()
    {
        SkipIfMissing();
        var other = await Another();
        Assert.True(await Store.WriteAsync("counter", "alice", Row(1, "start"), Cancel));
        for (var version = 2; version < 30; version++)
        {
            var results = await Task.WhenAll(
                Store.WriteAsync("counter", "alice", Row(version, "here"), Cancel), other.WriteAsync("counter", "alice", Row(version, "there"), Cancel));
            Assert.Single(results, written => written);
            Assert.Equal((version, results[0] ? "here" : "there", ""), Text(await other.ReadAsync("counter", "alice", Cancel)));
        }
    }

    [SkippableFact]
    public async Task A_cleared_state_keeps_its_row_and_its_version()
    {
        SkipIfMissing();
        Assert.True(await Store.WriteAsync("counter", "alice", Row(1, "5"), Cancel));
        Assert.True(await Store.WriteAsync("counter", "alice", Row(2, null, "calls"), Cancel));
        Assert.Equal((2, null, "calls"), Text(await Store.ReadAsync("counter", "alice", Cancel)));
        Assert.False(await Store.WriteAsync("counter", "alice", Row(1, "anew"), Cancel));
        Assert.True(await Store.WriteAsync("counter", "alice", Row(3, "anew"), Cancel));
    }

    [SkippableFact]
    public async Task A_body_without_bytes_is_not_a_cleared_one()
    {
        SkipIfMissing();
        Assert.True(await Store.WriteAsync("counter", "alice", Row(1, ""), Cancel));
        Assert.Equal((1, "", ""), Text(await Store.ReadAsync("counter", "alice", Cancel)));
    }

    [SkippableFact]
    public async Task Writes_of_one_row_that_wait_together_are_decided_in_their_order()
    {
        SkipIfMissing();
        var writes = Enumerable.Range(1, 50).Select(version => Store.WriteAsync("counter", "alice", Row(version, $"{version}"), Cancel)).ToArray();
        Assert.All(await Task.WhenAll(writes), Assert.True);
        Assert.Equal((50, "50", ""), Text(await Store.ReadAsync("counter", "alice", Cancel)));
    }

    [SkippableFact]
    public async Task A_conflict_among_writes_that_wait_together_fails_no_other()
    {
        SkipIfMissing();
        Assert.True(await Store.WriteAsync("counter", "key 7", Row(1, "taken"), Cancel));
        var writes = Enumerable.Range(0, 50).Select(i => Store.WriteAsync("counter", $"key {i}", Row(1, "new"), Cancel)).ToArray();
        var results = await Task.WhenAll(writes);
        Assert.Equal([7], Enumerable.Range(0, 50).Where(i => !results[i]));
    }

    protected static readonly string[] OddKeys =
    [
        "/", "..", "../../etc/passwd", " ", "a b", "a\nb", "'; DROP TABLE grain; --", "$a", "%00", "\0", "a\0b", "a\0", "\u007f", "ä", "日本語", "🦀", "é", "e\u0301", "A", "a",
        new string('k', 5 * 1024), "🦀".PadRight(5000, 'x'), new string('k', 100_000),
    ];

    [SkippableFact]
    public async Task Each_odd_key_has_a_row_of_its_own()
    {
        SkipIfMissing();
        var keys = OddKeys;
        foreach (var (i, key) in keys.Index()) Assert.True(await Store.WriteAsync("counter", key, Row(1, $"{i}"), Cancel), $"key {i}");
        foreach (var (i, key) in keys.Index()) Assert.Equal((1, $"{i}", ""), Text(await Store.ReadAsync("counter", key, Cancel)));
    }

    [SkippableFact]
    public async Task Where_kind_ends_and_key_begins_makes_a_difference()
    {
        SkipIfMissing();
        Assert.True(await Store.WriteAsync("a", "bc", Row(1, "1"), Cancel));
        Assert.True(await Store.WriteAsync("ab", "c", Row(1, "2"), Cancel));
        Assert.Equal((1, "1", ""), Text(await Store.ReadAsync("a", "bc", Cancel)));
    }

    [SkippableTheory]
    [InlineData("", "key", "the grain kind is empty")]
    [InlineData("a\0b", "key", "the grain kind has the character U+0000")]
    [InlineData("counter", "", "the grain key is empty")]
    public async Task A_kind_or_key_that_no_store_can_hold_is_refused(string kind, string key, string expected)
    {
        SkipIfMissing();
        var fault = await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.WriteAsync(kind, key, Row(1, "x"), Cancel));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.ReadAsync(kind, key, Cancel));
    }

    [SkippableFact]
    public async Task Two_keys_that_are_no_Unicode_text_do_not_become_one()
    {
        SkipIfMissing();
        foreach (var key in new[] { "ab\ud83e", "ab\udd80" })
        {
            var fault = await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.WriteAsync("counter", key, Row(1, "x"), Cancel));
            Assert.Contains("the grain key has half of a surrogate pair at position 2: expected Unicode text", fault.Message, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task A_body_of_10_MB_is_read_as_it_was_written()
    {
        SkipIfMissing();
        var body = new byte[10_000_000];
        new Random(1).NextBytes(body);
        Assert.True(await Store.WriteAsync("counter", "large", new GrainRow(1, body, body.AsMemory(0, 1_000_000)), Cancel));
        var row = await Store.ReadAsync("counter", "large", Cancel);
        Assert.True(row!.Body!.Value.Span.SequenceEqual(body));
        Assert.True(row.Calls.Span.SequenceEqual(body.AsSpan(0, 1_000_000)));
    }

    [SkippableFact]
    public async Task The_memory_of_a_row_that_is_written_may_be_used_again()
    {
        SkipIfMissing();
        var body = Encoding.UTF8.GetBytes("first");
        Assert.True(await Store.WriteAsync("counter", "alice", new GrainRow(1, body, body), Cancel));
        body.AsSpan().Clear();
        Assert.Equal((1, "first", "first"), Text(await Store.ReadAsync("counter", "alice", Cancel)));
    }

    [SkippableFact]
    public async Task A_second_store_on_the_same_rows_reads_and_writes_them()
    {
        SkipIfMissing();
        Assert.True(await Store.WriteAsync("counter", "alice", Row(1, "here"), Cancel));
        var other = await Another();
        Assert.Equal((1, "here", ""), Text(await other.ReadAsync("counter", "alice", Cancel)));
        Assert.True(await other.WriteAsync("counter", "alice", Row(2, "there"), Cancel));
        Assert.Equal((2, "there", ""), Text(await Store.ReadAsync("counter", "alice", Cancel)));
    }

    [SkippableFact]
    public async Task Stores_that_open_at_once_on_nothing_all_open()
    {
        SkipIfMissing();
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(Another)));
        foreach (var (i, store) in stores.Index()) Assert.True(await store.WriteAsync("counter", $"{i}", Row(1, "x"), Cancel));
    }

    [SkippableFact]
    public async Task What_waits_is_written_before_a_store_is_closed()
    {
        SkipIfMissing();
        var writer = await Another();
        var writes = Enumerable.Range(0, 200).Select(i => writer.WriteAsync("counter", $"{i}", Row(1, "x"), Cancel)).ToArray();
        await writer.DisposeAsync();
        Assert.All(await Task.WhenAll(writes), Assert.True);
        for (var i = 0; i < 200; i++) Assert.NotNull(await Store.ReadAsync("counter", $"{i}", Cancel));
    }

    [SkippableFact]
    public async Task A_call_that_is_cancelled_before_it_begins_does_nothing()
    {
        SkipIfMissing();
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WriteAsync("counter", "alice", Row(1, "x"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync("counter", "alice", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.SetReminderAsync(Reminder("a", "n"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Create().OpenAsync(cancelled));
        Assert.Null(await Store.ReadAsync("counter", "alice", Cancel));
        Assert.Empty(await Store.ReadRemindersAsync("clock", "a", Cancel));
    }
}
