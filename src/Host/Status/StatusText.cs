namespace Actors.Host.Status;

/// <summary>A status in words for people.</summary>
internal static class StatusText
{
    public static string Of(HostState state) => state.ToString().ToLowerInvariant();

    /// <summary>The state of the role; of one that failed or stopped, with the cause.</summary>
    public static string Of(RoleReport role) => role.Failure is { } failure ? $"{Of(role.State)}: {failure}" : Of(role.State);

    public static string Of(RoleState state) => state.ToString().ToLowerInvariant();

    /// <summary>A bound endpoint has the sign of the text of sockets before it, as one that connects has.</summary>
    public static string Of(EndpointReport endpoint) => endpoint.Bound ? $"@{endpoint.Address}" : $">{endpoint.Address}";
}
