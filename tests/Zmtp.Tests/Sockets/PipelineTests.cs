
namespace Actors.Zmtp.Tests.Sockets;

public class PipelineTests
{
    [Theory]
    [InlineData("tcp://127.0.0.1:0")]
    [InlineData("inproc://pipeline")]
    public void Messages_arrive_whole_and_in_order(string endpoint)
    {
        using PullSocket pull = new();
        pull.Bind(endpoint);
        using PushSocket push = new();
        push.Connect(pull.Options.LastEndpoint!);

        for (int i = 0; i < 5000; i++)
        {
            push.SendText("head " + i, "", new string('x', i % 300));
            if (i % 500 == 499)
            {
                for (int j = i - 499; j <= i; j++)
                {
                    Assert.Equal(["head " + j, "", new string('x', j % 300)], pull.ReceiveText());
                }
            }
        }
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:0")]
    [InlineData("inproc://large")]
    public void Frames_of_all_sizes_keep_their_bytes(string endpoint)
    {
        using PullSocket pull = new();
        pull.Bind(endpoint);
        using PushSocket push = new();
        push.Connect(pull.Options.LastEndpoint!);
        Random random = new(1);
        int[] sizes = [0, 1, 254, 255, 256, 257, 16383, 16384, 16385, 65535, 65536, 65537, 1_000_000, 3_500_000];

        foreach (int size in sizes)
        {
            byte[] sent = new byte[size];
            random.NextBytes(sent);
            Msg msg = default;
            msg.InitPool(size);
            sent.CopyTo(msg.Slice());
            Assert.True(push.TrySend(ref msg, Frames.Timeout, more: false), $"A frame of {size} bytes was not taken.");
            Assert.True(pull.TryReceive(ref msg, Frames.Timeout), $"A frame of {size} bytes did not arrive.");
            Assert.True(msg.Slice().SequenceEqual(sent), $"A frame of {size} bytes changed on its way.");
            msg.Close();
        }
    }

    [Fact]
    public void A_peer_may_connect_before_the_other_is_bound()
    {
        using PullSocket probe = new();
        int port = probe.BindRandomPort("tcp://127.0.0.1");
        probe.Unbind($"tcp://127.0.0.1:{port}");

        using PushSocket push = new();
        push.Options.ReconnectInterval = TimeSpan.FromMilliseconds(20);
        push.Connect($"tcp://127.0.0.1:{port}");
        push.SendText("early");
        using PullSocket pull = new();
        pull.Bind($"tcp://127.0.0.1:{port}");

        Assert.Equal(["early"], pull.ReceiveText());
    }

    [Fact]
    public void What_was_sent_before_a_close_arrives_within_linger()
    {
        using PullSocket pull = new();
        pull.Options.ReceiveHighWatermark = 0;
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        const int count = 50_000;
        using (PushSocket push = new())
        {
            push.Options.Linger = TimeSpan.FromSeconds(20);
            push.Connect($"tcp://127.0.0.1:{port}");
            for (int i = 0; i < count; i++)
            {
                push.SendText(i.ToString());
            }
        }

        for (int i = 0; i < count; i++)
        {
            Assert.Equal([i.ToString()], pull.ReceiveText());
        }
    }
}
