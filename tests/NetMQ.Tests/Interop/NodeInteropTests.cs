using NetMQ.Sockets;

namespace NetMQ.Tests.Interop;

/// <summary>With the libzmq 4.3.5 of the npm package "zeromq" 6: each pair of the classic types, over tcp, ipc and ws, with NULL and CURVE.</summary>
public class NodeInteropTests
{
    private const string WebSocket = "ws://127.0.0.1:*";

    public static TheoryData<string, bool> Pairs => SocketPair.BothDirections();

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Each_pair_talks_over_tcp(string pair, bool weBind) => Talk(pair, weBind, "tcp://127.0.0.1:*", (_, _) => { });

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Each_pair_talks_over_ipc(string pair, bool weBind)
        => Talk(pair, weBind, $"ipc://{Path.Combine(Path.GetTempPath(), $"zmq-{Guid.NewGuid():N}")}", (_, _) => { });

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Each_pair_talks_over_tcp_with_CURVE(string pair, bool weBind)
        => Talk(pair, weBind, "tcp://127.0.0.1:*", (ours, theirs) => UseCurve(ours, theirs, weServe: weBind));

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Each_pair_talks_over_ws(string pair, bool weBind) => Talk(pair, weBind, WebSocket, (_, _) => { });

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ws_talks_with_CURVE(bool weBind)
        => Talk("DEALER-ROUTER", weBind, WebSocket, (ours, theirs) => UseCurve(ours, theirs, weServe: weBind));

    private static void UseCurve(NetMQSocket ours, NodePeer theirs, bool weServe)
    {
        var certificate = new NetMQCertificate();
        var keys = theirs.Ask("curve-keys").Split(' ');
        ours.Options.CurveCertificate = certificate;
        theirs.Set("curveSecretKey", $"\"{keys[1]}\"");
        theirs.Set("curvePublicKey", $"\"{keys[0]}\"");
        if (weServe)
        {
            ours.Options.CurveServer = true;
            theirs.Set("curveServerKey", $"\"{certificate.PublicKeyZ85}\"");
        }
        else
        {
            ours.Options.CurveServerKey = NetMQCertificate.FromPublicKey(keys[0]).PublicKey;
            theirs.Set("curveServer", "true");
        }
    }

    private static void Talk(string pair, bool weBind, string endpoint, Action<NetMQSocket, NodePeer> configure)
    {
        using var theirs = NodePeer.Start(SocketPair.Theirs(pair));
        using var ours = SocketPair.CreateOurs(pair);
        configure(ours, theirs);
        if (weBind)
        {
            ours.Bind(endpoint);
            theirs.Connect(ours.Options.LastEndpoint!);
        }
        else
        {
            ours.Connect(theirs.Bind(endpoint));
        }

        SocketPair.Exchange(pair, ours, theirs);
    }
}
