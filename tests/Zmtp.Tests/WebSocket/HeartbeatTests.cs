using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.WebSocket;

/// <summary>The PINGs of WebSocket (RFC 6455, section 5.5.2), which stand over ws for those of ZMTP.</summary>
public class HeartbeatTests
{
    [Theory]
    [InlineData("ZWS2.0/NULL")]
    [InlineData("ZWS2.0")]
    public void Who_does_not_answer_PINGs_is_disconnected(string protocol)
    {
        using var ours = new PullSocket();
        ours.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(50);
        ours.Options.HeartbeatTimeout = TimeSpan.FromMilliseconds(300);
        using var peer = WebSocketPeer.ConnectTo(ours);
        Begin(peer, protocol);
        peer.ExpectFrame(0x89, "");
        Assert.EndsWith("880203e9", Convert.ToHexStringLower(peer.ReadToEnd()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x8A)] // a PONG
    [InlineData(0x89)] // a PING of the peer
    public void Who_gives_a_sign_of_life_stays(byte sign)
    {
        using var ours = new PullSocket();
        ours.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
        ours.Options.HeartbeatTimeout = TimeSpan.FromMilliseconds(2000);
        using var peer = WebSocketPeer.ConnectTo(ours);
        peer.Handshake("PUSH");

        // For longer than the timeout, at the pace of the PINGs.
        for (var pings = 0; pings < 12;)
        {
            if (peer.ReadFrame().First == 0x89)
            {
                pings++;
                peer.SendFrame(sign, []);
            }
        }

        peer.SendMessage("00 61");
        Expect.Message(ours, "61");
    }

    [Fact]
    public async Task PINGs_and_PONGs_leave_large_messages_whole()
    {
        const int count = 40;
        using var push = new PushSocket();
        using var pull = new PullSocket();
        foreach (var socket in (ZmqSocket[])[push, pull])
        {
            socket.Options.Linger = TimeSpan.Zero;
            socket.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(1);
            socket.Options.HeartbeatTimeout = Expect.Patience;
        }

        push.Connect($"ws://127.0.0.1:{pull.BindRandomPort("ws://127.0.0.1")}");
        var sending = Task.Run(() =>
        {
            for (var number = 0; number < count; number++)
                Assert.True(push.TrySendFrame(Expect.Patience, Large(number)), $"message {number} was not taken");
        });
        for (var number = 0; number < count; number++)
        {
            Assert.True(pull.TryReceiveFrameBytes(Expect.Patience, out var bytes), $"message {number} did not come");
            Assert.True(Large(number).AsSpan().SequenceEqual(bytes), $"message {number} is damaged");
        }

        await sending;
    }

    [Fact]
    public async Task A_flood_of_PINGs_leaves_other_peers_their_turn()
    {
        using var ours = new PullSocket();
        var port = ours.BindRandomPort("ws://127.0.0.1");
        using var good = WebSocketPeer.ConnectTo(port);
        good.Handshake("PUSH");
        using var flooder = WebSocketPeer.ConnectTo(port);
        flooder.Handshake("PUSH");
        byte[] pings = [.. Enumerable.Repeat<byte[]>([0x89, 0x80, 0, 0, 0, 0], 10_000).SelectMany(frame => frame)];
        using var flows = new ManualResetEventSlim();
        using var done = new CancellationTokenSource();
        var flood = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                flooder.SendOctets(pings);
                flows.Set();
            }
        });
        try
        {
            Expect.Set(flows, "flood");
            for (var i = 0; i < 10; i++)
            {
                good.SendMessage("00 61");
                Expect.Message(ours, "61");
            }

            Assert.False(flood.IsCompleted, "the flood ended before");
        }
        finally
        {
            await done.CancelAsync();
            await flood;
        }
    }

    [Fact]
    public void A_connecting_socket_comes_again_after_a_failed_heartbeat()
    {
        using var listener = new RawListener();
        using var ours = new PushSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(20);
        ours.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(50);
        ours.Options.HeartbeatTimeout = TimeSpan.FromSeconds(1);
        ours.Connect(listener.Endpoint.Replace("tcp://", "ws://", StringComparison.Ordinal));
        using var silent = WebSocketPeer.Accept(listener);
        silent.HandshakeAsServer("PULL");
        silent.ReadToEnd();
        using var second = WebSocketPeer.Accept(listener);
        second.HandshakeAsServer("PULL");
        Expect.Sent(ours, "61");
        var (first, payload) = second.ReadFrame();
        while (first == 0x89)
            (first, payload) = second.ReadFrame();
        Assert.Equal("0061", Convert.ToHexStringLower(payload));
    }

    private static byte[] Large(int number)
    {
        var bytes = new byte[500_000 + number];
        new Random(number).NextBytes(bytes);
        return bytes;
    }

    private static void Begin(WebSocketPeer peer, string protocol)
    {
        if (protocol == "ZWS2.0")
        {
            peer.Upgrade(protocol);
            peer.SendMessage("00");
            peer.ExpectMessage("00");
        }
        else
        {
            peer.Handshake("PUSH");
        }
    }
}
