namespace Actors.Zmtp.Protocol;

/// <summary>Why a handshake ended without a connection.</summary>
internal enum HandshakeFailureReason
{
    /// <summary>The peer speaks ZMTP 1.0, which this implementation does not serve, or no ZMTP at all.</summary>
    UnversionedPeer,

    /// <summary>The signature of the greeting does not end with 0x7F.</summary>
    BadSignature,

    /// <summary>The peer names another security mechanism, or its ZMTP is too old for ours.</summary>
    MechanismMismatch,

    /// <summary>Our socket type does not exist in the older ZMTP of the peer.</summary>
    SocketTypeTooNew,

    /// <summary>A frame of the handshake has reserved bits set, or is no command.</summary>
    MalformedFrame,

    /// <summary>A command is longer than the limit.</summary>
    CommandTooLarge,

    /// <summary>The body of a command does not follow its grammar.</summary>
    MalformedCommand,

    /// <summary>A command that the mechanism does not have at this point.</summary>
    UnexpectedCommand,

    /// <summary>The peer's socket type is unknown, or must not talk to ours.</summary>
    IncompatibleSocketType,

    /// <summary>The peer's routing id is too long or begins with a zero octet.</summary>
    InvalidRoutingId,

    /// <summary>The handler of the process did not let the peer in, or could not be asked.</summary>
    NotAuthenticated,

    /// <summary>The peer sent an ERROR command.</summary>
    RefusedByPeer,
}

/// <summary>The reason and a sentence for people.</summary>
internal sealed record HandshakeFailure(HandshakeFailureReason Reason, string Text)
{
    /// <summary>
    /// True if connecting again may help. After an ERROR it must not be tried with the same credentials
    /// (https://rfc.zeromq.org/spec/37/, "Error Handling").
    /// </summary>
    public bool MayReconnect => Reason != HandshakeFailureReason.RefusedByPeer;

    /// <summary>Of <see cref="HandshakeFailureReason.IncompatibleSocketType"/>: the peer's type; none where it is unknown.</summary>
    public ZmqSocketType PeerSocketType { get; init; } = ZmqSocketType.None;

    /// <summary>Of <see cref="HandshakeFailureReason.RefusedByPeer"/>: what the peer said.</summary>
    public string PeerReason { get; init; } = "";
}
