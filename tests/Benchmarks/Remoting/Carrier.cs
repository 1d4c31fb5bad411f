using Actors.Remoting;
using Actors.Zmtp;
using Akka.Actor;
using Akka.Configuration;

namespace Benchmarks.Remoting;

/// <summary>A transport of Akka.Remote that is measured.</summary>
internal sealed record Carrier(string Name, Func<string> Hocon)
{
    // Both ends know the pair, which exists for the measurement only.
    private const string BenchmarkSecretKey = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6";

    public static Carrier Netty { get; } = new("netty", () => """
        akka.remote.enabled-transports = [akka.remote.dot-netty.tcp]
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        """);

    public static Carrier Ours { get; } = new("ours", () => ZmqRemoting.Hocon(new ZmqRemoteSettings { Port = 0 }));

    public static Carrier Curve { get; } = new("curve", () => ZmqRemoting.Hocon(new ZmqRemoteSettings
    {
        Port = 0,
        Curve = new ZmqRemoteCurve { SecretKey = BenchmarkSecretKey, Allowed = [CurveKeyPair.FromSecretKey(BenchmarkSecretKey).PublicKeyZ85] },
    }));

    public static IReadOnlyList<Carrier> All { get; } = [Ours, Netty, Curve];

    public ActorSystem Start() => ActorSystem.Create("benchmark", ConfigurationFactory.ParseString(Hocon() + """

        akka { loglevel = WARNING, actor.provider = remote }
        """));
}
