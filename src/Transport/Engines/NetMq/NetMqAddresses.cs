using System.Net;
using System.Net.Sockets;

namespace Actors.Transport;

/// <summary>
/// Chooses the family of addresses for each endpoint, and renders the addresses that NetMQ tells: it uses one family for a
/// socket at a time, tries the first address of a name only, and calls each bound IPv6 address "InterNetworkV6".
/// </summary>
/// <remarks>Belongs to the poller's thread.</remarks>
internal sealed class NetMqAddresses(Func<string, IPAddress[]>? resolve = null)
{
    private const string NoAddress = "[InterNetworkV6]";

    private readonly Dictionary<string, string> _bound = [];

    /// <summary>
    /// False where IPv6 is to be used: at "*", which then takes peers of both families, for a numeric IPv6 address, and for a name
    /// that has no other.
    /// </summary>
    public bool IsIPv4(string endpoint)
    {
        if (!endpoint.StartsWith("tcp://", StringComparison.Ordinal)) return true;
        var host = HostOf(endpoint);
        if (host is "*" or "[*]") return !Socket.OSSupportsIPv6;
        if (IPAddress.TryParse(host, out var numeric)) return numeric.AddressFamily == AddressFamily.InterNetwork;
        try
        {
            var addresses = (resolve ?? Dns.GetHostAddresses)(host);
            return addresses.Length == 0 || addresses.Any(address => address.AddressFamily == AddressFamily.InterNetwork);
        }
        catch (SocketException)
        {
            // NetMQ says the same, with the endpoint.
            return true;
        }
    }

    /// <summary>The endpoint with its real port, of one that was bound and that NetMQ calls <paramref name="last"/>.</summary>
    public string Bound(string endpoint, string last)
    {
        if (!last.Contains(NoAddress, StringComparison.Ordinal)) return last;
        var host = HostOf(endpoint);
        return _bound[last] = $"tcp://{(host is "*" or "[*]" ? "[::]" : host)}{last[last.LastIndexOf(':')..]}";
    }

    /// <summary>An endpoint as NetMQ tells it, in the form in which it was bound.</summary>
    public string Of(string told) => _bound.GetValueOrDefault(told, told);

    /// <summary>An IPv4 peer of a socket for both families is shown by its IPv4 address.</summary>
    public static string Render(IPEndPoint peer) =>
        (peer.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(peer.Address.MapToIPv4(), peer.Port) : peer).ToString();

    private static string HostOf(string endpoint) => endpoint["tcp://".Length..Math.Max(endpoint.LastIndexOf(':'), "tcp://".Length)];
}
