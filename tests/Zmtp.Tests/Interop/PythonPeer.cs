namespace Actors.Zmtp.Tests.Interop;

/// <summary>A peer on libzmq: peer.py on the pyzmq of the system.</summary>
internal sealed class PythonPeer : LinePeer
{
    private const string Python = "/usr/bin/python3";
    private static readonly Lazy<string?> Missing = new(FindMissing);

    private PythonPeer(string type)
        : base(type, Python, Script("peer.py"))
    {
    }

    /// <summary>Starts a peer with a socket of a type, such as "REP", and skips the test where there is no pyzmq.</summary>
    public static PythonPeer Start(string type)
    {
        Skip.If(Missing.Value != null, Missing.Value);
        return new PythonPeer(type);
    }

    /// <summary>Sets an option by its name in pyzmq to bytes in hex ("-" for none).</summary>
    public void Set(string option, string bytes) => Do($"set {option} {bytes}");

    /// <summary>Sets an option by its name in pyzmq to a number.</summary>
    public void Set(string option, int number) => Do($"set-number {option} {number}");

    private static string? FindMissing()
        => Probe(Python, "-c", "import zmq") is { } said ? $"{Python} has no zmq module (on Debian: apt-get install python3-zmq): {said}" : null;
}
