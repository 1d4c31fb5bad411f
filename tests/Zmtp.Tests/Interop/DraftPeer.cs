namespace Actors.Zmtp.Tests.Interop;

/// <summary>A PEER or CHANNEL on the libzmq of the npm package "zeromq", which does not give these types out itself: draft_peer.py on the Python of the system.</summary>
internal sealed class DraftPeer : LinePeer
{
    private const string Python = "/usr/bin/python3";
    private static readonly Lazy<string?> Missing = new(FindMissing);

    private DraftPeer(string type)
        : base(type, Python, Script("draft_peer.py"))
    {
    }

    /// <summary>Starts a peer with a PEER or a CHANNEL, and skips the test where there is no such library.</summary>
    public static DraftPeer Start(string type)
    {
        Skip.If(Missing.Value != null, Missing.Value);
        return new DraftPeer(type);
    }

    private static string? FindMissing()
        => NodePeer.Missing ?? (Probe(Python, Script("draft_peer.py"), "PEER") is { } said
            ? $"{Python} cannot load the libzmq of the npm package, which takes gcc and nm too: {said}"
            : null);
}
