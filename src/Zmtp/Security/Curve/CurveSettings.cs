using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Security.Curve;

/// <summary>The permanent keys of an end of CURVE, and which end it is.</summary>
internal sealed record CurveSettings
{
    /// <summary>This end is the server, whatever end is bound.</summary>
    public bool IsServer { get; init; }

    /// <summary>The key pair of this end.</summary>
    public CurveKeyPair? Keys { get; init; }

    /// <summary>The server's public key, which a client knows beforehand.</summary>
    public byte[]? ServerKey { get; init; }

    /// <summary>True if the options that were set choose CURVE.</summary>
    public bool IsChosen => IsServer || Keys is not null || ServerKey is not null;

    /// <summary>Refuses to begin without the keys that the handshake needs.</summary>
    public void Check(string endpoint)
    {
        if (Keys is null)
            throw new InvalidException($"\"{endpoint}\": {(IsServer ? "CurveServer" : "CurveServerKey")} is set, and CurveKeys is not; CURVE needs the key pair of this end.");
        if (!IsServer && ServerKey is null)
            throw new InvalidException($"\"{endpoint}\": CurveKeys is set, and neither CurveServer nor CurveServerKey is; a CURVE client must know the server's public key.");
    }

    public IMechanism CreateMechanism(HandshakeOptions options)
        => IsServer
            ? new CurveServerMechanism(options, Keys!)
            : new CurveClientMechanism(options, Keys!, ServerKey!);
}
