using System.Globalization;
using System.Net;

namespace Actors.Transport;

/// <summary>Checks endpoint strings before a socket is opened, so that a mistake is named where it was written.</summary>
internal static class EndpointSyntax
{
    private const string Forms = "tcp://HOST:PORT, tcp://*:PORT, tcp://[IPV6]:PORT, ws://HOST:PORT/PATH, ipc://PATH or inproc://NAME";

    /// <summary>What is wrong with <paramref name="endpoint"/> and what was expected, or null when it is well-formed.</summary>
    /// <param name="endpoint">For example <c>tcp://*:5555</c>.</param>
    /// <param name="binds">Whether it is to be bound; <c>*</c> and port 0 make sense only there.</param>
    public static string? Fault(string endpoint, bool binds)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var cut = endpoint.IndexOf("://", StringComparison.Ordinal);
        if (cut <= 0) return $"\"{endpoint}\" is not an endpoint: expected {Forms}";
        var scheme = endpoint[..cut];
        var address = endpoint[(cut + 3)..];
        return scheme switch
        {
            "tcp" => HostAndPortFault("tcp", endpoint, address, binds),
            "ws" => WsFault(endpoint, address, binds),
            "wss" => $"\"{endpoint}\" asks for TLS, which no socket here has: expected ws://, behind a proxy that ends TLS where that is wanted",
            "inproc" or "ipc" => address.Length > 0 ? null : $"\"{endpoint}\" names nothing behind {scheme}://: expected {Forms}",
            _ => $"\"{endpoint}\" has the unknown transport \"{scheme}\": expected {Forms}",
        };
    }

    private static string? WsFault(string endpoint, string address, bool binds)
    {
        var slash = address.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return HostAndPortFault("ws", endpoint, address, binds);
        var path = address[slash..];
        if (path.AsSpan().ContainsAnyExceptInRange('!', '~') || path.Contains('#', StringComparison.Ordinal))
            return $"\"{endpoint}\" has the path \"{path}\": expected printable ASCII without spaces and without \"#\"";
        return HostAndPortFault("ws", endpoint, address[..slash], binds);
    }

    private static string? HostAndPortFault(string scheme, string endpoint, string address, bool binds)
    {
        var colon = address.LastIndexOf(':');
        if (colon < 0 || address.EndsWith(']')) return $"\"{endpoint}\" has no port: expected {scheme}://HOST:PORT";
        var host = address[..colon];
        var port = address[(colon + 1)..];
        if (port == "*" && binds) port = "0";
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return $"\"{endpoint}\" has the port \"{port}\": expected a number from {(binds ? "0 (any free port)" : "1")} to 65535";
        if (number == 0 && !binds) return $"\"{endpoint}\" connects to port 0: expected a number from 1 to 65535";
        if (host.Length == 0) return $"\"{endpoint}\" has no host: expected {scheme}://HOST:PORT{(binds ? $" or {scheme}://*:PORT" : "")}";
        if (host == "*") return binds ? null : $"\"{endpoint}\" connects to \"*\": expected a host name or an address";
        if (host.StartsWith('[') != host.EndsWith(']')) return $"\"{endpoint}\" has an unbalanced bracket in the host \"{host}\"";
        if (host.StartsWith('['))
        {
            return IPAddress.TryParse(host[1..^1], out _) || host == "[*]"
                ? null
                : $"\"{endpoint}\" has the IPv6 address \"{host}\", which does not parse";
        }
        if (host.Contains(':', StringComparison.Ordinal)) return $"\"{endpoint}\" has an IPv6 address without brackets: expected {scheme}://[{host}]:{port}";
        return Uri.CheckHostName(host) == UriHostNameType.Unknown ? $"\"{endpoint}\" has the host \"{host}\", which is neither a name nor an address" : null;
    }
}
