using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.WebSocket;

/// <summary>Sockets of ours over <c>ws://</c>.</summary>
public class WebSocketTests
{
    [Fact]
    public void Messages_arrive_whole_and_in_order()
    {
        const int count = 20_000;
        using var pull = new PullSocket();
        using var push = new PushSocket();
        push.Connect($"ws://127.0.0.1:{pull.BindRandomPort("ws://127.0.0.1")}");
        var sending = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < count; i++)
                    Assert.True(push.TrySendFrame(Expect.Patience, NetworkOrder.GetBytes(i)), $"message {i} was not taken");
            },
            TaskCreationOptions.LongRunning);
        for (var i = 0; i < count; i++)
        {
            Assert.True(pull.TryReceiveFrameBytes(Expect.Patience, out var bytes), $"message {i} did not come");
            Assert.Equal(i, NetworkOrder.ToInt32(bytes));
        }

        Assert.True(sending.IsCompletedSuccessfully || sending.Exception is null);
    }

    [Fact]
    public void Large_messages_pass_while_small_ones_do()
    {
        using var pull = new PullSocket();
        using var push = new PushSocket();
        push.Connect($"ws://127.0.0.1:{pull.BindRandomPort("ws://127.0.0.1")}");
        var large = new byte[3_000_000];
        Random.Shared.NextBytes(large);
        for (var i = 0; i < 5; i++)
        {
            Expect.Sent(push, Convert.ToHexString(large) + ",61");
            Expect.Sent(push, "62");
        }

        for (var i = 0; i < 5; i++)
        {
            List<byte[]>? frames = null;
            Assert.True(pull.TryReceiveMultipartBytes(Expect.Patience, ref frames), "The large message did not come.");
            Assert.Equal(large, frames[0]);
            Expect.Message(pull, "62");
        }
    }

    [Fact]
    public void A_socket_that_closes_lingers_until_all_is_delivered()
    {
        const int count = 50_000;
        using var pull = new PullSocket();
        var endpoint = $"ws://127.0.0.1:{pull.BindRandomPort("ws://127.0.0.1")}";
        using (var push = new PushSocket())
        {
            push.Options.Linger = Expect.Patience;
            push.Options.SendHighWatermark = 0;
            push.Connect(endpoint);
            for (var i = 0; i < count; i++)
                push.SendFrame(NetworkOrder.GetBytes(i));
        }

        for (var i = 0; i < count; i++)
        {
            Assert.True(pull.TryReceiveFrameBytes(Expect.Patience, out var bytes), $"message {i} did not come");
            Assert.Equal(i, NetworkOrder.ToInt32(bytes));
        }
    }

    [Fact]
    public void A_server_that_comes_back_is_connected_again()
    {
        var endpoint = Link.FreeEndpoint().Replace("tcp://", "ws://", StringComparison.Ordinal);
        using var push = new PushSocket();
        push.Options.Linger = TimeSpan.Zero;
        push.Connect(endpoint);
        for (var run = 0; run < 2; run++)
        {
            using var pull = new PullSocket();
            pull.Bind(endpoint);
            Link.Repeat(
                () =>
                {
                    Expect.Sent(push, "61");
                    return pull.TryReceiveFrameString(TimeSpan.FromMilliseconds(20), out _);
                },
                $"message at server {run}");
        }
    }

    [Fact]
    public void Endpoints_have_a_path_and_say_it()
    {
        using var ours = new PairSocket();
        ours.Bind("ws://127.0.0.1:*/chat");
        Assert.Matches("^ws://127\\.0\\.0\\.1:[0-9]+/chat$", ours.Options.LastEndpoint);
        using var peer = new PairSocket();
        peer.Options.Linger = TimeSpan.Zero;
        peer.Connect(ours.Options.LastEndpoint!);
        Expect.Sent(peer, "61");
        Expect.Message(ours, "61");
        ours.Unbind(ours.Options.LastEndpoint!);
    }

    [Theory]
    [InlineData("ws://127.0.0.1", "port")]
    [InlineData("ws://127.0.0.1:0/x", "port")]
    [InlineData("ws://127.0.0.1:80/a b", "path")]
    [InlineData("ws://:80/", "host")]
    public void A_malformed_endpoint_is_named(string endpoint, string what)
    {
        using var ours = new PairSocket();
        var error = Assert.Throws<InvalidException>(() => ours.Connect(endpoint));
        Assert.Contains(endpoint, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Radio_and_dish_talk_over_it()
    {
        using var radio = new RadioSocket();
        using var dish = new DishSocket();
        radio.Options.Linger = TimeSpan.Zero;
        dish.Connect($"ws://127.0.0.1:{radio.BindRandomPort("ws://127.0.0.1")}");
        dish.Join("a");
        RadioDishTests.WaitForMember(radio, dish, "a");
    }

    [Fact]
    public void CURVE_is_spoken_over_it()
    {
        var server = new CurveKeyPair();
        using var pull = new PullSocket();
        pull.Options.CurveServer = true;
        pull.Options.CurveKeys = server;
        using var push = new PushSocket();
        push.Options.Linger = TimeSpan.Zero;
        push.Options.CurveKeys = new CurveKeyPair();
        push.Options.CurveServerKey = server.PublicKey;
        push.Connect($"ws://127.0.0.1:{pull.BindRandomPort("ws://127.0.0.1")}");
        Expect.Sent(push, "61,62");
        Expect.Message(pull, "61,62");
    }
}
