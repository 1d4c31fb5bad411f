using System.Diagnostics;
using Xunit.Abstractions;

namespace Interop.Tests.Peers;

/// <summary>A program of scripts/ on pyzmq, which is real libzmq.</summary>
public sealed class PythonPeer : PeerProcess
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> Installed = new(() =>
    {
        if (!File.Exists(Python)) return false;
        using var probe = Process.Start(new ProcessStartInfo(Python, ["-c", "import zmq"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    });

    private PythonPeer(string name, ITestOutputHelper log, ProcessStartInfo start)
        : base(name, log, start)
    {
    }

    /// <summary>Starts scripts/<paramref name="script"/>.py; skips the test where pyzmq is not installed.</summary>
    public static PythonPeer Start(ITestOutputHelper log, string script, params string[] arguments) => Start(log, "scripts", script, arguments);

    /// <summary>Starts examples/python/<paramref name="program"/>.py, as a user does; skips the test where pyzmq is not installed.</summary>
    public static PythonPeer StartExample(ITestOutputHelper log, string program, params string[] arguments) => Start(log, "examples", program, arguments);

    /// <summary>Starts a program by its path; skips the test where pyzmq is not installed.</summary>
    public static PythonPeer StartFile(ITestOutputHelper log, string path, params string[] arguments)
    {
        Skip.IfNot(Installed.Value, "Debian's python3-zmq is not installed");
        var start = new ProcessStartInfo(Python, ["-u", path, .. arguments]);
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        return new PythonPeer(Path.GetFileName(path), log, start);
    }

    private static PythonPeer Start(ITestOutputHelper log, string folder, string script, string[] arguments) =>
        StartFile(log, Path.Combine(AppContext.BaseDirectory, folder, $"{script}.py"), arguments);

    /// <summary>Starts a script that binds to a port of the system's choice, and waits until it says which.</summary>
    public static async Task<(PythonPeer Peer, string Endpoint)> Bind(ITestOutputHelper log, string script, params string[] arguments)
    {
        var peer = Start(log, script, ["bind", "tcp://127.0.0.1:*", .. arguments]);
        var line = await peer.Expect("bound ");
        return (peer, line["bound ".Length..]);
    }

    /// <summary>Starts a script that connects.</summary>
    public static PythonPeer Connect(ITestOutputHelper log, string script, string endpoint, params string[] arguments) =>
        Start(log, script, ["connect", endpoint, .. arguments]);
}
