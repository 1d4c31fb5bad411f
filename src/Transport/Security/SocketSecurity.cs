using Actors.Zmtp;

namespace Actors.Transport;

/// <summary>The security of one socket as its engine needs it, with the files read. It outlasts restarts of the socket.</summary>
/// <remarks>Not a record, whose text would show the password.</remarks>
internal sealed class SocketSecurity(SecurityMechanism mechanism)
{
    public SecurityMechanism Mechanism => mechanism;

    /// <summary>Decides who may connect; null at a client.</summary>
    public PeerGate? Gate { get; init; }

    /// <summary>CURVE: the pair of this end.</summary>
    public CurveKeyPair? Keys { get; init; }

    /// <summary>CURVE: the server's public key, of 32 bytes, at a client.</summary>
    public byte[]? ServerKey { get; init; }

    /// <summary>PLAIN: at a client.</summary>
    public string? Username { get; init; }

    /// <summary>PLAIN: at a client.</summary>
    public string? Password { get; init; }
}
