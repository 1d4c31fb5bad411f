using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace NetMQ.Tests.Interop;

/// <summary>Ways to bring one of our sockets and a peer together.</summary>
internal static class Link
{
    /// <summary>Binds one end to a port that the system chooses and connects the other.</summary>
    public static void Up(NetMQSocket ours, LinePeer theirs, bool weBind)
    {
        ours.Options.Linger = TimeSpan.Zero;
        if (weBind)
            theirs.Connect(Bind(ours));
        else
            ours.Connect(theirs.Bind());
    }

    public static string Bind(NetMQSocket ours) => $"tcp://127.0.0.1:{ours.BindRandomPort("tcp://127.0.0.1")}";

    /// <summary>An endpoint on which nobody listens yet.</summary>
    /// <remarks>A socket that only has the port, and does not listen, is in nobody's way, also when a process that is being started has it too for a moment.</remarks>
    public static string FreeEndpoint()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return $"tcp://{socket.LocalEndPoint}";
    }

    /// <summary>Repeats an attempt, which waits for something itself, until it succeeds; for what gets lost until the other end is there.</summary>
    public static void Repeat(Func<bool> attempt, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (!attempt())
        {
            if (Stopwatch.GetElapsedTime(began) > Expect.Patience)
                throw new TimeoutException($"Within {Expect.Patience.TotalSeconds} s there was no {what}.");
        }
    }
}
