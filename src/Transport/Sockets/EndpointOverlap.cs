using System.Net;
using System.Net.Sockets;

namespace Actors.Transport;

/// <summary>Finds endpoints of one socket that would listen at the same place, so that it is not said to be in use by another.</summary>
internal static class EndpointOverlap
{
    /// <summary>What is wrong with well-formed endpoints to bind, or null when each listens at a place of its own.</summary>
    public static string? Fault(IReadOnlyList<string> bind)
    {
        for (var i = 1; i < bind.Count; i++)
            for (var before = 0; before < i; before++)
                if (Overlap(bind[before], bind[i]) is { } fault) return fault;
        return null;
    }

    private static string? Overlap(string first, string second)
    {
        if (!IsTcp(first) || !IsTcp(second)) return first == second && first != "ipc://*" ? $"names \"{second}\" twice: expected each endpoint once" : null;
        var (host, port) = Split(first);
        var (otherHost, otherPort) = Split(second);
        // A port that the system chooses is another each time.
        if (port is "0" or "*" || port != otherPort) return null;
        if (host == otherHost) return $"names \"{first}\" and \"{second}\", which are one place to listen at: expected each once";
        return Covers(host, otherHost) ? Covered(first, second) : Covers(otherHost, host) ? Covered(second, first) : null;
    }

    private static string Covered(string all, string part) =>
        $"names \"{all}\", which listens at every address{(Split(all).Host == "0.0.0.0" ? " of IPv4" : " of IPv4 and IPv6")}, and \"{part}\", which is part of it: expected one of them";

    /// <summary>"*" and "[::]" listen on both families, "0.0.0.0" on one.</summary>
    private static bool Covers(string all, string part) =>
        all is "*" or "[*]" or "[::]"
        || (all == "0.0.0.0" && IPAddress.TryParse(part, out var address) && address.AddressFamily == AddressFamily.InterNetwork);

    private static bool IsTcp(string endpoint) =>
        endpoint.StartsWith("tcp://", StringComparison.Ordinal) || endpoint.StartsWith("ws://", StringComparison.Ordinal);

    private static (string Host, string Port) Split(string endpoint)
    {
        var address = endpoint[(endpoint.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var slash = address.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0) address = address[..slash];
        var colon = address.LastIndexOf(':');
        var host = address[..colon];
        return (host == "localhost" ? "127.0.0.1" : IPAddress.TryParse(host, out var numeric) && numeric.Equals(IPAddress.IPv6Any) ? "[::]" : host, address[(colon + 1)..]);
    }
}
