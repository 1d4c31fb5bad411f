using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Polling;

public sealed class ProxyTests : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly string _name = Guid.NewGuid().ToString("N");

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task A_queue_passes_requests_and_replies_and_shows_both()
    {
        using RouterSocket frontend = new($"@inproc://front-{_name}");
        using DealerSocket backend = new($"@inproc://back-{_name}");
        using PushSocket capture = new($"@inproc://capture-{_name}");
        using PullSocket shown = new($">inproc://capture-{_name}");
        using ResponseSocket server = new($">inproc://back-{_name}");
        using RequestSocket client = new($">inproc://front-{_name}");
        Task running = Run(frontend, backend, capture);

        client.SendText("ask", "two frames");
        Assert.Equal(["ask", "two frames"], server.ReceiveText());
        server.SendText("answer");
        Assert.Equal(["answer"], client.ReceiveText());
        Assert.Equal(["ask", "two frames"], shown.ReceiveText()[^2..]);
        Assert.Equal("answer", shown.ReceiveText()[^1]);
        await Stop(running);
    }

    [Fact]
    public async Task A_side_that_is_full_holds_up_neither_the_other_way_nor_the_stop()
    {
        using PairSocket frontend = new($"@inproc://front-{_name}");
        using PairSocket backend = new($"@inproc://back-{_name}");
        backend.Options.SendHighWatermark = 1;
        using PairSocket left = new($">inproc://front-{_name}");
        using PairSocket right = new();
        right.Options.ReceiveHighWatermark = 1;
        right.Connect($"inproc://back-{_name}");
        Task running = Run(frontend, backend, null);

        // Nobody reads at the right: at last nothing more is taken at the left.
        left.Options.Linger = TimeSpan.Zero;
        Link.Repeat(() => !left.TrySendText("to the right"), "left that is full");
        right.SendText("to the left");
        Assert.Equal(["to the left"], left.ReceiveText());
        Assert.Equal(["to the right"], right.ReceiveText());
        await Stop(running);
    }

    [Fact]
    public async Task What_was_held_up_goes_on_when_there_is_room()
    {
        using PullSocket frontend = new($"@inproc://front-{_name}");
        using PushSocket backend = new($"@inproc://back-{_name}");
        using PushSocket from = new($">inproc://front-{_name}");
        Task running = Run(frontend, backend, null);
        for (int i = 0; i < 100; i++)
        {
            from.SendText($"{i}");
        }

        using PullSocket to = new($">inproc://back-{_name}");
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal([$"{i}"], to.ReceiveText());
        }

        await Stop(running);
    }

    [Fact]
    public async Task A_stop_that_comes_first_ends_the_call_at_once()
    {
        using PullSocket frontend = new($"@inproc://front-{_name}");
        using PushSocket backend = new($"@inproc://back-{_name}");
        await _stop.CancelAsync();
        await Stop(Run(frontend, backend, null));
    }

    private Task Run(ZmqSocket frontend, ZmqSocket backend, ZmqSocket? capture)
        => Task.Factory.StartNew(() => ZmqProxy.Run(frontend, backend, capture, _stop.Token), TaskCreationOptions.LongRunning);

    private async Task Stop(Task running)
    {
        await _stop.CancelAsync();
        await running.Within("end of the proxy");
    }
}
