using System.Net.Sockets;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports;

/// <summary>Turns ipc endpoints into the addresses of Unix-domain sockets.</summary>
internal static class IpcAddresses
{
    public static UnixDomainSocketEndPoint ToAddress(EndpointAddress endpoint)
        => new(endpoint.IsAbstract ? "\0" + endpoint.Host[1..] : endpoint.Host);

    public static Socket CreateSocket(EndpointAddress endpoint)
    {
        return Socket.OSSupportsUnixDomainSockets
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false }
            : throw new ProtocolNotSupportedException($"\"{endpoint}\": this system has no Unix-domain sockets.");
    }
}
