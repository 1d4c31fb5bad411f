using Actors.Transport;

namespace Actors.Grains;

/// <summary>The settings of a <see cref="GatewayRole"/>.</summary>
public sealed record GatewaySettings : RoleSettings
{
    /// <summary>
    /// Where the role binds or connects, and the options of its socket. A frame beyond <see cref="SocketSettings.MaxMessageSize"/> ends its
    /// connection before it is in memory; what exceeds only <see cref="MaxCallSize"/> is answered.
    /// </summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>The time of a call whose client names none, and the most that one can name. Default 30 s.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most calls in flight, of all clients; further ones are refused as <c>overloaded</c>. Default 10,000.</summary>
    public int MaxInFlight { get; init; } = 10_000;

    /// <summary>The most calls in flight of one connection; further ones are refused as <c>overloaded</c>. Default 1,000.</summary>
    public int MaxInFlightPerClient { get; init; } = 1000;

    /// <summary>The most octets of one call, all its frames; a larger one is refused as <c>bad-arguments</c>. Default 4 MiB.</summary>
    public int MaxCallSize { get; init; } = 4 << 20;

    /// <summary>The most octets of all calls in flight; a call beyond is refused as <c>overloaded</c>. Default 64 MiB.</summary>
    public long MaxOctetsInFlight { get; init; } = 64 << 20;

    internal SocketSpec GatewaySocket => ReplyingSocketOf(Socket);

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        $"each well-formed call is answered once, within {CallTimeout.TotalMilliseconds} ms: with its result, its error, or a refusal; a call with an id that is repeated gets the first result as long as its grain keeps it",
        $"calls beyond {MaxInFlight} in flight, {MaxInFlightPerClient} of one client or {MaxOctetsInFlight} octets are refused; a call without an id ends with its client's connection; the order of one client's calls is not kept",
        "refused and expired calls, calls and replies of clients that have gone, messages without an envelope, and what runs when the role stops");

    /// <inheritdoc/>
    public override void Validate()
    {
        GatewaySocket.Validate();
        Check.Positive("call-timeout", CallTimeout);
        Check.AtLeast("max-in-flight", MaxInFlight, 1);
        Check.AtLeast("max-in-flight-per-client", MaxInFlightPerClient, 1);
        Check.AtLeast("max-call-size", MaxCallSize, 64);
        Check.AtLeast("max-octets-in-flight", MaxOctetsInFlight, MaxCallSize);
    }
}
