using FsCheck.Xunit;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Tests.Pipes;

/// <summary>The two ends that a connection has of a pipe: bytes out, bytes in.</summary>
public class WireQueueTests
{
    private static readonly InboundLimits s_noLimits = new(MaxMessageSize: -1, MaxCommandSize: 16 * 1024, MaxBytes: 0);

    private sealed class Commands : ICommandHandler
    {
        public List<string> Names { get; } = [];

        public bool OnCommand(ReadOnlySpan<byte> body)
        {
            if (!Command.TryParse(body, out Command command))
            {
                return false;
            }

            Names.Add(command.Kind.ToString());
            return true;
        }
    }

    private static List<byte[]> ReadAll(PipeReader reader)
    {
        List<byte[]> frames = [];
        Msg msg = default;
        while (reader.TryRead(ref msg))
        {
            frames.Add(msg.ToArray());
            msg.Close();
        }

        return frames;
    }

    private static byte[] TakeAll(OutboundQueue queue, Func<int, int> howMuch)
    {
        List<byte> bytes = [];
        ArraySegment<byte>[] pieces = new ArraySegment<byte>[4];
        while (queue.Gather(pieces, 100_000, toMessageEnd: false) is var count && count > 0)
        {
            byte[] gathered = [.. pieces.Take(count).SelectMany(p => p)];
            int sent = Math.Clamp(howMuch(gathered.Length), 1, gathered.Length);
            bytes.AddRange(gathered.AsSpan(0, sent));
            queue.Sent(sent);
        }

        return [.. bytes];
    }

    [Property(Arbitrary = [typeof(PipeTests)], MaxTest = 60)]
    public void What_goes_out_in_any_portions_comes_in_whole(int[][] messages, int seed)
    {
        Random random = new(seed);
        PipeState outbound = new(0, 0);
        PipeWriter writer = new(outbound);
        OutboundQueue sending = new(outbound);
        List<byte[]> sent = [];
        foreach (int[] message in messages)
        {
            for (int i = 0; i < message.Length; i++)
            {
                byte[] frame = new byte[message[i]];
                random.NextBytes(frame);
                sent.Add(frame);
                writer.Write(frame, more: i < message.Length - 1);
            }

            writer.Commit();
        }

        byte[] wire = TakeAll(sending, length => random.Next(1, length + 1));
        Assert.Equal(messages.Length, sending.Messages);
        Assert.True(sending.IsAtMessageBoundary);

        PipeState inbound = new(0, 0);
        PipeReader reader = new(inbound);
        InboundQueue receiving = new(inbound, s_noLimits, takesSubscriptions: false, new Commands());
        List<byte[]> received = [];
        for (int offset = 0; offset < wire.Length;)
        {
            Memory<byte> memory = receiving.GetMemory();
            Assert.NotEqual(0, memory.Length);
            int count = Math.Min(Math.Min(memory.Length, wire.Length - offset), random.Next(1, 50_000));
            wire.AsSpan(offset, count).CopyTo(memory.Span);
            offset += count;
            Assert.True(receiving.Received(count), receiving.Error.ToString());
            received.AddRange(ReadAll(reader));
        }

        Assert.Equal(sent, received);
        Assert.Equal(messages.Length, receiving.Messages);
    }

