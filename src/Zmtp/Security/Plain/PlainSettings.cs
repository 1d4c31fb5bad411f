using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Security.Plain;

/// <summary>The credentials of an end of PLAIN, and which end it is.</summary>
internal sealed record PlainSettings
{
    /// <summary>This end is the server, whatever end is bound.</summary>
    public bool IsServer { get; init; }

    /// <summary>The user name of a client, in octets.</summary>
    public byte[]? Username { get; init; }

    public byte[]? Password { get; init; }

    /// <summary>True if the options that were set choose PLAIN.</summary>
    public bool IsChosen => IsServer || Username is not null || Password is not null;

    /// <summary>Refuses to begin with half of what the handshake needs.</summary>
    public void Check(string endpoint)
    {
        if (IsServer && (Username ?? Password) is not null)
            throw new InvalidException($"\"{endpoint}\": PlainServer is set, and PlainUsername or PlainPassword too; they belong to a client of PLAIN.");
        if (!IsServer && (Username is null || Password is null))
            throw new InvalidException($"\"{endpoint}\": {(Username is null ? "PlainPassword is set, and PlainUsername" : "PlainUsername is set, and PlainPassword")} is not; a client of PLAIN needs both, which may be empty.");
    }

    public IMechanism CreateMechanism(HandshakeOptions options)
        => IsServer ? new PlainServerMechanism(options) : new PlainClientMechanism(options, Username!, Password!);
}
