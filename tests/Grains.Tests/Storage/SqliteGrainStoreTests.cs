using Actors.Grains;
using Actors.Grains.Storage;
using Microsoft.Data.Sqlite;
using static Grains.Tests.Storage.StoreRows;

namespace Grains.Tests.Storage;

public sealed class SqliteGrainStoreTests : GrainStoreScheduleContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grains").FullName;

    private string FilePath => PathOf("grains.db");

    protected override IGrainStore Create() => new SqliteGrainStore(new SqliteGrainStoreSettings(FilePath));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(StoreSync.Full)]
    [InlineData(StoreSync.Normal)]
    public async Task Rows_and_reminders_are_there_after_a_restart(StoreSync sync)
    {
        var settings = new SqliteGrainStoreSettings(PathOf("restart.db")) { Sync = sync };
        await using (var before = await Open(settings))
        {
            Assert.True(await before.WriteAsync("counter", "alice", Row(1, "5", "calls"), Cancel));
            await before.SetReminderAsync(Reminder("a", "n", 1, 2), Cancel);
        }
        await using var after = await Open(settings);
        Assert.Equal((1, "5", "calls"), Text(await after.ReadAsync("counter", "alice", Cancel)));
        Assert.Equal([Reminder("a", "n", 1, 2)], await after.ReadRemindersAsync("clock", "a", Cancel));
    }

    [Fact]
    public async Task What_was_written_is_in_the_files_that_a_kill_leaves()
    {
        Assert.True(await Store.WriteAsync("counter", "alice", Row(1, "5"), Cancel));
        // The files as they are while the store is at work are what a kill -9 leaves.
        File.Copy(FilePath, PathOf("left.db"));
        File.Copy(FilePath + "-wal", PathOf("left.db-wal"));
        await using var after = await Open(new SqliteGrainStoreSettings(PathOf("left.db")));
        Assert.Equal((1, "5", ""), Text(await after.ReadAsync("counter", "alice", Cancel)));
    }

    [Fact]
    public async Task Writes_that_wait_together_share_a_commit()
    {
        // Another writer holds the file meanwhile, so that they gather.
        using (var other = Connect(FilePath))
        {
            using var held = other.BeginTransaction();
            var writes = Enumerable.Range(0, 100).Select(i => Store.WriteAsync("counter", $"{i}", Row(1, "x"), Cancel)).ToArray();
            var before = Pages();
            held.Rollback();
            Assert.All(await Task.WhenAll(writes), Assert.True);
            // A commit of its own for each would log two pages or more a write, each with its table and its index.
            Assert.InRange(Pages() - before, 1, 100);
        }

        long Pages() => new FileInfo(FilePath + "-wal").Length / 4096;
    }

    [Fact]
    public async Task A_file_that_another_process_holds_for_too_long_is_named_and_written_again_when_it_is_free()
    {
        await using var store = await Open(new SqliteGrainStoreSettings(FilePath) { BusyTimeout = TimeSpan.FromMilliseconds(50) });
        using (var other = Connect(FilePath))
        {
            using var held = other.BeginTransaction();
            var fault = await Assert.ThrowsAsync<GrainStoreException>(() => store.WriteAsync("counter", "alice", Row(1, "x"), Cancel));
            Assert.Contains($"the grain store {FilePath} is locked by another process for longer than 0.05 s: expected", fault.Message, StringComparison.Ordinal);
            Assert.False(fault.IsOutcomeUnknown);
            Assert.Null(await store.ReadAsync("counter", "alice", Cancel));
        }
        Assert.True(await store.WriteAsync("counter", "alice", Row(1, "x"), Cancel));
    }

    [Fact]
    public async Task A_file_without_room_refuses_what_does_not_fit_and_nothing_else()
    {
        await using var store = await Open(new SqliteGrainStoreSettings(PathOf("small.db")) { MaxSize = 256 * 1024 });
        using (var other = Connect(PathOf("small.db")))
        {
            using var held = other.BeginTransaction();
            var large = store.WriteAsync("counter", "large", new GrainRow(1, new byte[1024 * 1024], default), Cancel);
            var small = store.WriteAsync("counter", "small", Row(1, "x"), Cancel);
            held.Rollback();
            var fault = await Assert.ThrowsAsync<GrainStoreException>(() => large);
            Assert.Contains($"{PathOf("small.db")} has no room, the disk is full or the file has its 262144 bytes", fault.Message, StringComparison.Ordinal);
            Assert.False(fault.IsOutcomeUnknown);
            Assert.True(await small);
        }
        Assert.Null(await store.ReadAsync("counter", "large", Cancel));
    }

    [Fact]
    public async Task A_write_that_is_cancelled_while_it_waits_is_not_written()
    {
        using var cancel = new CancellationTokenSource();
        using (var other = Connect(FilePath))
        {
            using var held = other.BeginTransaction();
            var first = Store.WriteAsync("counter", "first", Row(1, "x"), Cancel);
            var second = Store.WriteAsync("counter", "second", Row(1, "x"), cancel.Token);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
            held.Rollback();
            Assert.True(await first);
        }
    }

    [Fact]
    public async Task Damage_is_named_with_the_file()
    {
        await using (var store = await Open(new SqliteGrainStoreSettings(PathOf("damaged.db"))))
            foreach (var write in Enumerable.Range(0, 200).Select(i => store.WriteAsync("counter", $"{i}", Row(1, new string('x', 1000)), Cancel)).ToArray())
                Assert.True(await write);
        using (var file = File.OpenWrite(PathOf("damaged.db")))
        {
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xee, 40 * 4096).ToArray());
        }
        await using var again = await Open(new SqliteGrainStoreSettings(PathOf("damaged.db")));
        var fault = await Assert.ThrowsAsync<GrainStoreException>(() => again.ReadAsync("counter", "7", Cancel));
        Assert.Contains($"the grain store {PathOf("damaged.db")} is damaged: expected a whole SQLite database", fault.Message, StringComparison.Ordinal);
        fault = await Assert.ThrowsAsync<GrainStoreException>(() => again.WriteAsync("counter", "7", Row(2, "x"), Cancel));
        Assert.Contains("is damaged", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_something_else_is_refused_and_left_as_it_was()
    {
        await File.WriteAllTextAsync(PathOf("text"), new string('x', 5000), Cancel);
        Assert.Contains($"the grain store {PathOf("text")} is damaged, or something else: expected an SQLite database", await OpenFails(PathOf("text")), StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(PathOf("text"), Cancel));

        Execute(PathOf("other"), "CREATE TABLE t (a)");
        Assert.Contains("is an SQLite database of another program (its application id is 0)", await OpenFails(PathOf("other")), StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("other-wal")));

        await using (await Open(new SqliteGrainStoreSettings(PathOf("later.db"))))
        {
        }
        Execute(PathOf("later.db"), "PRAGMA user_version = 9");
        Assert.Contains("has tables of version 9: expected version 1", await OpenFails(PathOf("later.db")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_leads_nowhere_says_why()
    {
        Assert.Contains($"there is no folder {PathOf("none")}: expected one that exists", await OpenFails(PathOf("none/grains.db")), StringComparison.Ordinal);
        Directory.CreateDirectory(PathOf("folder"));
        Assert.Contains("it is a folder: expected the path of a file", await OpenFails(PathOf("folder")), StringComparison.Ordinal);
        Assert.Contains("the file of the grain store is empty", Assert.Throws<GrainStoreException>(() => new SqliteGrainStore(new SqliteGrainStoreSettings(" "))).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_folder_in_which_not_even_root_makes_files_is_named()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's");
        Assert.Contains("/proc/self/grains.db cannot be opened: expected a file, or a folder in which this user may make one", await OpenFails("/proc/self/grains.db"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_read_only_file_is_named()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.UserName == "root", "this user writes to every file");
        await using (await Open(new SqliteGrainStoreSettings(PathOf("read-only.db"))))
        {
        }
        File.SetAttributes(PathOf("read-only.db"), FileAttributes.ReadOnly);
        Assert.Contains("cannot be written, it or its folder is read-only", await OpenFails(PathOf("read-only.db")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_with_a_meaning_of_its_own_in_SQLite_is_a_file_here()
    {
        await using (await Open(new SqliteGrainStoreSettings(PathOf(":memory:"))))
            Assert.True(File.Exists(PathOf(":memory:")));
    }

    [Fact]
    public async Task A_store_is_opened_once_and_used_only_while_it_is_open()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Create().ReadAsync("counter", "alice", Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.OpenAsync(Cancel));
        await Store.DisposeAsync();
        await Store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.ReadAsync("counter", "alice", Cancel));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.WriteAsync("counter", "alice", Row(1, "x"), Cancel));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.OpenAsync(Cancel));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private async Task<SqliteGrainStore> Open(SqliteGrainStoreSettings settings)
    {
        var store = new SqliteGrainStore(settings);
        await store.OpenAsync(Cancel);
        return store;
    }

    private async Task<string> OpenFails(string file)
    {
        await using var store = new SqliteGrainStore(new SqliteGrainStoreSettings(file));
        return (await Assert.ThrowsAsync<GrainStoreException>(() => store.OpenAsync(Cancel))).Message;
    }

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(string file, string sql)
    {
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
