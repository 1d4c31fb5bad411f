using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Tests.Pipes;

public class PipeTests
{
    private sealed class Side : IPipeSide
    {
        public int Reads { get; private set; }

        public int Writes { get; private set; }

        public void CanRead() => Reads++;

        public void CanWrite() => Writes++;
    }

    private static (PipeState State, PipeWriter Writer, PipeReader Reader) Create(int highWatermark = 0)
    {
        PipeState state = new(highWatermark, 0);
        return (state, new PipeWriter(state), new PipeReader(state));
    }

    private static void Write(PipeWriter writer, params byte[][] frames)
    {
        for (int i = 0; i < frames.Length; i++)
        {
            writer.Write(frames[i], more: i < frames.Length - 1);
        }

        writer.Commit();
    }

    private static List<byte[]>? Read(PipeReader reader)
    {
        List<byte[]> frames = [];
        Msg msg = default;
        while (reader.TryRead(ref msg))
        {
            frames.Add(msg.ToArray());
            bool more = msg.HasMore;
            msg.Close();
            if (!more)
            {
                return frames;
            }
        }

        Assert.Empty(frames);
        return null;
    }

    public static Arbitrary<int[][]> Messages() => Gen.ArrayOf(
        Gen.NonEmptyListOf(Gen.OneOf(Gen.Choose(0, 300), Gen.Choose(0, 40_000))).Select(l => l.Take(4).ToArray())).ToArbitrary();

    [Property(Arbitrary = [typeof(PipeTests)], MaxTest = 60)]
    public void Messages_of_any_frames_come_out_as_they_went_in(int[][] messages)
    {
        (_, PipeWriter writer, PipeReader reader) = Create();
        byte[][][] sent = [.. messages.Select((m, i) => m.Select((size, j) => Bytes(size, i + j)).ToArray())];
        foreach (byte[][] message in sent)
        {
            Write(writer, message);
        }

        foreach (byte[][] message in sent)
        {
            Assert.Equal(message, Read(reader));
        }

        Assert.Null(Read(reader));
    }

    [Fact]
    public void An_unfinished_message_cannot_be_read_and_can_be_taken_back()
    {
        (_, PipeWriter writer, PipeReader reader) = Create();
        Write(writer, [1]);
        writer.Write([2], more: true);
        writer.Write(Bytes(100_000, 1), more: true);
        writer.Write(Bytes(40_000, 1), more: true);
        Assert.True(writer.HasUncommitted);
        Assert.Equal([[1]], Read(reader)!);
        Assert.Null(Read(reader));

        writer.Rollback();
        Assert.False(writer.HasUncommitted);
        Write(writer, [3], Bytes(70_000, 5));
        Assert.Equal([[3], Bytes(70_000, 5)], Read(reader)!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1000)]
    public void A_full_pipe_has_room_again_when_half_was_read(int highWatermark)
    {
        (PipeState state, PipeWriter writer, PipeReader reader) = Create(highWatermark);
        Side side = new();
        state.Writer = side;
        for (int i = 0; i < highWatermark; i++)
        {
            Assert.True(writer.HasRoom());
            Write(writer, [(byte)i]);
        }

        Assert.False(writer.HasRoom());
        Assert.True(writer.WaitForRoom());
        while (side.Writes == 0)
        {
            Assert.NotNull(Read(reader));
        }

        Assert.True(writer.HasRoom());
        Assert.Equal(highWatermark / 2, writer.Waiting);
    }

    [Fact]
    public void An_idle_reader_is_told_once()
    {
        (PipeState state, PipeWriter writer, PipeReader reader) = Create();
        Side side = new();
        state.Reader = side;
        Write(writer, [1]);
        Assert.Equal(0, side.Reads);
        Read(reader);
        Assert.True(reader.WaitForMessage());
        Write(writer, [2]);
        Write(writer, [3]);
        Assert.Equal(1, side.Reads);
        Assert.False(reader.WaitForMessage());
    }

    [Fact]
    public void The_end_comes_after_what_was_written()
    {
        (_, PipeWriter writer, PipeReader reader) = Create();
        Write(writer, [1]);
        writer.Close();
        Assert.False(reader.IsAtEnd);
        Read(reader);
        Assert.True(reader.IsAtEnd);
        Assert.False(reader.WaitForMessage());
    }

    [Fact]
    public void A_large_frame_is_handed_over_and_not_copied()
    {
        (_, PipeWriter writer, PipeReader reader) = Create();
        byte[] large = Bytes(100_000, 1);
        Msg msg = default;
        msg.InitGiven(large);
        writer.Write(ref msg, more: false);
        writer.Commit();
        Msg received = default;
        Assert.True(reader.TryRead(ref received));
        Assert.Same(large, received.Data);

        Msg borrowed = default;
        borrowed.InitBorrowed(large);
        writer.Write(ref borrowed, more: false);
        writer.Commit();
        Assert.True(reader.TryRead(ref received));
        Assert.NotSame(large, received.Data);
        received.Close();
    }

    [Fact]
    public async Task Two_threads_lose_nothing()
    {
        const int count = 300_000;
        (PipeState state, PipeWriter writer, PipeReader reader) = Create(100);
        using AutoResetEvent canRead = new(false);
        using AutoResetEvent canWrite = new(false);
        state.Reader = new Signal(canRead, null);
        state.Writer = new Signal(null, canWrite);
        Task writing = Task.Run(() =>
        {
            byte[] frame = new byte[8];
            for (int i = 0; i < count; i++)
            {
                while (!writer.HasRoom())
                {
                    if (writer.WaitForRoom())
                    {
                        Assert.True(canWrite.WaitOne(TimeSpan.FromSeconds(20)), $"The writer was not told of room at message {i}.");
                    }
                }

                BitConverter.TryWriteBytes(frame, (long)i);
                writer.Write(frame.AsSpan(0, 8), more: false);
                writer.Commit();
            }
        });
        Msg msg = default;
        for (int i = 0; i < count;)
        {
            if (reader.TryRead(ref msg))
            {
                Assert.Equal(i++, BitConverter.ToInt64(msg.Slice()));
                msg.Close();
            }
            else if (reader.WaitForMessage())
            {
                Assert.True(canRead.WaitOne(TimeSpan.FromSeconds(20)), $"The reader was not told of message {i}.");
            }
        }

        await writing.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static byte[] Bytes(int size, int seed)
    {
        byte[] bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private sealed class Signal(AutoResetEvent? read, AutoResetEvent? write) : IPipeSide
    {
        public void CanRead() => read!.Set();

        public void CanWrite() => write!.Set();
    }
}
