using Actors.Transport;

namespace Actors;

/// <summary>The settings of a <see cref="RequestRole"/>.</summary>
public sealed record RequestSettings : RoleSettings
{
    /// <summary>Where the role binds or connects, and the options of its sockets. Each endpoint to connect to is a server, and has a socket of its own.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>
    /// Whether each request bears an id, the same in each of its tries. By it, a reply role with <see cref="ReplySettings.Once"/>
    /// knows a repeat, and a queue may give the request to another server. Default false.
    /// </summary>
    public bool Identified { get; init; }

    /// <summary>The time that a request may take, waiting and all tries included. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether and when a request is sent again. Default never.</summary>
    public RetrySettings Retry { get; init; } = RetrySettings.None;

    /// <summary>
    /// The most requests that are unanswered at once. Default 1, as for a REQ socket. With more, each request carries a frame
    /// with its number in front of the empty delimiter; REP peers return it, and so must ROUTER peers.
    /// </summary>
    public int MaxInFlight { get; init; } = 1;

    /// <summary>The requests that wait for their turn. By default 1,000 wait, and producers wait for demand.</summary>
    public OutboundSettings Outbound { get; init; } = new(1000, OverflowRule.Backpressure);

    internal SocketSpec RequestSocket => SocketOf(Socket, SocketKind.Dealer) with { ReportsLosses = false };

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        $"each request ends in exactly one of reply, timeout, overload or failure, within {Timeout.TotalMilliseconds} ms{(Retry.Retries > 0 ? $"; after a try without a reply, up to {Retry.Retries} more follow, at another server where there is one" : "")}",
        Identified ? "the work of a server that is not asked again: another may do it once more" : "a reply that comes too late; a server may have done the work of a request that ended without one",
        "late replies, requests that were refused or timed out, further tries");

    /// <inheritdoc/>
    public override void Validate()
    {
        RequestSocket.Validate();
        Outbound.Validate(Check);
        Check.AtLeast("max-in-flight", MaxInFlight, 1);
        // A late reply comes to whoever has the routing id, so opening the socket anew would not keep it away.
        if (Socket.RoutingId is not null && MaxInFlight == 1 && !Identified)
            throw Check.Fault("routing-id", "is set, but nothing tells the replies apart that come to it: expected max-in-flight above 1 or delivery = acknowledged");
        Check.Positive("timeout", Timeout);
        Retry.Validate(Check);
    }
}
