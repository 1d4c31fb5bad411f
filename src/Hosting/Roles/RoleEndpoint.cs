using Actors.Transport;

namespace Actors.Hosting;

/// <summary>Reads an endpoint that may say whether it is bound or connected.</summary>
internal static class RoleEndpoint
{
    private const string Bind = "bind:";
    private const string Connect = "connect:";

    /// <param name="role">The role's name, for errors.</param>
    /// <param name="endpoint">With or without <c>bind:</c> or <c>connect:</c> in front.</param>
    /// <param name="usuallyBinds">The direction without one, and without an address that only a listener can have.</param>
    /// <exception cref="SocketSettingsException">The endpoint is malformed in its direction.</exception>
    public static SocketSettings Parse(string role, string endpoint, bool usuallyBinds)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var (binds, address, said) = endpoint switch
        {
            _ when endpoint.StartsWith(Bind, StringComparison.Ordinal) => (true, endpoint[Bind.Length..], true),
            _ when endpoint.StartsWith(Connect, StringComparison.Ordinal) => (false, endpoint[Connect.Length..], true),
            _ => (usuallyBinds || OnlyListens(endpoint), endpoint, false),
        };
        if (EndpointSyntax.Fault(address, binds) is { } fault)
            throw new SocketSettingsException(role, binds ? "bind" : "connect", said ? fault : $"{fault}; {(binds ? Connect : Bind)} in front of the endpoint {(binds ? "connects" : "binds")} it");
        return binds ? new SocketSettings { Bind = [address] } : new SocketSettings { Connect = [address] };
    }

    /// <summary>Whether nobody can connect to the endpoint as it is written: all addresses, or a port that is chosen by the system.</summary>
    private static bool OnlyListens(string endpoint)
    {
        var parts = endpoint.Split("://", 2);
        if (parts.Length < 2 || parts[0] is not ("tcp" or "ws" or "wss")) return false;
        var authority = parts[1].Split('/', 2)[0];
        var colon = authority.LastIndexOf(':');
        return colon >= 0 && (authority[..colon] is "*" or "0.0.0.0" or "[::]" || authority[(colon + 1)..] is "*" or "0");
    }
}
