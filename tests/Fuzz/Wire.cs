using Actors.Zmtp;

namespace Fuzz;

/// <summary>What two peers have to agree on: the transport, the mechanism and its keys.</summary>
/// <param name="Corpus">How the names of the streams begin that this wire carries.</param>
/// <param name="Serve">Makes a socket the side that binds.</param>
/// <param name="Join">Makes a socket the side that connects.</param>
internal sealed record Wire(string Corpus, Action<ZmqSocket> Serve, Action<ZmqSocket> Join)
{
    /// <summary>Opens what has to be there while the wire is used.</summary>
    public Func<IDisposable?> OpenGate { get; private init; } = () => null;

    /// <summary>What an endpoint begins with.</summary>
    public string Scheme { get; private init; } = "tcp";

    private static readonly CurveKeyPair Server = new();

    public static readonly Wire Null = new("null-", _ => { }, _ => { });

    public static readonly Wire WebSocket = Null with { Corpus = "ws-", Scheme = "ws" };

    public static readonly Wire Plain = new(
        "plain-",
        socket => socket.Options.PlainServer = true,
        socket =>
        {
            socket.Options.PlainUsername = PasswordGate.User;
            socket.Options.PlainPassword = PasswordGate.Password;
        })
    {
        OpenGate = () => new PasswordGate(),
    };

    public static readonly Wire Curve = new(
        "curve-",
        socket =>
        {
            socket.Options.CurveServer = true;
            socket.Options.CurveKeys = Server;
        },
        socket =>
        {
            socket.Options.CurveServerKey = Server.PublicKey;
            socket.Options.CurveKeys = new CurveKeyPair();
        });
}
