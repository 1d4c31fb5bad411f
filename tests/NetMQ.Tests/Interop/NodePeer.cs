namespace NetMQ.Tests.Interop;

/// <summary>A peer on the libzmq that the npm package "zeromq" brings along, with the draft socket types and ws: peer.js on Node.js.</summary>
internal sealed class NodePeer : LinePeer
{
    private const string Node = "node";
    private static readonly Lazy<string?> Missing = new(FindMissing);

    private NodePeer(string type)
        : base(type, Node, Script("peer.js"))
    {
    }

    /// <summary>Starts a peer with a socket of a type, such as "DISH", and skips the test where there is no such package.</summary>
    public static NodePeer Start(string type)
    {
        Skip.If(Missing.Value != null, Missing.Value);
        return new NodePeer(type);
    }

    /// <summary>Sets an option by its name in JavaScript to a value in JSON.</summary>
    public void Set(string option, string json) => Do($"option {option} {json}");

    private static string? FindMissing()
        => Probe(Node, "-e", "require('zeromq/draft')") is { } said
            ? $"Node.js finds no package \"zeromq\" 6 (npm install zeromq@6, and NODE_PATH set to its node_modules): {said}"
            : null;
}
