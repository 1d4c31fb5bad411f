using System.Net;
using System.Net.Sockets;

namespace Remoting.Tests.Nodes;

/// <summary>Ports that nobody uses, for nodes that have to keep theirs.</summary>
internal static class ListeningPorts
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
