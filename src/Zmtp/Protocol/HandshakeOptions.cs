namespace Actors.Zmtp.Protocol;

/// <summary>This end's part of a handshake, and the limits that it sets to the peer.</summary>
internal sealed record HandshakeOptions
{
    /// <summary>The type of this end's socket.</summary>
    public required ZmqSocketType SocketType { get; init; }

    /// <summary>True for the end that is bound and accepted the connection, which is the server of a NULL handshake.</summary>
    public required bool IsServer { get; init; }

    /// <summary>The routing id of this end, at most 255 octets; empty for none.</summary>
    public ReadOnlyMemory<byte> RoutingId { get; init; }

    /// <summary>The longest body of a command that is taken from the peer during the handshake, in octets.</summary>
    public int MaxCommandLength { get; init; } = 8192;

    /// <summary>The most metadata properties that are taken from the peer.</summary>
    public int MaxProperties { get; init; } = Metadata.DefaultMaxProperties;

    /// <summary>A handler is asked whether the peer may connect (https://rfc.zeromq.org/spec/27/).</summary>
    public bool Authenticates { get; init; }

    /// <summary>The properties that this end announces.</summary>
    public Metadata LocalMetadata()
    {
        var metadata = new Metadata().Add(Metadata.SocketType, System.Text.Encoding.ASCII.GetBytes(SocketTypes.WireName(SocketType)));
        if (SocketTypes.AnnouncesIdentity(SocketType, RoutingId.Length))
            metadata.Add(Metadata.Identity, RoutingId);
        return metadata;
    }
}