    [Property(MaxTest = 100)]
    public void A_broken_connection_sends_again_from_the_first_message_that_had_not_left_whole(int seed)
    {
        Random random = new(seed);
        PipeState state = new(0, 0);
        PipeWriter writer = new(state);
        OutboundQueue queue = new(state);
        List<int> ends = [0];
        List<byte> all = [];
        for (int i = 0; i < 30; i++)
        {
            int frames = random.Next(1, 4);
            for (int f = 0; f < frames; f++)
            {
                byte[] frame = new byte[random.Next(3) == 0 ? random.Next(60_000) : random.Next(300)];
                random.NextBytes(frame);
                writer.Write(frame, more: f < frames - 1);
                byte[] header = new byte[FrameHeader.MaxLength];
                bool large = frame.Length > 255;
                int length = large ? FrameHeader.WriteLong(header, f < frames - 1 ? FrameFlags.More : (byte)0, frame.Length) : FrameHeader.Write(header, f < frames - 1 ? FrameFlags.More : (byte)0, frame.Length);
                all.AddRange(header.AsSpan(0, length));
                all.AddRange(frame);
            }

            writer.Commit();
            ends.Add(all.Count);
        }

        ArraySegment<byte>[] pieces = new ArraySegment<byte>[8];
        int target = random.Next(all.Count);
        int position = 0;
        while (position < target)
        {
            int count = queue.Gather(pieces, target - position, toMessageEnd: false);
            int length = Math.Min(pieces.Take(count).Sum(p => p.Count), target - position);
            queue.Sent(length);
            position += length;
        }

        queue.Restart();
        byte[] again = TakeAll(queue, length => length);
        int boundary = ends.Last(e => e <= position);
        Assert.Equal(all.Skip(boundary), again);
    }

    [Fact]
    public void To_the_end_of_the_message_is_no_further()
    {
        PipeState state = new(0, 0);
        PipeWriter writer = new(state);
        OutboundQueue queue = new(state);
        writer.Write(new byte[10], more: true);
        writer.Write(new byte[10], more: false);
        writer.Commit();
        writer.Write(new byte[10], more: false);
        writer.Commit();
        queue.Sent(5);
        Assert.False(queue.IsAtMessageBoundary);

        ArraySegment<byte>[] pieces = new ArraySegment<byte>[8];
        int count = queue.Gather(pieces, 1000, toMessageEnd: true);
        Assert.Equal(19, pieces.Take(count).Sum(p => p.Count));
        queue.Sent(19);
        Assert.True(queue.IsAtMessageBoundary);
        Assert.Equal(1, queue.Messages);
    }

    [Property(MaxTest = 100)]
    public void Commands_between_messages_are_taken_out(int seed)
    {
        Random random = new(seed);
        List<byte> wire = [];
        List<byte[]> expected = [];
        int pings = 0;
        byte[] ping = new byte[HeartbeatCommand.MaxFrameLength];
        int pingLength = HeartbeatCommand.WritePing(ping, TimeSpan.Zero, default);
        for (int i = 0; i < 50; i++)
        {
            for (int p = random.Next(3); p > 0; p--)
            {
                wire.AddRange(ping.AsSpan(0, pingLength));
                pings++;
            }

            byte[] frame = new byte[random.Next(4) == 0 ? random.Next(40_000) : random.Next(100)];
            random.NextBytes(frame);
            byte[] header = new byte[FrameHeader.MaxLength];
            wire.AddRange(header.AsSpan(0, FrameHeader.Write(header, 0, frame.Length)));
            wire.AddRange(frame);
            expected.Add(frame);
        }

        PipeState state = new(0, 0);
        PipeReader reader = new(state);
        Commands commands = new();
        InboundQueue queue = new(state, s_noLimits, takesSubscriptions: false, commands);
        byte[] bytes = [.. wire];
        List<byte[]> received = [];
        for (int offset = 0; offset < bytes.Length;)
        {
            int count = Math.Min(bytes.Length - offset, random.Next(1, 30_000));
            Assert.True(queue.Append(bytes.AsSpan(offset, count)), queue.Error.ToString());
            offset += count;
            received.AddRange(ReadAll(reader));
        }

        Assert.Equal(expected, received);
        Assert.Equal(pings, commands.Names.Count);
        Assert.All(commands.Names, n => Assert.Equal("Ping", n));
    }

    [Fact]
    public void Endless_commands_take_no_memory()
    {
        PipeState state = new(0, 0);
        InboundQueue queue = new(state, s_noLimits, takesSubscriptions: false, new Commands());
        byte[] ping = new byte[HeartbeatCommand.MaxFrameLength];
        int length = HeartbeatCommand.WritePing(ping, TimeSpan.Zero, default);
        for (int i = 0; i < 100_000; i++)
        {
            Assert.True(queue.Append(ping.AsSpan(0, length)));
        }

        Assert.Null(state.First.Next);
    }

