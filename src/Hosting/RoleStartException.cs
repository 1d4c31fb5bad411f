namespace Actors.Hosting;

/// <summary>A role could not open its sockets, so the host does not start.</summary>
public sealed class RoleStartException : Exception
{
    /// <summary>Names the role and the cause.</summary>
    public RoleStartException(string role, Exception cause)
        : base($"the role {role} cannot start: {(cause ?? throw new ArgumentNullException(nameof(cause))).Message}", cause)
    {
        Role = role;
    }

    /// <summary>The role's name.</summary>
    public string Role { get; }
}
