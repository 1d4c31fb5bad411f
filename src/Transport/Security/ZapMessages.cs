using System.Text;

namespace Actors.Transport;

/// <summary>To an authenticator: may this peer connect? Answer the sender with a <see cref="ZapDecision"/> (RFC 27).</summary>
/// <remarks>The text of the record shows no password.</remarks>
public sealed record ZapRequest
{
    /// <summary>The domain of the socket: <see cref="ServerSecurity.Domain"/>.</summary>
    public required string Domain { get; init; }

    /// <summary>The peer's address without a port, as far as the transport has one.</summary>
    public required string Address { get; init; }

    /// <summary>The routing id that the peer tells of itself; empty where it tells none, and with PLAIN, which asks before.</summary>
    public required ReadOnlyMemory<byte> RoutingId { get; init; }

    /// <summary>The mechanism: NULL, PLAIN or CURVE.</summary>
    public required string Mechanism { get; init; }

    /// <summary>With CURVE: the peer's public key in Z85, which it has proved to have the secret key of.</summary>
    public string? PublicKey { get; init; }

    /// <summary>With PLAIN: the user name.</summary>
    public string? Username { get; init; }

    /// <summary>With PLAIN: the password.</summary>
    public string? Password { get; init; }

    /// <summary>The peer's key or user name, for people; control characters, which a peer may send, are shown as <c>?</c>.</summary>
    internal string Who
    {
        get
        {
            if (PublicKey is not null) return $"the key {PublicKey}";
            return Username is null ? $"the address {Address}" : $"the user \"{string.Concat(Username.Select(letter => char.IsControl(letter) ? '?' : letter))}\"";
        }
    }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"{Domain}, {Address}, {Mechanism}, {Who}");
        return true;
    }
}

/// <summary>An authenticator's answer to a <see cref="ZapRequest"/>.</summary>
public sealed record ZapDecision
{
    private ZapDecision()
    {
    }

    /// <summary>Whether the peer is let in.</summary>
    public bool IsAllowed => StatusCode == 200;

    /// <summary>The status of ZAP: 200 lets the peer in; 300 does not now, and it may come again; 400 and 500 refuse it, and it is told the code.</summary>
    public int StatusCode { get; private init; }

    /// <summary>Who the peer is, for <see cref="Peer.UserId"/>; of a peer that is let in.</summary>
    public string UserId { get; private init; } = "";

    /// <summary>Why the peer is not let in, for the log of this end.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>Lets the peer in.</summary>
    /// <param name="userId">Who it is. Where it is empty, the name from the list, or the peer's public key or user name.</param>
    public static ZapDecision Allow(string userId = "")
    {
        ArgumentNullException.ThrowIfNull(userId);
        return new ZapDecision { StatusCode = 200, UserId = userId };
    }

    /// <summary>Does not let the peer in.</summary>
    /// <param name="reason">For the log of this end; the peer is not told.</param>
    /// <param name="statusCode">400 refuses the peer, 300 lets it come again, 500 says that this end has failed.</param>
    public static ZapDecision Deny(string reason, int statusCode = 400)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (statusCode is not (300 or 400 or 500)) throw new ArgumentOutOfRangeException(nameof(statusCode), statusCode, "expected 300, 400 or 500");
        return new ZapDecision { StatusCode = statusCode, Reason = reason };
    }
}
