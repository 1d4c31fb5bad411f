using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Actors.Shared;

/// <summary>Ports of this machine for what has to know its port before it binds it.</summary>
internal static class FreePort
{
    private static readonly ConcurrentDictionary<int, byte> s_given = [];

    /// <summary>A TCP port of the loopback address on which nothing listens now, and that no other caller in this process is given.</summary>
    public static int Next()
    {
        int port;
        do
        {
            // It does not listen, so that a process that is being started meanwhile, and has its descriptor too, keeps nobody out.
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
        while (!s_given.TryAdd(port, 0));
        return port;
    }
}
