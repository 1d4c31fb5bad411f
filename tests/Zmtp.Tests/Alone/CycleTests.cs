using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Alone;

/// <summary>A slice of what <c>Benchmarks -- cycles</c> does at length: connecting and disconnecting leaves nothing behind.</summary>
[Collection(AloneCollection.Name)]
public class CycleTests
{
    private const int WarmUp = 500;
    private const int Cycles = 3000;

    [Fact]
    public void Thousands_of_cycles_leave_neither_memory_nor_descriptors()
    {
        ZmqContext.Exchange(null);
        using PullSocket pull = new();
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        Cycle(pull, port, WarmUp);
        (long memory, int descriptors) = Measure();
        Cycle(pull, port, Cycles);
        (long memoryAfter, int descriptorsAfter) = Measure();
        Assert.InRange(memoryAfter - memory, long.MinValue, 4 * 1024 * 1024);
        Assert.InRange(descriptorsAfter - descriptors, int.MinValue, 20);
    }

    private static void Cycle(PullSocket pull, int port, int count)
    {
        for (int i = 0; i < count; i++)
        {
            using PushSocket push = new();
            push.Connect($"tcp://127.0.0.1:{port}");
            push.SendText("x");
            Assert.Equal(["x"], pull.ReceiveText());
        }
    }

    private static (long Memory, int Descriptors) Measure()
    {
        int descriptors = 0;
        long memory = 0;
        // The last connections end in the background.
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    int before = descriptors;
                    descriptors = Descriptors();
                    memory = GC.GetTotalMemory(forceFullCollection: true);
                    return before == descriptors;
                },
                Frames.Timeout),
            "The number of descriptors does not come to rest.");
        return (memory, descriptors);
    }

    private static int Descriptors() => OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : 0;
}
