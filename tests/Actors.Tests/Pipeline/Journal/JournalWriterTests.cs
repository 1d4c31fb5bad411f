using System.Text;
using Actors.Transport;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>The journal's writer and its stores, with the test in the place of the role.</summary>
public sealed class JournalWriterTests(ITestOutputHelper log) : JournalTestKit(log)
{
    private const long Origin = 7;

    private static readonly TaskTry Returned = new(1, "peer", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TryOutcome.Returned, "bad");

    private (JournalWriter<PushEntry> Writer, PushStore Store) OpenPush(JournalSettings settings)
    {
        var store = new PushStore();
        var writer = new JournalWriter<PushEntry>(TestActor, "push", settings, store);
        writer.Start();
        ExpectMsg<JournalOpened>(Patience);
        return (writer, store);
    }

    private (JournalWriter<PullEntry> Writer, PullStore Store) OpenPull(JournalSettings settings, int window)
    {
        var store = new PullStore(window);
        var writer = new JournalWriter<PullEntry>(TestActor, "pull", settings, store);
        writer.Start();
        ExpectMsg<JournalOpened>(Patience);
        return (writer, store);
    }

    private JournalException OpenFails(string file)
    {
        new JournalWriter<PushEntry>(TestActor, "push", new JournalSettings(file), new PushStore()).Start();
        return ExpectMsg<JournalNotOpened>(Patience).Cause;
    }

    private static void Accept(JournalWriter<PushEntry> writer, long from, int count, int size = 10, string? source = null)
    {
        for (var n = from; n < from + count; n++) writer.Write(PushEntry.Accepted(n, Origin, new Message(new byte[size]), source, n));
    }

    private void ExpectCommitted(int awaited)
    {
        while (awaited > 0) awaited -= ExpectMsg<JournalCommitted>(Patience).Awaited;
        Assert.Equal(0, awaited);
    }

    private static TaskId Id(int number) => new(Encoding.ASCII.GetBytes($"{number}").AsSpan());

    [Fact]
    public void What_was_accepted_and_not_ended_is_there_when_the_file_is_opened_again()
    {
        var settings = new JournalSettings(PathOf("push"));
        var (writer, _) = OpenPush(settings);
        Accept(writer, 1, 10);
        writer.Write(PushEntry.Accepted(11, Origin, Message.FromText("two", "frames", ""), "lines", 42));
        ExpectCommitted(11);
        writer.Write(PushEntry.TryEnded(11, Returned));
        writer.Write(PushEntry.TryEnded(3, Returned));
        for (var n = 1; n <= 9; n++) writer.Write(PushEntry.Acknowledged(n));
        writer.Write(PushEntry.DeadLettered(10));
        Assert.True(writer.Close());

        var (again, store) = OpenPush(settings);
        var task = Assert.Single(store.Tasks);
        Assert.Equal((11, Origin, Message.FromText("two", "frames", "")), (task.Number, task.Origin, task.Payload));
        Assert.Equal(Returned, Assert.Single(task.History));
        Assert.Equal((9, 1), (store.Acknowledged, store.DeadLettered));
        Assert.Equal(42, store.Positions["lines"]);
        Assert.True(again.Close());
        // The tries of tasks that ended went with them.
        Assert.Equal(1, Query(settings.File, "SELECT count(*) FROM try"));
    }

    [Fact]
    public void What_gathers_during_a_commit_shares_the_next_one()
    {
        var (writer, _) = OpenPush(new JournalSettings(PathOf("push")));
        Accept(writer, 1, 20_000);
        Assert.True(writer.Close());

        var commits = 0;
        for (var left = 20_000; left > 0; commits++) left -= ExpectMsg<JournalCommitted>(Patience).Awaited;
        Assert.InRange(commits, 1, 2_000);
    }

    [Fact]
    public void The_window_keeps_the_last_ids_in_their_order()
    {
        var settings = new JournalSettings(PathOf("pull"));
        var (writer, _) = OpenPull(settings, window: 100);
        for (var n = 0; n < 1000; n++)
        {
            writer.Write(new PullEntry(Id(n)));
            if (n % 10 == 9) ExpectCommitted(10);
        }
        Assert.True(writer.Close());

        var (again, store) = OpenPull(settings, window: 100);
        Assert.Equal(1000, store.Done);
        Assert.InRange(store.Known.Count, 100, 110);
        Assert.Equal(Enumerable.Range(900, 100).Select(Id), store.Known.TakeLast(100));
        Assert.True(again.Close());
    }

