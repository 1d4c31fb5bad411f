using System.Net;
using System.Security.Cryptography;
using System.Text;
using Actors.Hosting.Configuration;
using Microsoft.AspNetCore.Http;

namespace Actors.Host.Http;

/// <summary>Lets in who may ask, and only to read; puts the headers on every answer that keep browsers from harm.</summary>
internal sealed class Gate
{
    /// <summary>Scripts, styles and connections of this host only, and nothing inline.</summary>
    public const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Bearer = "Bearer ";

    private readonly byte[]? _token;
    private readonly HashSet<string> _names;

    /// <param name="plan">Who may ask.</param>
    public Gate(HttpPlan plan)
    {
        _token = plan.Token is null ? null : Hash(plan.Token);
        _names = new HashSet<string>(plan.AllowedHosts, StringComparer.OrdinalIgnoreCase) { "localhost", plan.Bind.Address.ToString() };
    }

    /// <summary>The first step of every request.</summary>
    public Task Pass(HttpContext context, RequestDelegate next)
    {
        Protect(context.Response.Headers);
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Headers.Allow = HttpMethods.Get;
            return Refuse(context, StatusCodes.Status405MethodNotAllowed, "only GET is answered here");
        }
        // A page elsewhere may have its name resolve to 127.0.0.1; its browser then sends that name. With a token it has nothing to show.
        if (_token is null && !IsNamed(context.Request.Host.Host))
            return Refuse(context, StatusCodes.Status421MisdirectedRequest, "the Host of this request is not a name of this host: expected its address, localhost, or a name in host.http.allowed-hosts");
        var path = context.Request.Path;
        var isPrivate = path.StartsWithSegments("/api") || path == Paths.Metrics;
        if (isPrivate && IsFromElsewhere(context.Request)) return Refuse(context, StatusCodes.Status403Forbidden, "asked for by a page of another site");
        if (isPrivate && !IsKnown(context.Request))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Refuse(context, StatusCodes.Status401Unauthorized, "expected the header \"Authorization: Bearer TOKEN\" with the token of host.http.token");
        }
        return next(context);
    }

    /// <summary>Whether the request shows the token, or none is needed. Takes the same time wherever a wrong token differs.</summary>
    public bool IsKnown(HttpRequest request)
    {
        if (_token is null) return true;
        var shown = request.Headers.Authorization.ToString();
        return shown.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && CryptographicOperations.FixedTimeEquals(Hash(shown[Bearer.Length..].Trim()), _token);
    }

    /// <summary>Answers with a line of text.</summary>
    public static Task Refuse(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why + "\n", context.RequestAborted);
    }

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = "no-store";
    }

    private bool IsNamed(string host) => _names.Contains(host.Trim('[', ']')) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether a browser says that another site asks. Programs say nothing.</summary>
    private static bool IsFromElsewhere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");

    // Of one length, so that the comparison does not tell that of the token.
    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
