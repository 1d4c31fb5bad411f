
namespace Actors.Zmtp.Tests.Sockets;

public class SlowReceiverTests
{
    [Theory]
    [InlineData("tcp://127.0.0.1")]
    [InlineData("ws://127.0.0.1")]
    public void A_receiver_that_is_full_keeps_its_sender_when_both_have_heartbeats(string address)
    {
        using PullSocket pull = new();
        using PushSocket push = new();
        foreach (ZmqSocket socket in (ZmqSocket[])[pull, push])
        {
            socket.Options.Linger = TimeSpan.Zero;
            socket.Options.SendHighWatermark = 10;
            socket.Options.ReceiveHighWatermark = 10;
            socket.Options.HeartbeatInterval = TimeSpan.FromMilliseconds(100);
            socket.Options.HeartbeatTimeout = TimeSpan.FromMilliseconds(2000);
        }

        using EventRecorder events = new(push, SocketEvents.HandshakeSucceeded | SocketEvents.Disconnected);
        push.Connect($"{address}:{pull.BindRandomPort(address)}");
        events.Next(SocketEvents.HandshakeSucceeded);
        int sent = 0;
        byte[] message = new byte[100_000];
        while (push.TrySendFrame(TimeSpan.FromMilliseconds(200), message))
        {
            sent++;
        }

        events.Nothing(TimeSpan.FromMilliseconds(2500));
        for (int i = 0; i < sent; i++)
        {
            Assert.True(pull.TryReceiveFrameBytes(Frames.Timeout, out _), $"Message {i} of {sent} did not come.");
        }
    }
}
