using Actors.Transport;

namespace Actors.Hosting.Configuration;

/// <summary>Reads the section <c>security</c> of a socket.</summary>
internal static class SecurityReader
{
    /// <summary>The settings; null without a mechanism, and where there is a mistake, which is noted.</summary>
    /// <param name="socket">The section that has the keys of the socket.</param>
    public static SecuritySettings? Read(Section socket)
    {
        var keys = socket.Below(SecurityKeys.Section.Name);
        keys.Allow(SecurityKeys.All, "the security section");
        var security = keys.Get<MechanismWord?>(SecurityKeys.Mechanism) switch
        {
            MechanismWord.Null => None(keys),
            MechanismWord.Plain => Plain(keys),
            MechanismWord.Curve => Curve(keys),
            _ => null,
        };
        if (security is not null && ZmqTransport.EngineNames.Contains(socket.Engine) && ZmqTransport.SecurityFault(socket.Engine, security) is { } fault)
            socket.Fault(fault.Option, fault.Fault);
        foreach (var (option, doubt) in security is null ? [] : ZmqTransport.SecurityDoubts(security)) socket.Warn(option, doubt, isLogged: true);
        return security;
    }

    private static SecuritySettings? None(Section keys)
    {
        Refuse(keys, [.. SecurityKeys.OfCurve, .. SecurityKeys.OfPlain], "is set, but the mechanism is null: expected mechanism = curve or plain");
        return null;
    }

    private static SecuritySettings? Curve(Section keys)
    {
        Refuse(keys, SecurityKeys.OfPlain, "is a key of mechanism = plain");
        if (!keys.Has(SecurityKeys.ServerKey)) return new CurveServer { KeyFile = Text(keys, SecurityKeys.KeyFile), Clients = Text(keys, SecurityKeys.Clients) };
        Refuse(keys, [SecurityKeys.Clients], "is a key of the server, and server-key makes this end the client: expected one of the two");
        return new CurveClient { ServerKey = keys.Get<string>(SecurityKeys.ServerKey), KeyFile = Text(keys, SecurityKeys.KeyFile) };
    }

    private static SecuritySettings? Plain(Section keys)
    {
        Refuse(keys, SecurityKeys.OfCurve, "is a key of mechanism = curve");
        if (!keys.Has(SecurityKeys.Username) && !keys.Has(SecurityKeys.Password)) return new PlainServer { Users = Text(keys, SecurityKeys.Users) };
        Refuse(keys, [SecurityKeys.Users], "is a key of the server, and username and password make this end the client: expected one of the two");
        if (Text(keys, SecurityKeys.Username) is { } username && Text(keys, SecurityKeys.Password) is { } password) return new PlainClient { Username = username, Password = password };
        var missing = keys.Has(SecurityKeys.Username) ? SecurityKeys.Password : SecurityKeys.Username;
        keys.Fault(missing.Name, "is missing: a client of plain has both username and password");
        return null;
    }

    private static string? Text(Section keys, Key key) => keys.Has(key) ? keys.Get<string>(key) : null;

    private static void Refuse(Section keys, IEnumerable<Key> others, string fault)
    {
        foreach (var key in others.Where(keys.Has)) keys.Fault(key.Name, fault);
    }
}
