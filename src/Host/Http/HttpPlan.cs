using System.Net;
using Actors.Hosting.Configuration;

namespace Actors.Host.Http;

/// <summary>How a host is to be seen over HTTP, checked.</summary>
/// <param name="Bind">Where to listen.</param>
/// <param name="AllowedHosts">The names by which browsers may reach it besides its address and localhost.</param>
internal sealed record HttpPlan(IPEndPoint Bind, IReadOnlyList<string> AllowedHosts)
{
    /// <summary>The key that a failure to listen comes from.</summary>
    public static readonly string BindKey = $"{Keys.Host.Name}.{HttpKeys.Section.Name}.{HttpKeys.Bind.Name}";

    /// <summary>What a client has to show; null when it has to show nothing. No message repeats it.</summary>
    public string? Token { get; init; }

    /// <summary>Without the token.</summary>
    public override string ToString() => $"{Bind}";
}
