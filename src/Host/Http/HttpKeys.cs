using Actors.Hosting.Configuration;

namespace Actors.Host.Http;

/// <summary>The keys of the section <c>host.http</c>.</summary>
internal static class HttpKeys
{
    /// <summary>The fewest characters of a token: guessing it takes longer than anyone has.</summary>
    public const int ShortestToken = 16;

    public static readonly Key Section = new("http", KeyType.Section, null, "The page, the health checks, the metrics and the status of the host over HTTP (docs/page.md); absent, there is none.");

    public static readonly Key Bind = new("bind", KeyType.Text, Key.Required, "Where to listen, ADDRESS:PORT: 127.0.0.1:9464, [::1]:9464, localhost:9464, or *:9464 for all addresses. Port 0 lets the system choose. Beyond this machine only with `token`.");
    public static readonly Key Token = new("token", KeyType.Secret, null, $"What a client has to show as \"Authorization: Bearer TOKEN\" to see status, events and metrics, {ShortestToken} characters or more. ${{VARIABLE}} takes it from the environment. Absent, no client has to.");
    public static readonly Key AllowedHosts = new("allowed-hosts", KeyType.Texts, "[]", "Names by which browsers reach this host besides its address and localhost, such as that of a reverse proxy, without port. Without `token`, a request to any other name is refused.");

    public static readonly IReadOnlyList<Key> All = [Bind, Token, AllowedHosts];
}
