using System.Diagnostics;
using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Alone;

[Collection(AloneCollection.Name)]
public class CleanupTests
{
    [Fact]
    public void It_waits_for_what_was_sent_before_the_sockets_were_closed()
    {
        ZmqContext.Exchange(null);
        PullSocket pull = new();
        pull.Options.ReceiveHighWatermark = 0;
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        PushSocket push = new();
        push.Options.SendHighWatermark = 0;
        push.Connect($"tcp://127.0.0.1:{port}");
        for (int i = 0; i < 10_000; i++)
        {
            push.SendText(i.ToString());
        }

        push.Dispose();
        for (int i = 0; i < 10_000; i++)
        {
            Assert.Equal([i.ToString()], pull.ReceiveText());
        }

        pull.Dispose();
        ZmqContext.Terminate();
        using PullSocket again = new();
        again.BindRandomPort("tcp://127.0.0.1");
    }

    [Fact]
    public async Task Open_sockets_are_told_by_an_exception()
    {
        ZmqContext.Exchange(null);
        PullSocket pull = new();
        pull.BindRandomPort("tcp://127.0.0.1");
        Task receive = Task.Run(() => pull.TryReceiveText(Frames.Timeout));
        ZmqContext.Terminate(block: false);
        await Assert.ThrowsAsync<TerminatingException>(() => receive.WaitAsync(Frames.Timeout));
        Assert.Throws<TerminatingException>(() => pull.Bind("inproc://x"));
        pull.Dispose();
    }

    [Fact]
    public void Lingering_ends_when_its_time_is_over()
    {
        ZmqContext.Exchange(null);
        PushSocket push = new();
        push.Options.Linger = TimeSpan.FromMilliseconds(200);
        push.Connect("tcp://127.0.0.1:1");
        push.SendText("to nobody");
        long start = Stopwatch.GetTimestamp();
        push.Dispose();
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 0, 180);
        ZmqContext.Terminate();
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 150, 15_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Nothing_that_was_sent_before_a_close_is_lost(int round)
    {
        ZmqContext.Exchange(null);
        const int count = 200_000;
        PullSocket pull = new();
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        Thread sender = new(() =>
        {
            using PushSocket push = new();
            push.Options.Linger = TimeSpan.FromSeconds(30);
            push.Connect($"tcp://127.0.0.1:{port}");
            Msg msg = default;
            for (int i = 0; i < count; i++)
            {
                msg.InitPool(100);
                BitConverter.TryWriteBytes(msg.Slice(), i);
                push.TrySend(ref msg, Frames.Timeout, more: false);
            }
        });
        sender.Start();
        Msg received = default;
        received.InitEmpty();
        for (int i = 0; i < count; i++)
        {
            Assert.True(pull.TryReceive(ref received, Frames.Timeout), $"In round {round} message {i} was lost.");
            Assert.Equal(i, BitConverter.ToInt32(received.Slice()));
        }

        received.Close();
        sender.Join();
        pull.Dispose();
        ZmqContext.Terminate();
    }
}
