using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Actors.Zmtp.Protocol;

/// <summary>The peer as a completed handshake describes it.</summary>
/// <param name="Revision">The revision of ZMTP to speak.</param>
/// <param name="SocketType">The peer's socket type; <see cref="ZmqSocketType.None"/> when it did not tell, which it may.</param>
/// <param name="RoutingId">The peer's routing id; empty for none.</param>
/// <param name="Metadata">All properties that the peer sent; none from peers of ZMTP 2.0.</param>
internal sealed record PeerInfo(ZmtpRevision Revision, ZmqSocketType SocketType, ReadOnlyMemory<byte> RoutingId, Metadata Metadata)
{
    private const int MaxRoutingIdLength = 255;

    /// <summary>Who the peer is, as the handler says that let it in; empty without one. What the peer says of itself does not count.</summary>
    public string UserId { get; init; } = "";

    /// <summary>Checks the properties of a peer against this end's socket type.</summary>
    public static bool TryCreate(
        HandshakeOptions local,
        ZmtpRevision revision,
        Metadata metadata,
        [NotNullWhen(true)] out PeerInfo? peer,
        [NotNullWhen(false)] out HandshakeFailure? failure)
    {
        peer = null;
        var type = ZmqSocketType.None;
        if (metadata.TryGet(Metadata.SocketType, out var name) && !SocketTypes.TryParse(name.Span, out type))
        {
            failure = new(HandshakeFailureReason.IncompatibleSocketType, $"the peer's socket type \"{Printable(name.Span)}\" is unknown");
            return false;
        }

        metadata.TryGet(Metadata.Identity, out var routingId);
        return TryCreate(local, revision, type, routingId, metadata, out peer, out failure);
    }

    public static bool TryCreate(
        HandshakeOptions local,
        ZmtpRevision revision,
        ZmqSocketType type,
        ReadOnlyMemory<byte> routingId,
        Metadata metadata,
        [NotNullWhen(true)] out PeerInfo? peer,
        [NotNullWhen(false)] out HandshakeFailure? failure)
    {
        peer = null;
        if (type != ZmqSocketType.None && !SocketTypes.AreCompatible(local.SocketType, type))
        {
            failure = new(
                HandshakeFailureReason.IncompatibleSocketType,
                $"the peer's socket type {SocketTypes.WireName(type)} does not fit {SocketTypes.WireName(local.SocketType)}") { PeerSocketType = type };
            return false;
        }

        // Only a ROUTER uses the routing id; "for all other socket types, the Identity property shall be ignored".
        if (local.SocketType != ZmqSocketType.Router)
        {
            routingId = default;
        }
        else if (routingId.Length > MaxRoutingIdLength)
        {
            failure = new(HandshakeFailureReason.InvalidRoutingId, $"the peer's routing id has {routingId.Length} octets, the most is {MaxRoutingIdLength}");
            return false;
        }
        else if (!routingId.IsEmpty && routingId.Span[0] == 0)
        {
            failure = new(HandshakeFailureReason.InvalidRoutingId, "the peer's routing id begins with a zero octet, which is reserved");
            return false;
        }

        peer = new(revision, type, routingId, metadata);
        failure = null;
        return true;
    }

    private static string Printable(ReadOnlySpan<byte> octets)
    {
        const int shown = 32;
        var text = new StringBuilder();
        foreach (var octet in octets[..Math.Min(octets.Length, shown)])
            text.Append(octet is >= 0x20 and < 0x7F ? (char)octet : '_');
        return octets.Length > shown ? text.Append("...").ToString() : text.ToString();
    }
}
