using System.Text;
using Actors.Zmtp;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>Sends and receives text, with the timeout that every wait of a test has.</summary>
internal static class Frames
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public static bool TrySendText(this ZmqSocket socket, string text, bool more = false, TimeSpan timeout = default)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Msg msg = default;
        msg.InitPool(bytes.Length);
        bytes.CopyTo(msg.Slice());
        if (socket.TrySend(ref msg, timeout, more))
        {
            return true;
        }

        msg.Close();
        return false;
    }

    public static void SendText(this ZmqSocket socket, params string[] frames)
    {
        for (int i = 0; i < frames.Length; i++)
        {
            Assert.True(socket.TrySendText(frames[i], i < frames.Length - 1, Timeout), $"The socket did not take \"{frames[i]}\" within {Timeout}.");
        }
    }

    /// <summary>The frames of the next message.</summary>
    public static string[] ReceiveText(this ZmqSocket socket)
    {
        List<string> frames = [];
        Msg msg = default;
        bool more = true;
        while (more)
        {
            msg.InitEmpty();
            Assert.True(socket.TryReceive(ref msg, Timeout), $"Nothing was received within {Timeout}; before: [{string.Join(", ", frames)}].");
            frames.Add(msg.GetString(Encoding.UTF8));
            more = msg.HasMore;
            msg.Close();
        }

        return [.. frames];
    }

    public static string? TryReceiveText(this ZmqSocket socket, TimeSpan timeout = default)
    {
        Msg msg = default;
        msg.InitEmpty();
        bool received = socket.TryReceive(ref msg, timeout);
        string? text = received ? msg.GetString(Encoding.UTF8) : null;
        msg.Close();
        return text;
    }
}
