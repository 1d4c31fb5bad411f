using Akka.Actor;

namespace Actors.Remoting.Sockets;

/// <summary>The ZeroMQ endpoints of nodes.</summary>
internal static class RemoteEndpoint
{
    /// <summary>Where to connect to reach a node.</summary>
    public static string Of(Address address, ZmqRemoteTransport transport)
        => transport == ZmqRemoteTransport.Inproc ? Inproc(address.Host, address.Port!.Value) : Tcp(address.Host, address.Port!.Value);

    public static string Tcp(string host, int port) => $"tcp://{(host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]" : host)}:{port}";

    public static string Inproc(string host, int port) => $"inproc://akka.remote/{host}:{port}";
}
