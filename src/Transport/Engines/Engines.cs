namespace Actors.Transport;

/// <summary>The engines by name, and what a socket needs of them.</summary>
internal static class Engines
{
    private static readonly IEngine[] s_all = [new NetMqEngine(), new ZmtpEngine()];

    /// <summary>The names that <c>actors.transport.engine</c> takes.</summary>
    public static IEnumerable<string> Names => s_all.Select(engine => engine.Name);

    /// <summary>The engine of that name, or null.</summary>
    public static IEngine? Find(string name) => Array.Find(s_all, engine => engine.Name == name);

    /// <summary>Says which option of the settings the engine cannot fulfil and which engine can, or null.</summary>
    public static SocketSettingsException? Fault(IEngine engine, SocketSpec spec)
    {
        foreach (var endpoint in spec.Bind) if (Fault(engine, endpoint) is { } fault) return new SocketSettingsException(spec.Name, "bind", fault);
        foreach (var endpoint in spec.Connect) if (Fault(engine, endpoint) is { } fault) return new SocketSettingsException(spec.Name, "connect", fault);
        return spec.Settings.Security is { } security && Fault(engine, security) is { } mistake ? new SocketSettingsException(spec.Name, mistake.Option, mistake.Fault) : null;
    }

    /// <summary>Says which option of the security the engine cannot fulfil and which engine can, or null.</summary>
    public static (string Option, string Fault)? Fault(IEngine engine, SecuritySettings security)
    {
        if (!engine.Abilities.Mechanisms.Contains(security.Mechanism))
        {
            var able = Array.Find(s_all, other => other.Abilities.Mechanisms.Contains(security.Mechanism))!;
            return ("security.mechanism", $"is {Word(security.Mechanism)}, which the engine {engine.Name} does not have: expected {string.Join(" or ", engine.Abilities.Mechanisms.Select(Word))}, or actors.transport.engine = {able.Name}, which has {Word(security.Mechanism)}");
        }
        if (security.DecidingOption is not { } option || engine.Abilities.AsksWhoMayConnect) return null;
        var asks = Array.Find(s_all, other => other.Abilities.AsksWhoMayConnect)!;
        return ($"security.{option}", $"says which clients may connect, and the engine {engine.Name} lets everyone in who knows the server's key: expected clients = {CurveServer.Any}, or actors.transport.engine = {asks.Name}, which can decide");
    }

    private static string Word(SecurityMechanism mechanism) => mechanism.ToString().ToLowerInvariant();

    /// <summary>Says that the engine has no such transport and which engine has, or null.</summary>
    public static string? Fault(IEngine engine, string endpoint)
    {
        var scheme = SchemeOf(endpoint);
        return engine.Abilities.Transports.Contains(scheme)
            ? null
            : $"has \"{endpoint}\", and the engine {engine.Name} has no transport {scheme}: expected {string.Join(", ", engine.Abilities.Transports)}, or {Remedy(scheme)}";
    }

    private static string Remedy(string scheme)
    {
        var able = Array.Find(s_all, engine => engine.Abilities.Transports.Contains(scheme));
        return able is null ? "another transport" : $"actors.transport.engine = {able.Name}, which has {scheme}";
    }

    private static string SchemeOf(string endpoint) => endpoint.Split("://", 2)[0];
}
