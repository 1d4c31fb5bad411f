using Actors.Zmtp;
using Akka.Actor;

namespace Actors.Transport;

/// <summary>
/// The security mechanism of a socket, and which end of it the socket is: <see cref="CurveServer"/>, <see cref="CurveClient"/>,
/// <see cref="PlainServer"/>, <see cref="PlainClient"/> or <see cref="NullServer"/>. See docs/security.md.
/// </summary>
/// <remarks>
/// Both ends need the same mechanism. Which end listens and which connects does not matter. Connections over inproc stay within
/// the process and have no mechanism. No text of a record shows a password or a secret key.
/// </remarks>
public abstract record SecuritySettings
{
    private protected SecuritySettings()
    {
    }

    internal abstract SecurityMechanism Mechanism { get; }

    /// <summary>Returns when the settings can work. Reads the files that they name.</summary>
    /// <param name="check">Of the section <c>security</c>.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work, or a file has a mistake.</exception>
    internal void Validate(SettingCheck check) => Resolve(check);

    /// <summary>What a socket is opened with: keys and lists, as their files have them now.</summary>
    /// <exception cref="SocketSettingsException">A setting cannot work, or a file has a mistake.</exception>
    internal abstract SocketSecurity Resolve(SettingCheck check);

    /// <summary>The option that has this end decide who may connect, which not every engine can; null where it lets everyone in.</summary>
    internal virtual string? DecidingOption => null;

    /// <summary>What works, and is hardly what an operator wants: the option at fault and a sentence.</summary>
    internal virtual IEnumerable<(string Option, string Doubt)> Doubts => [];

    /// <summary>Names the mechanism, the end and the files.</summary>
    public sealed override string ToString() => Description;

    private protected abstract string Description { get; }

    private protected static IEnumerable<(string Option, string Doubt)> DoubtOf(string option, string? secretFile)
    {
        if (secretFile is not null && SecretFile.Doubt(secretFile) is { } doubt) yield return (option, doubt);
    }
}

/// <summary>The mechanisms of ZMTP.</summary>
internal enum SecurityMechanism
{
    Null,
    Plain,
    Curve,
}

/// <summary>The settings of the end that decides who may connect.</summary>
public abstract record ServerSecurity : SecuritySettings
{
    private protected ServerSecurity()
    {
    }

    /// <summary>
    /// The actor that is told a <see cref="ZapRequest"/> of each peer that the list lets in, or of each peer where there is no
    /// list, and answers its sender with a <see cref="ZapDecision"/>. Default null: the list decides.
    /// </summary>
    public IActorRef? Authenticator { get; init; }

    /// <summary>The time that the authenticator has. A peer for which it does not answer is not let in, and may come again. Default 5 s.</summary>
    public TimeSpan AuthenticatorTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The domain that the authenticator is told (RFC 27). Null, the default, is the name of the socket.</summary>
    public string? Domain { get; init; }

    internal override string? DecidingOption => Authenticator is null ? null : "authenticator";

    private protected PeerGate Gate(SettingCheck check, IPeerList? list)
    {
        check.Positive("authenticator-timeout", AuthenticatorTimeout);
        return new PeerGate(Domain ?? check.Owner, list, Authenticator, AuthenticatorTimeout);
    }
}

/// <summary>Encryption and keys on both ends (CURVE, RFC 26); this end is the server, whose public key its clients know.</summary>
public sealed record CurveServer : ServerSecurity
{
    /// <summary>The value of <see cref="Clients"/> that lets everyone in who knows the server's public key.</summary>
    public const string Any = "any";

    /// <summary>The file with this end's key pair, as <c>actors keygen</c>, CZMQ and pyzmq write it. Default null.</summary>
    public string? KeyFile { get; init; }

    /// <summary>This end's key pair, in place of <see cref="KeyFile"/>. Default null.</summary>
    public CurveKeyPair? Keys { get; init; }

    /// <summary>
    /// The file with the public keys of the clients that may connect, or <see cref="Any"/>. It is read again when it has changed.
    /// Null, the default, is possible only with an <see cref="ServerSecurity.Authenticator"/>.
    /// </summary>
    public string? Clients { get; init; }

    internal override SecurityMechanism Mechanism => SecurityMechanism.Curve;

    internal override string? DecidingOption => Clients is null or Any ? base.DecidingOption : "clients";

    internal override IEnumerable<(string Option, string Doubt)> Doubts => DoubtOf("key-file", KeyFile);

    private protected override string Description => $"CURVE server, key-file = {KeyFile}, clients = {Clients}";

