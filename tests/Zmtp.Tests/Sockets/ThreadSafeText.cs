using Actors.Zmtp;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>Sends and receives text by thread-safe sockets of any type, with the timeout that every wait of a test has.</summary>
internal static class ThreadSafeText
{
    public static void SendText(this ThreadSafeSocket socket, string text, uint routingId = 0, string group = "")
        => Assert.True(socket.TrySendText(Frames.Timeout, text, routingId, group), $"{socket.GetType().Name} did not take \"{text}\" within {Frames.Timeout}.");

    public static bool TrySendText(this ThreadSafeSocket socket, TimeSpan timeout, string text, uint routingId = 0, string group = "")
    {
        Msg msg = default;
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        msg.InitPool(bytes.Length);
        bytes.CopyTo(msg.Slice());
        msg.RoutingId = routingId;
        msg.Group = group;
        bool sent = socket.TrySend(ref msg, timeout);
        msg.Close();
        return sent;
    }

    public static string ReceiveText(this ThreadSafeSocket socket) => socket.ReceiveText(out _, out _);

    public static string ReceiveText(this ThreadSafeSocket socket, out uint routingId, out string group)
    {
        Msg msg = default;
        msg.InitEmpty();
        Assert.True(socket.TryReceive(ref msg, Frames.Timeout), $"{socket.GetType().Name} received nothing within {Frames.Timeout}.");
        routingId = msg.RoutingId;
        group = msg.Group;
        string text = msg.GetString(System.Text.Encoding.UTF8);
        msg.Close();
        return text;
    }

    public static string? TryReceiveText(this ThreadSafeSocket socket)
    {
        Msg msg = default;
        msg.InitEmpty();
        string? text = socket.TryReceive(ref msg, TimeSpan.Zero) ? msg.GetString(System.Text.Encoding.UTF8) : null;
        msg.Close();
        return text;
    }

    /// <summary>Binds to a port that the system chooses, and returns the endpoint.</summary>
    public static string BindTcp(this ThreadSafeSocket socket)
    {
        socket.Options.Linger = TimeSpan.Zero;
        return $"tcp://127.0.0.1:{socket.BindRandomPort("tcp://127.0.0.1")}";
    }

    public static string InprocName() => "inproc://" + Guid.NewGuid().ToString("N");
}
