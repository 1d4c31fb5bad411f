namespace Actors;

/// <summary>To a role: answer with <see cref="SocketsInForce"/>.</summary>
internal sealed record GetSocketsInForce
{
    /// <summary>The one instance.</summary>
    public static GetSocketsInForce Instance { get; } = new();
}

/// <summary>The sockets of a role.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Sockets">In the order in which the role has them.</param>
internal sealed record SocketsInForce(string Role, IReadOnlyList<SocketInForce> Sockets)
{
    public static SocketsInForce Of(string role, IReadOnlyList<SocketLink> links) =>
        new(role, [.. links.Select(link => new SocketInForce(link.Spec.Name, [.. link.Endpoints.Take(link.Spec.Bind.Count)], [.. link.Endpoints.Skip(link.Spec.Bind.Count)]))]);
}

/// <summary>A socket and its endpoints in force, a bound port 0 with the port that the system chose. Without any, it is not open now.</summary>
internal sealed record SocketInForce(string Name, IReadOnlyList<string> Bound, IReadOnlyList<string> Connected);
