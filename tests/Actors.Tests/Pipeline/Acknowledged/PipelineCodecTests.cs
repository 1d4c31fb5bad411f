using System.Text;
using Actors.Transport;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Actors.Tests;

public sealed class PipelineCodecTests
{
    private static readonly TaskId Id = new("id"u8);

    private static T Read<T>(Message message)
        where T : PipelineCommand
    {
        Assert.True(PipelineCodec.TryRead(message, 0, new TaskIdReader(), out var command, out var fault), fault);
        return Assert.IsType<T>(command);
    }

    private static string FaultOf(string hex, params string[] more)
    {
        Assert.False(PipelineCodec.TryRead(new Message([Convert.FromHexString(hex), .. more.Select(one => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(one))]), 0, new TaskIdReader(), out _, out var fault));
        return fault!;
    }

    [Theory]
    // The examples of docs/protocols/pipeline.md, section 4.
    [InlineData("485049504501530000002A000003E8")]
    [InlineData("5200000100")]
    [InlineData("410269640269 65")]
    [InlineData("4E0002696462 6164")]
    [InlineData("44")]
    [InlineData("42")]
    [InlineData("47")]
    [InlineData("4502736179")]
    public void Each_command_is_written_as_it_is_read(string hex)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.True(PipelineCodec.TryRead(new Message(bytes), 0, new TaskIdReader(), out var command, out var fault), fault);
        Assert.Equal(bytes, PipelineCodec.Write(command).Equals(new Message(bytes)) ? bytes : []);
    }

    [Fact]
    public void Hello_tells_version_end_session_and_heartbeat() => Assert.Equal(
        new HelloCommand(1, PipelineEndKind.Sending, 42, TimeSpan.FromSeconds(1)),
        Read<HelloCommand>(new Message(Convert.FromHexString("485049504501530000002A000003E8"))));

    [Fact]
    public void A_hello_of_another_version_is_read_as_far_as_its_version() =>
        Assert.Equal(9, Read<HelloCommand>(new Message(Convert.FromHexString("485049504509FFFF"))).Version);

    [Fact]
    public void A_task_keeps_the_frames_of_its_payload()
    {
        var payload = Message.FromText("one", "", "three");
        var task = Assert.Single(Read<TasksCommand>(TaskCodec.WriteOne(null, Sent(Id, payload, tries: 7))).Tasks);

        Assert.Equal(new SentTask(7, Id, payload), task);
    }

    [Fact]
    public void Tasks_in_one_frame_are_read_as_the_specification_shows_them()
    {
        var tasks = Read<TasksCommand>(new Message(Convert.FromHexString("4D" + "00000001026964" + "01" + "0000000178" + "00000002026965" + "02" + "00000000" + "000000027979"))).Tasks;

        Assert.Equal([new SentTask(1, Id, Message.FromText("x")), new SentTask(2, new TaskId("ie"u8), Message.FromText("", "yy"))], tasks);
    }

    [Property]
    public void Tasks_in_one_frame_come_back_as_they_were(NonEmptyArray<(NonEmptyArray<byte> Id, NonEmptyArray<byte[]> Frames)> some)
    {
        LedgerTask[] tasks = [.. some.Get.Select(one => Sent(
            new TaskId(one.Id.Get.Take(TaskId.MaxLength).ToArray()),
            new Message([.. one.Frames.Get.Select(frame => (ReadOnlyMemory<byte>)(frame ?? []))])))];
        var size = tasks.Sum(task => TaskCodec.PackedSize(task)!.Value);

        var message = TaskCodec.WriteMany(null, tasks, (int)size);

        Assert.Equal(1 + size, message.Size);
        Assert.Equal(tasks.Select(task => new SentTask(1, task.Id, task.Payload)), Read<TasksCommand>(message).Tasks);
    }

    [Fact]
    public void A_task_of_more_frames_than_a_count_can_say_is_not_for_a_common_frame() =>
        Assert.Null(TaskCodec.PackedSize(Sent(Id, new Message(new ReadOnlyMemory<byte>[256]))));

    private static LedgerTask Sent(TaskId id, Message payload, int tries = 1)
    {
        var task = new LedgerTask(id, payload);
        var waiting = new TaskList();
        var peer = new LedgerPeer("peer");
        for (var n = 0; n < tries; n++)
        {
            waiting.Add(task);
            task.Assign(peer, TimeSpan.Zero);
            if (n < tries - 1) task.EndTry(TimeSpan.Zero, TryOutcome.PeerGone, null);
        }
        return task;
    }

    [Theory]
    [InlineData("", "there is no command")]
    [InlineData("58", "0x58")]
    [InlineData("52000001", "expected 5")]
    [InlineData("41", "names no task")]
    [InlineData("4100", "breaks off at octet 1")]
    [InlineData("41056964", "breaks off at octet 1")]
    [InlineData("4E00", "NACK is malformed")]
    [InlineData("45", "no code")]
    [InlineData("48585858580153", "HPIPE")]
    [InlineData("4850495045015300", "expected 15")]
    [InlineData("485049504501580000002A000003E8", "0x58")]
    [InlineData("5400000001", "expected 6 to 260")]
    [InlineData("54000000016964", "no payload")]
    [InlineData("4D", "TASKS has no task")]
    [InlineData("4D0000", "begins at 1")]
    [InlineData("4D0000000102696400", "begins at 1")]
    [InlineData("4D000000010269640100000002FF", "begins at 1")]
    [InlineData("4D0000000102696401FFFFFFFF00", "begins at 1")]
    [InlineData("4D00000001026964010000000178" + "00", "begins at 14")]
    [InlineData("4E030269640A", "NACK is malformed")]
    public void What_is_malformed_is_told(string hex, string fault) => Assert.Contains(fault, FaultOf(hex), StringComparison.Ordinal);

    [Fact]
    public void Only_a_task_has_further_frames() => Assert.Contains("only TASK", FaultOf("42", "more"), StringComparison.Ordinal);

    [Property(MaxTest = 2000)]
    public void Whatever_comes_is_read_or_told_and_never_thrown(byte[][] frames, bool asTasks)
    {
        if (frames.Length == 0) return;
        if (asTasks) frames[0] = [(byte)'M', .. frames[0]];
        var message = new Message([.. frames.Select(frame => (ReadOnlyMemory<byte>)frame)]);
        Assert.Equal(PipelineCodec.TryRead(message, 0, new TaskIdReader(), out var command, out var fault), fault is null && command is not null);
    }

    [Property]
    public void Acknowledged_ids_come_back_in_order(NonEmptyArray<NonEmptyArray<byte>> ids)
    {
        TaskId[] some = [.. ids.Get.Select(id => new TaskId(id.Get.Take(TaskId.MaxLength).ToArray()))];
        Assert.Equal(some, Read<AckCommand>(PipelineCodec.Write(new AckCommand(some))).Ids);
    }
}
