using System.Net;

namespace Actors.Hosting.Configuration;

/// <summary>Finds endpoints that two sockets of one host would bind, of which the second could not open.</summary>
internal sealed class BindConflicts(ConfigFile file, Findings findings)
{
    private const string AnyIPv4 = "0.0.0.0";

    /// <summary>Notes an error for each endpoint that overlaps with one before it.</summary>
    /// <param name="roles">The roles that are started together, without mistakes.</param>
    /// <param name="others">What else is bound, each endpoint with its key.</param>
    public void Note(IEnumerable<string> roles, IReadOnlyList<(string Key, string Endpoint)> others)
    {
        var bound = new List<(string Key, string Endpoint, Address Address)>();
        foreach (var (key, endpoint) in roles.SelectMany(role => EndpointKey.Bound(file, role)).Concat(others))
        {
            if (Address.Of(endpoint) is not { } address) continue;
            var other = bound.Find(one => one.Address.Overlaps(address));
            if (other.Key is not null) Fault(key, endpoint, other.Key, other.Endpoint);
            bound.Add((key, endpoint, address));
        }
    }

    private void Fault(string key, string endpoint, string otherKey, string otherEndpoint)
    {
        // Of the two, the one of the command line is the mistake.
        if (ConfigFile.IsOverride(file.OriginOf(otherKey)) && !ConfigFile.IsOverride(file.OriginOf(key)))
            (key, endpoint, otherKey, otherEndpoint) = (otherKey, otherEndpoint, key, endpoint);
        findings.Errors.Add(new ConfigError(file.OriginOf(key), key, $"binds \"{endpoint}\", as {otherKey} ({file.OriginOf(otherKey)}) does with \"{otherEndpoint}\": expected an endpoint of its own for each socket"));
    }

    /// <summary>What a bound endpoint takes: a port of some addresses, or a name.</summary>
    private readonly record struct Address(string Space, string Host, string Name)
    {
        /// <summary>Null where the system chooses, so that nothing can overlap.</summary>
        public static Address? Of(string endpoint)
        {
            var cut = endpoint.IndexOf("://", StringComparison.Ordinal);
            if (cut < 0) return null;
            var rest = endpoint[(cut + 3)..];
            switch (endpoint[..cut])
            {
                case "tcp" or "ws":
                    var authority = rest.Split('/')[0];
                    var colon = authority.LastIndexOf(':');
                    var port = colon < 0 ? "" : authority[(colon + 1)..].TrimStart('0');
                    return port is "" or "*" ? null : new Address("port", Normal(authority[..colon]), port);
                case "ipc":
                    return rest == "*" ? null : new Address("ipc", "", rest.StartsWith('@') ? rest : Path.GetFullPath(rest));
                default:
                    return new Address(endpoint[..cut], "", rest);
            }
        }

        public bool Overlaps(Address other) =>
            Space == other.Space && Name == other.Name && (Host == other.Host || (Host == AnyIPv4 && other.IsIPv4) || (other.Host == AnyIPv4 && IsIPv4));

        private bool IsIPv4 => IPAddress.TryParse(Host, out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;

        private static string Normal(string host) => host switch
        {
            "*" => AnyIPv4,
            "localhost" => "127.0.0.1",
            _ => IPAddress.TryParse(host, out var address) ? address.ToString() : host.ToLowerInvariant(),
        };
    }
}
