namespace Actors.Zmtp.Security.Zap;

/// <summary>When an end asks the handler of the process about its peers, and in which domain.</summary>
internal sealed record ZapSettings
{
    /// <summary>https://rfc.zeromq.org/spec/27/ asks for a domain that is not empty; this one is customary.</summary>
    private const string AnyDomain = "global";

    /// <summary>As it was set; empty unless it was.</summary>
    public string Domain { get; init; } = "";

    /// <summary>With a domain nobody comes in without the handler; without one the handler is not asked.</summary>
    public bool EnforceDomain { get; init; }

    /// <summary>The domain that the handler is told.</summary>
    public string RequestedDomain => Domain.Length == 0 ? AnyDomain : Domain;

    /// <summary>True if an end asks the handler that could do without it; PLAIN cannot do without.</summary>
    /// <param name="encrypted">The mechanism tells peers apart by itself, so that a handler alone is reason enough to ask it.</param>
    /// <param name="hasHandler">There is one.</param>
    public bool Asks(bool encrypted, bool hasHandler)
    {
        if (Domain.Length > 0)
            return EnforceDomain || hasHandler;
        return encrypted && !EnforceDomain && hasHandler;
    }
}
