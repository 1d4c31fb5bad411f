using System.Globalization;
using System.Net;
using Actors.Hosting.Configuration;

namespace Actors.Host.Http;

/// <summary>Reads the section <c>host.http</c>.</summary>
internal static class HttpReader
{
    /// <param name="host">The section <c>host</c>.</param>
    /// <returns>Null when the section is absent or has mistakes, which are noted.</returns>
    public static HttpPlan? Read(Section host)
    {
        if (!host.Has(HttpKeys.Section)) return null;
        var section = host.Below(HttpKeys.Section.Name);
        section.Allow(HttpKeys.All, "host.http");
        var bind = Address(section);
        var token = section.Has(HttpKeys.Token) ? section.Get<string>(HttpKeys.Token) : null;
        var names = section.Get<IReadOnlyList<string>>(HttpKeys.AllowedHosts);
        CheckToken(section, token);
        foreach (var name in names.Where(name => name.Length == 0 || name.Any(sign => char.IsWhiteSpace(sign) || sign is '/' or '*') || (name.Contains(':') && !name.StartsWith('['))))
            section.Fault(HttpKeys.AllowedHosts.Name, $"has \"{name}\": expected the name of a host without port and path");
        if (bind is null || section.HasFaults) return null;
        if (token is null && !IPAddress.IsLoopback(bind.Address))
        {
            section.Fault(HttpKeys.Bind.Name, $"is \"{section.Get<string>(HttpKeys.Bind)}\", which other machines may reach: expected host.http.token beside it, or 127.0.0.1");
            return null;
        }
        return new HttpPlan(bind, names) { Token = token };
    }

    private static void CheckToken(Section section, string? token)
    {
        if (token is null) return;
        if (token.Length < HttpKeys.ShortestToken) section.Fault(HttpKeys.Token.Name, $"has {token.Length} characters: expected {HttpKeys.ShortestToken} or more");
        else if (token.Any(sign => sign is <= ' ' or > '~')) section.Fault(HttpKeys.Token.Name, "has a character that no HTTP header may have: expected letters, digits and signs of ASCII without spaces");
    }

    private static IPEndPoint? Address(Section section)
    {
        if (!section.Has(HttpKeys.Bind) || !section.Expect(HttpKeys.Bind.Name, HttpKeys.Bind.Type))
        {
            // Says that it is missing; a wrong type is noted by now.
            if (!section.Has(HttpKeys.Bind)) section.Get<string>(HttpKeys.Bind);
            return null;
        }
        var text = section.Get<string>(HttpKeys.Bind);
        var colon = text.LastIndexOf(':');
        if (colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && AddressOf(text[..colon]) is { } address)
            return new IPEndPoint(address, port);
        section.Fault(HttpKeys.Bind.Name, $"is \"{text}\": expected ADDRESS:PORT, for example 127.0.0.1:9464");
        return null;
    }

    private static IPAddress? AddressOf(string host) => host switch
    {
        "*" => IPAddress.Any,
        "localhost" => IPAddress.Loopback,
        ['[', .. var inner, ']'] => IPAddress.TryParse(inner, out var six) ? six : null,
        _ => !host.Contains(':') && IPAddress.TryParse(host, out var four) ? four : null,
    };
}