    [Fact]
    public void The_file_grows_with_what_is_outstanding_and_not_with_what_has_passed()
    {
        var settings = new JournalSettings(PathOf("push"));
        var (writer, _) = OpenPush(settings);
        long sizeAfterTheFirst = 0;
        for (var round = 0; round < 50; round++)
        {
            Accept(writer, 1 + (round * 1000), 1000, size: 200);
            ExpectCommitted(1000);
            if (round > 0)
                for (var n = 1; n <= 1000; n++) writer.Write(PushEntry.Acknowledged(((round - 1) * 1000) + n));
            if (round == 5) sizeAfterTheFirst = new FileInfo(settings.File).Length;
        }
        // 10 MB have passed.
        Assert.InRange(new FileInfo(settings.File + "-wal").Length, 1, 9 * 1024 * 1024);
        Assert.True(writer.Close());
        Assert.InRange(new FileInfo(settings.File).Length, 1, Math.Max(2 * sizeAfterTheFirst, 1024 * 1024));
        Assert.False(File.Exists(settings.File + "-wal"));
        Assert.Equal(1000, Query(settings.File, "SELECT count(*) FROM task"));
    }

    [Fact]
    public void The_window_does_not_grow_the_file_either()
    {
        var settings = new JournalSettings(PathOf("pull"));
        var (writer, _) = OpenPull(settings, window: 1000);
        for (var n = 0; n < 50_000; n++) writer.Write(new PullEntry(Id(n)));
        ExpectCommitted(50_000);
        for (var n = 0; n < 2000; n++)
        {
            writer.Write(new PullEntry(Id(n)));
            ExpectCommitted(1);
        }
        Assert.True(writer.Close());
        Assert.InRange(new FileInfo(settings.File).Length, 1, 1024 * 1024);
        Assert.InRange(Query(settings.File, "SELECT count(*) FROM done"), 1, 1000);
    }

    [Fact]
    public void A_full_file_stalls_what_is_new_until_something_ends()
    {
        var settings = new JournalSettings(PathOf("push")) { MaxSize = 64 * 1024, RetryInterval = TimeSpan.FromMilliseconds(20), RetryIntervalMax = TimeSpan.FromMilliseconds(20) };
        var (writer, _) = OpenPush(settings);
        Accept(writer, 1, 100, size: 1000);

        var committed = 0;
        JournalStalled? stalled = null;
        while (stalled is null)
        {
            switch (ExpectMsg<JournalMessage>(Patience))
            {
                case JournalCommitted some: committed += some.Awaited; break;
                case JournalStalled seen: stalled = seen; break;
            }
        }
        // What has room is in, and the rest waits.
        Assert.InRange(committed, 10, 60);
        Assert.Contains($"{settings.File} has no room: the disk is full, or the file has its 65536 bytes", stalled.Cause.Message, StringComparison.Ordinal);

        for (var n = 1; n <= committed; n++) writer.Write(PushEntry.Acknowledged(n));
        FishForMessage<JournalResumed>(_ => true, Patience, "the journal's recovery");
        for (var left = 100 - committed; left > 0;)
        {
            var some = FishForMessage<JournalCommitted>(_ => true, Patience, "the rest");
            for (var n = 0; n < some.Awaited; n++) writer.Write(PushEntry.Acknowledged(101 - left--));
        }
        Assert.True(writer.Close());
        Assert.Equal(0, Query(settings.File, "SELECT count(*) FROM task"));
        Assert.Equal(100, Query(settings.File, "SELECT acknowledged FROM ledger"));
    }

    [Fact]
    public void Closing_a_journal_that_is_stalled_does_not_wait_for_the_disk()
    {
        var settings = new JournalSettings(PathOf("push")) { MaxSize = 64 * 1024, RetryInterval = TimeSpan.FromHours(1), RetryIntervalMax = TimeSpan.FromHours(1) };
        var (writer, _) = OpenPush(settings);
        Accept(writer, 1, 100, size: 1000);
        FishForMessage<JournalStalled>(_ => true, Patience, "the stall");

        Assert.True(writer.Close());
        var (again, store) = OpenPush(settings);
        Assert.InRange(store.Tasks.Count, 10, 60);
        Assert.True(again.Close());
    }

    [Fact]
    public void A_file_that_another_has_open_is_refused_by_name()
    {
        var settings = new JournalSettings(PathOf("push"));
        var (writer, _) = OpenPush(settings);

        Assert.Contains($"{settings.File} is in use by another process", OpenFails(settings.File).Message, StringComparison.Ordinal);
        Assert.True(writer.Close());
        Assert.True(OpenPush(settings).Writer.Close());
    }

