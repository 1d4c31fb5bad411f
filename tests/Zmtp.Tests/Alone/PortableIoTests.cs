using Actors.Zmtp.Sockets;
using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Alone;

/// <summary>The portable way of waiting for sockets of the system, which Linux uses only when told to.</summary>
[Collection(AloneCollection.Name)]
public class PortableIoTests : IDisposable
{
    private readonly EngineContext? _before = ZmqContext.Exchange(new EngineContext(1, portable: true));

    public void Dispose()
    {
        ZmqContext.Terminate();
        ZmqContext.Exchange(_before);
    }

    [Fact]
    public void Requests_and_replies_pass()
    {
        using ResponseSocket server = new();
        int port = server.BindRandomPort("tcp://127.0.0.1");
        using RequestSocket client = new();
        client.Connect($"tcp://127.0.0.1:{port}");
        for (int i = 0; i < 200; i++)
        {
            client.SendText("request", i.ToString());
            Assert.Equal(["request", i.ToString()], server.ReceiveText());
            server.SendText("reply");
            Assert.Equal(["reply"], client.ReceiveText());
        }
    }

    [Fact]
    public void A_peer_that_comes_late_is_found_and_one_that_goes_is_noticed()
    {
        using PullSocket probe = new();
        int port = probe.BindRandomPort("tcp://127.0.0.1");
        probe.Dispose();
        using PushSocket push = new();
        push.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        push.Connect($"tcp://127.0.0.1:{port}");
        push.SendText("early");
        for (int round = 0; round < 3; round++)
        {
            using PullSocket pull = new();
            pull.Bind($"tcp://127.0.0.1:{port}");
            string? text = null;
            for (int attempt = 0; text is null; attempt++)
            {
                Assert.True(attempt < 100, "The connection never came back.");
                push.TrySendText("again");
                text = pull.TryReceiveText(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    [Fact]
    public void A_stream_of_messages_of_all_sizes_passes()
    {
        using PullSocket pull = new();
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        using PushSocket push = new();
        push.Connect($"tcp://127.0.0.1:{port}");
        Thread sender = new(() =>
        {
            for (int i = 0; i < 3000; i++)
            {
                push.SendText(i.ToString(), new string('x', i % 100 == 0 ? 100_000 : i % 700));
            }
        });
        sender.Start();
        for (int i = 0; i < 3000; i++)
        {
            string[] frames = pull.ReceiveText();
            Assert.Equal(i.ToString(), frames[0]);
            Assert.Equal(i % 100 == 0 ? 100_000 : i % 700, frames[1].Length);
        }

        sender.Join();
    }
}
