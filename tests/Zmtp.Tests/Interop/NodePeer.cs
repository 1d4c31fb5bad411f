namespace Actors.Zmtp.Tests.Interop;

/// <summary>A peer on the libzmq that the npm package "zeromq" brings along, with the draft socket types and ws: peer.js on Node.js.</summary>
internal sealed class NodePeer : LinePeer
{
    private const string Node = "node";
    private static readonly Lazy<string?> Found = new(FindMissing);

    private NodePeer(string type)
        : base(type, Node, Script("peer.js"))
    {
    }

    /// <summary>What there would have to be; null when all of it is there.</summary>
    public static string? Missing => Found.Value;

    /// <summary>Starts a peer with a socket of a type, such as "DISH", and skips the test where there is no such package.</summary>
    public static NodePeer Start(string type)
    {
        Skip.If(Missing != null, Missing);
        return new NodePeer(type);
    }

    /// <summary>Sets an option by its name in JavaScript to a value in JSON.</summary>
    public void Set(string option, string json) => Do($"option {option} {json}");

    /// <summary>Gives both ends their keys, and one of them the part of the server.</summary>
    public void UseCurve(ZmqSocket ours, bool weServe)
        => UseCurve(weServe, own => ours.Options.CurveKeys = own, () => ours.Options.CurveServer = true, key => ours.Options.CurveServerKey = key);

    /// <inheritdoc cref="UseCurve(ZmqSocket, bool)"/>
    public void UseCurve(ThreadSafeSocket ours, bool weServe)
        => UseCurve(weServe, own => ours.Options.CurveKeys = own, () => ours.Options.CurveServer = true, key => ours.Options.CurveServerKey = key);

    private void UseCurve(bool weServe, Action<CurveKeyPair> setOwn, Action setServer, Action<byte[]> setServerKey)
    {
        var own = new CurveKeyPair();
        var keys = Ask("curve-keys").Split(' ');
        Set("curvePublicKey", $"\"{keys[0]}\"");
        Set("curveSecretKey", $"\"{keys[1]}\"");
        setOwn(own);
        if (weServe)
        {
            setServer();
            Set("curveServerKey", $"\"{own.PublicKeyZ85}\"");
        }
        else
        {
            setServerKey(CurveKeyPair.FromPublicKey(keys[0]).PublicKey);
            Set("curveServer", "true");
        }
    }

    private static string? FindMissing()
        => Probe(Node, "-e", "require('zeromq/draft')") is { } said
            ? $"Node.js finds no package \"zeromq\" 6 (npm install zeromq@6, and NODE_PATH set to its node_modules): {said}"
            : null;
}
