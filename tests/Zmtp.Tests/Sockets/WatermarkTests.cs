
namespace Actors.Zmtp.Tests.Sockets;

public class WatermarkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Exactly_as_many_messages_wait_for_a_peer_that_is_not_there(int highWatermark)
    {
        using PushSocket push = new();
        push.Options.Linger = TimeSpan.Zero;
        push.Options.SendHighWatermark = highWatermark;
        push.Connect("tcp://127.0.0.1:1");
        for (int i = 0; i < highWatermark; i++)
        {
            Assert.True(push.HasOut);
            Assert.True(push.TrySendText("first", more: true), $"Message {i} was not taken.");
            Assert.True(push.TrySendText("second"), $"The second frame of message {i} was not taken.");
        }

        Assert.False(push.HasOut);
        Assert.False(push.TrySendText("one too many"));
        Assert.False(push.TrySendText("one too many", timeout: TimeSpan.FromMilliseconds(30)));
    }

    [Fact]
    public void Without_a_mark_there_is_no_limit()
    {
        using PushSocket push = new();
        push.Options.Linger = TimeSpan.Zero;
        push.Options.SendHighWatermark = 0;
        push.Connect("tcp://127.0.0.1:1");
        for (int i = 0; i < 20_000; i++)
        {
            Assert.True(push.TrySendText("message"), $"Message {i} was not taken.");
        }
    }

    [Fact]
    public void A_push_without_peers_does_not_take_messages()
    {
        using PushSocket push = new();
        push.BindRandomPort("tcp://127.0.0.1");
        Assert.False(push.HasOut);
        Assert.False(push.TrySendText("to nobody"));
    }

    [Fact]
    public void With_delayed_attach_a_peer_that_is_not_there_takes_no_messages()
    {
        using PushSocket push = new();
        push.Options.DelayAttachOnConnect = true;
        using PullSocket pull = new();
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        push.Connect("tcp://127.0.0.1:1");
        Assert.False(push.TrySendText("to nobody"));
        push.Connect($"tcp://127.0.0.1:{port}");
        push.SendText("here");
        push.SendText("here too");
        Assert.Equal(["here"], pull.ReceiveText());
        Assert.Equal(["here too"], pull.ReceiveText());
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:0")]
    [InlineData("inproc://watermark")]
    public void A_reader_that_does_not_read_stops_the_writer_and_nothing_is_lost(string endpoint)
    {
        using PullSocket pull = new();
        pull.Options.ReceiveHighWatermark = 3;
        pull.Options.ReceiveBuffer = 4096;
        pull.Bind(endpoint);
        using PushSocket push = new();
        push.Options.SendHighWatermark = 3;
        push.Options.SendBuffer = 4096;
        push.Connect(pull.Options.LastEndpoint!);
        string body = new('x', 20_000);
        int sent = 0;
        while (push.TrySendText($"{sent} {body}", timeout: TimeSpan.FromMilliseconds(300)))
        {
            sent++;
            Assert.True(sent < 10_000, "The writer was never stopped.");
        }

        // The writer's own mark holds whether or not the connection was there in time; inproc has both marks in one.
        int least = endpoint.StartsWith("inproc", StringComparison.Ordinal) ? 6 : 3;
        Assert.True(sent >= least, $"Only {sent} messages were taken, the marks allow {least}.");
        for (int i = 0; i < sent; i++)
        {
            Assert.Equal([$"{i} {body}"], pull.ReceiveText());
        }

        push.SendText("on it goes");
        Assert.Equal(["on it goes"], pull.ReceiveText());
    }

    [Fact]
    public async Task A_blocked_send_goes_on_when_the_peer_reads()
    {
        using PullSocket pull = new();
        pull.Options.ReceiveHighWatermark = 1;
        pull.Bind("inproc://blocked-send");
        using PushSocket push = new();
        push.Options.SendHighWatermark = 1;
        push.Connect("inproc://blocked-send");
        push.SendText("1");
        push.SendText("2");
        Task send = Task.Run(() => push.SendText("3"));
        Assert.Equal(["1"], pull.ReceiveText());
        Assert.Equal(["2"], pull.ReceiveText());
        Assert.Equal(["3"], pull.ReceiveText());
        await send.WaitAsync(Frames.Timeout);
    }

    [Fact]
    public void A_router_drops_for_a_full_peer_and_waits_when_mandatory()
    {
        using RouterSocket router = new();
        router.Options.SendHighWatermark = 2;
        router.Bind("inproc://full-peer");
        using DealerSocket dealer = new();
        dealer.Options.Identity = "d"u8.ToArray();
        dealer.Options.ReceiveHighWatermark = 2;
        dealer.Connect("inproc://full-peer");
        for (int i = 0; i < 10; i++)
        {
            router.SendText("d", i.ToString());
        }

        router.Options.RouterMandatory = true;
        Assert.False(router.TrySendText("d", more: true, timeout: TimeSpan.FromMilliseconds(20)));
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal([i.ToString()], dealer.ReceiveText());
        }

        Assert.Null(dealer.TryReceiveText());
        router.SendText("d", "again");
        Assert.Equal(["again"], dealer.ReceiveText());
    }
}