    [Fact]
    public void A_file_that_another_program_has_locked_is_refused_by_name()
    {
        var settings = new JournalSettings(PathOf("push"));
        Assert.True(OpenPush(settings).Writer.Close());
        using var other = Connect(settings.File);
        using var transaction = other.BeginTransaction();

        Assert.Contains($"{settings.File} is in use by another process", OpenFails(settings.File).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Garbage_is_no_journal()
    {
        File.WriteAllText(PathOf("push"), new string('x', 5000));
        Assert.Contains("is damaged, or no journal at all", OpenFails(PathOf("push")).Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), File.ReadAllText(PathOf("push")));
    }

    [Fact]
    public void Garbage_in_the_middle_is_found_when_the_file_is_opened()
    {
        var settings = new JournalSettings(PathOf("push"));
        var (writer, _) = OpenPush(settings);
        Accept(writer, 1, 1000, size: 100);
        Assert.True(writer.Close());
        ExpectCommitted(1000);
        using (var file = File.OpenWrite(settings.File))
        {
            file.Position = 6 * 4096;
            file.Write(Enumerable.Repeat((byte)0xee, 4096).ToArray());
        }

        Assert.Contains($"{settings.File} is damaged", OpenFails(settings.File).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_journal_of_another_role_or_program_or_version_is_refused()
    {
        Assert.True(OpenPull(new JournalSettings(PathOf("pull")), 10).Writer.Close());
        Assert.Contains("is the journal of a pull role: expected the journal of a push role", OpenFails(PathOf("pull")).Message, StringComparison.Ordinal);

        Query(PathOf("other"), "CREATE TABLE t (a); SELECT 1");
        Assert.Contains("is an SQLite database of another program", OpenFails(PathOf("other")).Message, StringComparison.Ordinal);

        Assert.True(OpenPush(new JournalSettings(PathOf("push"))).Writer.Close());
        Query(PathOf("push"), "PRAGMA user_version = 9; SELECT 1");
        Assert.Contains("has version 9: expected version 1", OpenFails(PathOf("push")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_leads_nowhere_says_why()
    {
        Assert.Contains($"there is no folder {PathOf("none")}", OpenFails(PathOf("none/push")).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(PathOf("folder"));
        Assert.Contains("it is a folder", OpenFails(PathOf("folder")).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_read_only_folder_is_named()
    {
        if (OperatingSystem.IsWindows()) throw new SkipException("Windows has no read-only folders");
        Skip.If(Environment.UserName == "root", "root writes to every folder");
        var folder = Directory.CreateDirectory(PathOf("folder"));
        File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.Contains("its folder cannot be written", OpenFails(PathOf("folder/push")).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [SkippableFact]
    public void A_folder_in_which_not_even_root_makes_files_is_named()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's");
        Assert.Contains("/proc/self/push cannot be opened: it or its folder cannot be written", OpenFails("/proc/self/push").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_with_a_meaning_of_their_own_in_SQLite_are_files_here()
    {
        var settings = new JournalSettings(PathOf(":memory:"));
        var (writer, _) = OpenPush(settings);
        Accept(writer, 1, 1);
        Assert.True(writer.Close());
        Assert.True(File.Exists(settings.File));
    }

    [Fact]
    public void A_journal_survives_that_its_process_is_gone_in_the_middle_of_a_commit()
    {
        // The files as they are while the writer is at work are what a kill -9 leaves.
        var settings = new JournalSettings(PathOf("push"));
        var (writer, _) = OpenPush(settings);
        Accept(writer, 1, 1000, source: "lines");
        ExpectCommitted(1000);
        Accept(writer, 1001, 5000, source: "lines");
        File.Copy(settings.File, PathOf("copy"));
        File.Copy(settings.File + "-wal", PathOf("copy-wal"));
        Assert.True(writer.Close());
        ExpectCommitted(5000);

        var (again, store) = OpenPush(new JournalSettings(PathOf("copy")));
        Assert.InRange(store.Tasks.Count, 1000, 6000);
        Assert.Equal(Enumerable.Range(1, store.Tasks.Count).Select(n => (long)n), store.Tasks.Select(task => task.Number));
        // The position stands where the tasks end: it came with them in one transaction.
        Assert.Equal(store.Tasks[^1].Number, store.Positions["lines"]);
        Assert.True(again.Close());
    }
}