    public static TheoryData<byte[], string> Violations => new()
    {
        { [0x08, 0x00], nameof(InboundError.ReservedFlags) },
        { [0x80, 0x00], nameof(InboundError.ReservedFlags) },
        { [0x05, 0x01, 0x00], nameof(InboundError.ReservedFlags) },
        { [0x02, 0x80, 0, 0, 0, 0, 0, 0, 0], nameof(InboundError.FrameTooLarge) },
        { [0x02, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], nameof(InboundError.FrameTooLarge) },
        { [0x02, 0, 0, 0, 0, 0, 0, 0x03, 0xE9], nameof(InboundError.FrameTooLarge) },
        { [0x06, 0, 0, 0, 0, 0x10, 0, 0, 0], nameof(InboundError.CommandTooLarge) },
        { [0x04, 0x00], nameof(InboundError.BadCommand) },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void What_breaks_the_rules_is_an_error(byte[] wire, string error)
    {
        PipeState state = new(0, 0);
        InboundQueue queue = new(state, s_noLimits with { MaxMessageSize = 1000 }, takesSubscriptions: false, new Commands());
        Assert.False(queue.Append(wire));
        Assert.Equal(error, queue.Error.ToString());
        Assert.Equal(0, queue.Messages);
    }

    [Fact]
    public void A_size_that_is_only_claimed_takes_no_memory()
    {
        PipeState state = new(0, 0);
        InboundQueue queue = new(state, s_noLimits, takesSubscriptions: false, new Commands());
        long before = GC.GetAllocatedBytesForCurrentThread();
        // Two gigabytes minus some.
        Assert.True(queue.Append([0x02, 0, 0, 0, 0, 0x7F, 0, 0, 0, 1, 2, 3]));
        queue.GetMemory();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * 1024);
        queue.Close();
    }

    [Fact]
    public void The_unfinished_message_of_a_lost_connection_is_dropped()
    {
        PipeState state = new(0, 0);
        PipeReader reader = new(state);
        InboundQueue queue = new(state, s_noLimits, takesSubscriptions: false, new Commands());
        Assert.True(queue.Append([0, 1, 7, 1, 1, 8, 2, 0, 0, 0, 0, 0, 1, 0, 0, 9]));
        queue.Restart();
        Assert.True(queue.Append([0, 1, 10]));
        Assert.Equal([[7], [10]], ReadAll(reader));
    }

    [Fact]
    public void With_too_many_bytes_in_it_the_pipe_is_full_until_they_are_read()
    {
        PipeState state = new(0, 0);
        PipeReader reader = new(state);
        InboundQueue queue = new(state, s_noLimits with { MaxBytes = 1000 }, takesSubscriptions: false, new Commands());
        byte[] frame = [0, 98, .. new byte[98]];
        for (int i = 0; i < 10; i++)
        {
            Assert.False(queue.IsFull, $"The pipe was full with {i * 100} bytes.");
            Assert.True(queue.Append(frame));
        }

        Assert.True(queue.IsFull);
        Assert.Equal(10, ReadAll(reader).Count);
        Assert.True(reader.WaitForMessage());
        Assert.False(queue.IsFull);
    }

    [Fact]
    public void Frames_without_the_last_of_their_message_are_held_to_the_limit()
    {
        PipeState state = new(0, 0);
        InboundQueue queue = new(state, s_noLimits with { MaxBytes = 500_000 }, takesSubscriptions: false, new Commands());
        byte[] frame = [FrameFlags.More, 255, .. new byte[255]];
        int taken = 0;
        while (queue.Append(frame))
        {
            taken += frame.Length;
            Assert.InRange(taken, 0, 600_000);
        }

        Assert.Equal(InboundError.MessageTooLarge, queue.Error);
        Assert.InRange(taken, 400_000, 600_000);
        queue.Close();
    }
}
