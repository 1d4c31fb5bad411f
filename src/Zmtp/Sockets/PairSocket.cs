using Actors.Zmtp.Patterns;

namespace Actors.Zmtp.Sockets;

/// <summary>PAIR (RFC 31): talks to exactly one peer.</summary>
public class PairSocket : ZmqSocket
{
    /// <summary>A socket, with endpoints separated by commas: "@" before one binds, "&gt;" connects, and without a sign it connects.</summary>
    public PairSocket(string? connectionString = null)
        : base(ZmqSocketType.Pair, static core => new PairPattern(core), connectionString, DefaultAction.Connect)
    {
    }

    /// <summary>Two sockets that talk to each other within the process.</summary>
    public static void CreateSocketPair(out PairSocket socket1, out PairSocket socket2)
        => CreateSocketPair(out socket1, out socket2, null, null);

    /// <summary>Two sockets that talk to each other within the process, and are set up before they meet.</summary>
    public static void CreateSocketPair(out PairSocket socket1, out PairSocket socket2, Action<PairSocket>? initSocket1, Action<PairSocket>? initSocket2)
    {
        string endpoint = "inproc://socket-pair-" + Guid.NewGuid().ToString("N");
        socket1 = new PairSocket();
        socket2 = new PairSocket();
        initSocket1?.Invoke(socket1);
        initSocket2?.Invoke(socket2);
        socket1.Bind(endpoint);
        socket2.Connect(endpoint);
    }
}
