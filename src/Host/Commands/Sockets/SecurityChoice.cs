using Actors.Transport;
using Actors.Zmtp;

namespace Actors.Host.Commands.Sockets;

/// <summary>A mechanism and its keys, as the command line or a context gives them. Which end this is follows from them, as in a role's file.</summary>
internal sealed record SecurityChoice
{
    public const string Null = "null";
    public const string Plain = "plain";
    public const string Curve = "curve";

    private readonly string? _mechanism;

    /// <summary>No mechanism and no keys.</summary>
    public static SecurityChoice None { get; } = new();

    /// <summary><see cref="Null"/>, <see cref="Plain"/> or <see cref="Curve"/>; where it was not said, the one that the keys belong to, or null.</summary>
    public string? Mechanism
    {
        get => _mechanism ?? ((ServerKey ?? KeyFile ?? SecretKey ?? Clients) is not null ? Curve : (Username ?? Password ?? Users) is not null ? Plain : null);
        init => _mechanism = value;
    }

    /// <summary>CURVE client: the server's public key, or a file that has it.</summary>
    public string? ServerKey { get; init; }

    /// <summary>CURVE: the file with this end's pair.</summary>
    public string? KeyFile { get; init; }

    /// <summary>CURVE: this end's secret key in Z85, in place of <see cref="KeyFile"/>.</summary>
    public string? SecretKey { get; init; }

    /// <summary>CURVE server: the file with the public keys that may connect, or <c>any</c>.</summary>
    public string? Clients { get; init; }

    /// <summary>PLAIN client.</summary>
    public string? Username { get; init; }

    /// <summary>PLAIN client.</summary>
    public string? Password { get; init; }

    /// <summary>PLAIN server: the file with the users that may connect.</summary>
    public string? Users { get; init; }

    /// <summary>These values, and where they say nothing those of another choice of the same mechanism.</summary>
    public SecurityChoice Over(SecurityChoice other)
    {
        if (Mechanism is not null && other.Mechanism is not null && Mechanism != other.Mechanism) return this;
        return new SecurityChoice
        {
            Mechanism = _mechanism ?? other._mechanism,
            ServerKey = ServerKey ?? other.ServerKey,
            KeyFile = KeyFile ?? (SecretKey is null ? other.KeyFile : null),
            SecretKey = SecretKey ?? (KeyFile is null ? other.SecretKey : null),
            Clients = Clients ?? other.Clients,
            Username = Username ?? other.Username,
            Password = Password ?? other.Password,
            Users = Users ?? other.Users,
        };
    }

    /// <summary>The settings of a socket; null without a mechanism.</summary>
    /// <exception cref="ToolException">They do not fit together.</exception>
    public SecuritySettings? Settings() => Mechanism switch
    {
        Curve => OfCurve(),
        Plain => OfPlain(),
        _ => Without("null", ServerKey ?? KeyFile ?? Clients ?? Username ?? Users),
    };

    private SecuritySettings? OfCurve()
    {
        Without(Curve, Username ?? Users);
        if (ServerKey is null) return new CurveServer { KeyFile = KeyFile, Keys = Pair(), Clients = Clients };
        if (Clients is not null) throw ToolException.Usage("--clients is of the server, and --server-key makes this end the client: expected one of the two");
        return new CurveClient { ServerKey = ServerKey, KeyFile = KeyFile, Keys = Pair() };
    }

    private SecuritySettings? OfPlain()
    {
        Without(Plain, ServerKey ?? KeyFile ?? Clients);
        if (Username is null) return new PlainServer { Users = Users };
        if (Users is not null) throw ToolException.Usage("--users is of the server, and --username makes this end the client: expected one of the two");
        if (Password is null) throw ToolException.Usage($"--username has no password: expected --password-file FILE or {Options.SecurityOptions.PasswordVariable} in the environment");
        return new PlainClient { Username = Username, Password = Password };
    }

    private CurveKeyPair? Pair()
    {
        if (SecretKey is null) return null;
        try
        {
            return CurveKeyPair.FromSecretKey(SecretKey);
        }
        catch (ArgumentException)
        {
            throw ToolException.Usage($"the secret key has {SecretKey.Length} characters, or some that are not of Z85: expected 40 of Z85 in {Options.SecurityOptions.SecretKeyVariable} or the context");
        }
    }

    private static SecuritySettings? Without(string mechanism, string? other) =>
        other is null ? null : throw ToolException.Usage($"--security is {mechanism}, and there are options of another mechanism: expected those of {mechanism} only");
}
