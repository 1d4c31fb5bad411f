using System.Net;

namespace Actors.Hosting.Configuration;

/// <summary>Finds the endpoints at which a host listens for other machines without a security mechanism.</summary>
internal sealed class OpenEndpoints(ConfigFile file, Findings findings)
{
    /// <summary>Notes one warning for all of them.</summary>
    /// <param name="roles">The roles that are started together.</param>
    public void Note(IEnumerable<string> roles)
    {
        var open = roles.SelectMany(role => EndpointKey.Bound(file, role)).Where(bound => IsReachable(bound.Endpoint) && !HasMechanism(bound.Key)).ToList();
        if (open.Count == 0) return;
        var (key, endpoint) = open[0];
        var others = open.Count == 1 ? "" : $", as do {string.Join(", ", open.Skip(1).Select(other => $"{other.Key} on \"{other.Endpoint}\""))}";
        findings.Warnings.Add(new ConfigWarning(
            file.OriginOf(key),
            key,
            $"listens on \"{endpoint}\" without a security mechanism{others}: whoever reaches the port may connect. Expected tcp://127.0.0.1, or security.mechanism = curve (docs/security.md)"));
    }

    private bool HasMechanism(string key) =>
        file.Texts($"{key[..key.LastIndexOf('.')]}.{SecurityKeys.Section.Name}.{SecurityKeys.Mechanism.Name}").Any(mechanism => mechanism != "null");

    /// <summary>Whether another machine may reach the endpoint.</summary>
    private static bool IsReachable(string endpoint)
    {
        var cut = endpoint.IndexOf("://", StringComparison.Ordinal);
        if (cut < 0 || endpoint[..cut] is not ("tcp" or "ws")) return false;
        var authority = endpoint[(cut + 3)..].Split('/')[0];
        var host = authority.LastIndexOf(':') is >= 0 and var colon ? authority[..colon] : authority;
        return host != "localhost" && !(IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }
}
