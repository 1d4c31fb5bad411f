using System.Diagnostics;
using System.Globalization;
using Actors.Grains;
using Actors.Grains.Storage;
using static Grains.Tests.Storage.StoreRows;

namespace Grains.Tests.Storage;

/// <summary>What the store on SQLite does beside another process, and on a disk that is full.</summary>
public sealed class SqliteProcessTests : IAsyncLifetime
{
    private const string Python = "/usr/bin/python3";

    private readonly string _folder = Directory.CreateTempSubdirectory("grains").FullName;
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));
    private readonly List<SqliteGrainStore> _stores = [];

    private CancellationToken Cancel => _limit.Token;

    private string FilePath => Path.Combine(_folder, "grains.db");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        _limit.Dispose();
    }

    [SkippableFact]
    public async Task Two_processes_on_one_file_lose_no_update_of_each_other()
    {
        var store = await Open(new SqliteGrainStoreSettings(FilePath));
        Assert.True(await store.WriteAsync("counter", "alice", Row(1, "0"), Cancel));
        using var other = Start(
            """
            import sqlite3, sys
            db = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
            print("ready", flush=True)
            sys.stdin.readline()
            done = refused = 0
            while done < 200:
                version, body = db.execute("SELECT version, body FROM grain WHERE kind = 'counter' AND key = x'616c696365'").fetchone()
                wrote = db.execute("UPDATE grain SET version = version + 1, body = ? WHERE kind = 'counter' AND key = x'616c696365' AND version = ?",
                                   (str(int(body) + 1).encode(), version)).rowcount
                done += wrote
                refused += 1 - wrote
            print(done, flush=True)
            """);
        Assert.Equal("ready", await other.StandardOutput.ReadLineAsync(Cancel));
        await other.StandardInput.WriteLineAsync("go");
        var end = other.StandardOutput.ReadLineAsync(Cancel).AsTask();
        var (done, refused) = (0, 0);
        while (!end.IsCompleted || done < 200)
        {
            var row = Text(await store.ReadAsync("counter", "alice", Cancel))!.Value;
            if (await store.WriteAsync("counter", "alice", Row(row.Version + 1, $"{int.Parse(row.Body!, CultureInfo.InvariantCulture) + 1}"), Cancel)) done++;
            else refused++;
        }
        Assert.Equal("200", await end);
        Assert.Equal((done + 201, $"{done + 200}", ""), Text(await store.ReadAsync("counter", "alice", Cancel)));
        Assert.True(refused > 0, "the processes never met: the schedule shows nothing");
    }

    [SkippableFact]
    public async Task A_process_that_is_killed_in_a_transaction_holds_nobody_up()
    {
        var store = await Open(new SqliteGrainStoreSettings(FilePath));
        using var other = Start(
            """
            import sqlite3, sys
            db = sqlite3.connect(sys.argv[1], isolation_level=None)
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO grain VALUES ('counter', x'00', 1, x'', x'')")
            print("ready", flush=True)
            sys.stdin.readline()
            """);
        Assert.Equal("ready", await other.StandardOutput.ReadLineAsync(Cancel));
        var write = store.WriteAsync("counter", "\0", Row(1, "x"), Cancel);
        other.Kill();
        Assert.True(await write);
    }

    [Fact]
    public async Task A_file_that_is_removed_while_it_is_in_use_refuses_writes_instead_of_losing_them()
    {
        var store = await Open(new SqliteGrainStoreSettings(FilePath));
        Assert.True(await store.WriteAsync("counter", "alice", Row(1, "x"), Cancel));
        File.Delete(FilePath);
        var fault = await Assert.ThrowsAsync<GrainStoreException>(() => store.WriteAsync("counter", "alice", Row(2, "x"), Cancel));
        Assert.Contains($"the grain store {FilePath} is gone, it was removed or renamed while it was in use: expected it to stay where it is", fault.Message, StringComparison.Ordinal);
        fault = await Assert.ThrowsAsync<GrainStoreException>(() => store.WriteAsync("counter", "alice", Row(2, "x"), Cancel));
        Assert.Contains("cannot be opened: expected a file", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(FilePath));
    }

    [SkippableFact]
    public async Task A_full_disk_refuses_writes_until_it_has_room_and_loses_none_that_it_took()
    {
        var disk = Directory.CreateDirectory(Path.Combine(_folder, "disk")).FullName;
        Skip.IfNot(OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=2m", "none", disk), "this user mounts no file systems");
        try
        {
            var store = await Open(new SqliteGrainStoreSettings(Path.Combine(disk, "grains.db")));
            var taken = 0;
            var block = new byte[100_000];
            GrainStoreException? fault = null;
            while (fault is null)
            {
                try
                {
                    Assert.True(await store.WriteAsync("counter", $"{taken}", new GrainRow(1, block, default), Cancel));
                    taken++;
                }
                catch (GrainStoreException full)
                {
                    fault = full;
                }
            }
            Assert.Contains("grains.db has no room, the disk is full: expected free space", fault.Message, StringComparison.Ordinal);
            Assert.False(fault.IsOutcomeUnknown);
            Assert.Null(await store.ReadAsync("counter", $"{taken}", Cancel));
            Assert.True(Run("mount", "-o", "remount,size=8m", disk));
            for (var key = 0; key < taken; key++) Assert.NotNull(await store.ReadAsync("counter", $"{key}", Cancel));
            Assert.True(await store.WriteAsync("counter", $"{taken}", new GrainRow(1, block, default), Cancel));
            await store.DisposeAsync();
        }
        finally
        {
            Run("umount", "-l", disk);
        }
    }

    private async Task<SqliteGrainStore> Open(SqliteGrainStoreSettings settings)
    {
        var store = new SqliteGrainStore(settings);
        _stores.Add(store);
        await store.OpenAsync(Cancel);
        return store;
    }

    private Process Start(string program)
    {
        Skip.IfNot(File.Exists(Python), $"{Python} is not installed");
        var start = new ProcessStartInfo(Python, ["-c", program, FilePath]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return Process.Start(start) ?? throw new InvalidOperationException($"{Python} does not start");
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}
