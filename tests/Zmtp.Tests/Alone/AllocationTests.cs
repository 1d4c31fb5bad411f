using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Alone;

[Collection(AloneCollection.Name)]
public class AllocationTests
{
    [Theory]
    [InlineData(16, 200_000)]
    [InlineData(100, 200_000)]
    [InlineData(1024, 100_000)]
    [InlineData(65536, 3_000)]
    public void In_steady_state_no_thread_allocates_for_a_message(int size, int count)
    {
        ZmqContext.Exchange(null);
        using PullSocket pull = new();
        // So few that the first half reaches the most that are ever under way.
        pull.Options.ReceiveHighWatermark = size > 16_000 ? 20 : 1000;
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        using PushSocket push = new();
        push.Options.SendHighWatermark = size > 16_000 ? 20 : 1000;
        push.Connect($"tcp://127.0.0.1:{port}");
        long sent = 0;
        using Barrier barrier = new(2);
        byte[] data = new byte[size];
        Thread sender = new(() =>
        {
            for (int half = 0; half < 2; half++)
            {
                barrier.SignalAndWait(Frames.Timeout);
                long before = GC.GetAllocatedBytesForCurrentThread();
                Msg msg = default;
                for (int i = 0; i < count; i++)
                {
                    msg.InitPool(size);
                    data.CopyTo(msg.Slice());
                    push.TrySend(ref msg, Frames.Timeout, more: false);
                }

                sent = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            barrier.SignalAndWait(Frames.Timeout);
        });
        sender.Start();
        long received = 0;
        long all = 0;
        Msg msg = default;
        msg.InitEmpty();
        for (int half = 0; half < 2; half++)
        {
            barrier.SignalAndWait(Frames.Timeout);
            long allBefore = GC.GetTotalAllocatedBytes(precise: false);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < count; i++)
            {
                if (!pull.TryReceive(ref msg, Frames.Timeout))
                {
                    Assert.Fail($"Message {i} of {size} bytes did not arrive.");
                }
            }

            received = GC.GetAllocatedBytesForCurrentThread() - before;
            all = GC.GetTotalAllocatedBytes(precise: false) - allBefore;
        }

        barrier.SignalAndWait(Frames.Timeout);
        sender.Join();
        msg.Close();

        // Blocks are pooled, but how many are out at a time varies, and the test framework allocates a little too.
        double each = (double)all / count;
        long few = count + (32 * size);
        Assert.True(received < few, $"The receiving thread allocated {received} bytes for {count} messages of {size}.");
        Assert.True(sent < few, $"The sending thread allocated {sent} bytes for {count} messages of {size}.");
        Assert.True(each < Math.Max(8, size / 16), $"All threads allocated {each:0.0} bytes a message of {size}.");
    }

    [Theory]
    [InlineData(16)]
    [InlineData(1000)]
    public void A_whole_message_costs_the_arrays_that_are_received_and_nothing_else(int size)
    {
        const int count = 10_000;
        ZmqContext.Exchange(null);
        using PullSocket pull = new("@inproc://whole-message-allocations");
        using PushSocket push = new(">inproc://whole-message-allocations");
        ReadOnlyMemory<byte>[] message = [new byte[size], new byte[size]];
        long allocated = 0;
        for (int half = 0; half < 2; half++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < count; i++)
            {
                Assert.True(push.TrySend(message) == SendResult.Sent);
                Assert.True(pull.TryReceive(out _, out bool more) && more);
                Assert.True(pull.TryReceive(out _, out more) && !more);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // An array has a head of 24 bytes at most and is rounded up to 8.
        long each = 2 * (size + 24 + 8);
        Assert.InRange(allocated / count, 2 * size, each);
    }
}
