using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports;

/// <summary>Finds the addresses of a host name.</summary>
internal delegate Task<IPAddress[]> AddressResolver(string host);

/// <summary>Turns the hosts of endpoints into addresses.</summary>
internal static class TcpAddresses
{
    /// <summary>The address to listen at: a numeric one, "*", the name of an interface, or a host name of this machine.</summary>
    public static IPAddress ResolveLocal(EndpointAddress endpoint, bool ipv4Only)
    {
        if (endpoint.IsAnyHost)
        {
            return ipv4Only || !Socket.OSSupportsIPv6 ? IPAddress.Any : IPAddress.IPv6Any;
        }

        if (IPAddress.TryParse(endpoint.Host, out IPAddress? address))
        {
            return address;
        }

        foreach (NetworkInterface card in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (card.Name == endpoint.Host && Choose([.. card.GetIPProperties().UnicastAddresses.Select(a => a.Address)], ipv4Only) is { } local)
            {
                return local;
            }
        }

        try
        {
            if (Choose(Dns.GetHostAddresses(endpoint.Host), ipv4Only) is { } found)
            {
                return found;
            }
        }
        catch (SocketException e)
        {
            throw new EndpointNotFoundException($"Bind to \"{endpoint}\": neither an interface nor a host of the name \"{endpoint.Host}\" is known.", e);
        }

        throw new ZmqException(ErrorCode.AddressNotAvailable, $"Bind to \"{endpoint}\": \"{endpoint.Host}\" has no address of the wanted family.");
    }

    /// <summary>The addresses of a peer that may be tried, in the order in which the system prefers them.</summary>
    public static IPAddress[] ToConnect(IPAddress[] addresses, bool ipv4Only)
        => [.. addresses.Where(a => a.AddressFamily == AddressFamily.InterNetwork || (!ipv4Only && a.AddressFamily == AddressFamily.InterNetworkV6))];

    /// <summary>The address to listen at among those that its name has.</summary>
    public static IPAddress? Choose(IPAddress[] addresses, bool ipv4Only)
    {
        return Array.Find(addresses, a => a.AddressFamily == AddressFamily.InterNetwork)
            ?? (ipv4Only ? null : Array.Find(addresses, a => a.AddressFamily == AddressFamily.InterNetworkV6));
    }

    /// <summary>The stream of a connected socket.</summary>
    /// <exception cref="SocketException">The peer has gone already.</exception>
    public static SocketStream ToStream(Socket socket, Reactor reactor)
        => new(socket, reactor, ToEndpoint(socket.LocalEndPoint), ToEndpoint(socket.RemoteEndPoint));

    /// <summary>
    /// The system has connected a socket to itself (RFC 9293, section 3.5, "simultaneous open"), which happens on one
    /// machine when nobody listens and the port for this end, chosen by the system, is the one that is connected to.
    /// </summary>
    public static bool IsToItself(Socket socket) => Equals(socket.LocalEndPoint, socket.RemoteEndPoint);

    public static string ToEndpoint(EndPoint? endpoint) => endpoint is IPEndPoint ip
        ? new EndpointAddress(Transport.Tcp, ip.Address.IsIPv4MappedToIPv6 ? ip.Address.MapToIPv4().ToString() : ip.Address.ToString(), ip.Port).ToString()
        : "";
}