    internal override SocketSecurity Resolve(SettingCheck check)
    {
        var keys = CurveKeys.Of(check, KeyFile, Keys) ?? throw check.Fault("key-file", "is missing: expected the file of the server's key pair, which `actors keygen` makes; or server-key, for a client");
        if (Clients is null && Authenticator is null)
            throw check.Fault("clients", $"is missing: expected a file with the public keys of the clients that may connect, or \"{Any}\" to let everyone in");
        IPeerList? list = Clients is null or Any ? null : PeerListFile.Open(check, "clients", Clients, AllowedClients.Parse);
        return new SocketSecurity(SecurityMechanism.Curve) { Keys = keys, Gate = Gate(check, list) };
    }
}

/// <summary>Encryption and keys on both ends (CURVE, RFC 26); this end is the client of the server whose public key it is given.</summary>
public sealed record CurveClient : SecuritySettings
{
    // Shared by copies of the record, so that all sockets of a role have the same pair.
    private readonly Lazy<CurveKeyPair> _fresh = new(() => new CurveKeyPair());

    /// <summary>The server's public key in 40 characters of Z85, or a file that has it.</summary>
    public required string ServerKey { get; init; }

    /// <summary>The file with this end's key pair, as <c>actors keygen</c>, CZMQ and pyzmq write it. Without it and <see cref="Keys"/>, the record has a fresh pair. Default null.</summary>
    public string? KeyFile { get; init; }

    /// <summary>This end's key pair, in place of <see cref="KeyFile"/>. Default null.</summary>
    public CurveKeyPair? Keys { get; init; }

    internal override SecurityMechanism Mechanism => SecurityMechanism.Curve;

    internal override IEnumerable<(string Option, string Doubt)> Doubts => DoubtOf("key-file", KeyFile);

    private protected override string Description => $"CURVE client, server-key = {ServerKey}, key-file = {KeyFile}";

    internal override SocketSecurity Resolve(SettingCheck check) => new(SecurityMechanism.Curve)
    {
        ServerKey = CurveKeys.PublicKeyOf(check, "server-key", ServerKey),
        Keys = CurveKeys.Of(check, KeyFile, Keys) ?? _fresh.Value,
    };
}

/// <summary>User name and password, which travel in clear text (PLAIN, RFC 24); this end checks them. On the engine <c>zmtp</c> only.</summary>
public sealed record PlainServer : ServerSecurity
{
    /// <summary>
    /// The file with the users that may connect, NAME PASSWORD a line. It is read again when it has changed. Null, the default, is
    /// possible only with an <see cref="ServerSecurity.Authenticator"/>.
    /// </summary>
    public string? Users { get; init; }

    internal override SecurityMechanism Mechanism => SecurityMechanism.Plain;

    internal override IEnumerable<(string Option, string Doubt)> Doubts => DoubtOf("users", Users);

    private protected override string Description => $"PLAIN server, users = {Users}";

    internal override SocketSecurity Resolve(SettingCheck check)
    {
        if (Users is null && Authenticator is null)
            throw check.Fault("users", "is missing: expected a file of NAME PASSWORD lines; or username and password, for a client");
        IPeerList? list = Users is null ? null : PeerListFile.Open(check, "users", Users, AllowedUsers.Parse);
        return new SocketSecurity(SecurityMechanism.Plain) { Gate = Gate(check, list) };
    }
}

/// <summary>User name and password, which travel in clear text (PLAIN, RFC 24); this end tells them. On the engine <c>zmtp</c> only.</summary>
public sealed record PlainClient : SecuritySettings
{
    /// <summary>The user name, at most 255 bytes of UTF-8.</summary>
    public required string Username { get; init; }

    /// <summary>The password, at most 255 bytes of UTF-8.</summary>
    public required string Password { get; init; }

    internal override SecurityMechanism Mechanism => SecurityMechanism.Plain;

    private protected override string Description => $"PLAIN client, username = {Username}";

    internal override SocketSecurity Resolve(SettingCheck check)
    {
        CheckLength(check, "username", Username);
        CheckLength(check, "password", Password);
        return new SocketSecurity(SecurityMechanism.Plain) { Username = Username, Password = Password };
    }

    private static void CheckLength(SettingCheck check, string option, string text)
    {
        var length = System.Text.Encoding.UTF8.GetByteCount(text);
        if (length > byte.MaxValue) throw check.Fault(option, $"has {length} bytes in UTF-8: expected at most {byte.MaxValue}");
    }
}

/// <summary>No mechanism (NULL, RFC 37), and an actor that decides by a peer's address who may connect. On the engine <c>zmtp</c> only.</summary>
public sealed record NullServer : ServerSecurity
{
    internal override SecurityMechanism Mechanism => SecurityMechanism.Null;

    private protected override string Description => "NULL server";

    internal override SocketSecurity Resolve(SettingCheck check)
    {
        if (Authenticator is null) throw check.Fault("authenticator", "is missing: without it, leave \"security\" out");
        return new SocketSecurity(SecurityMechanism.Null) { Gate = Gate(check, null) };
    }
}
