using System.Diagnostics;
using Actors.Zmtp;
using Xunit.Abstractions;

namespace Interop.Tests.Peers;

/// <summary>The program scripts/ws.js on the libzmq of the npm package "zeromq", which has ws.</summary>
public sealed class NodePeer : PeerProcess
{
    private static readonly Lazy<string?> Missing = new(FindMissing);

    private NodePeer(string role, ITestOutputHelper log, ProcessStartInfo start)
        : base($"ws.js {role}", log, start)
    {
    }

    /// <summary>Starts the program of a role, such as "rep"; skips the test where it, or our end, has no ws.</summary>
    public static NodePeer Start(ITestOutputHelper log, string role, string how, string endpoint)
    {
        Skip.If(Missing.Value is not null, Missing.Value);
        return new NodePeer(role, log, new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "scripts", "ws.js"), role, how, endpoint]));
    }

    /// <summary>Starts the program of a role that binds to a port of the system's choice, and waits until it says which.</summary>
    public static async Task<(NodePeer Peer, string Endpoint)> Bind(ITestOutputHelper log, string role)
    {
        var peer = Start(log, role, "bind", "ws://127.0.0.1:*/role");
        var line = await peer.Expect("bound ");
        return (peer, line["bound ".Length..]);
    }

    private static string? FindMissing()
    {
        try
        {
            using var socket = new PullSocket("@ws://127.0.0.1:0");
        }
        catch (ProtocolNotSupportedException)
        {
            return "The ZeroMQ library that this runs on has no ws";
        }
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("node", ["-e", "require('zeromq')"]) { RedirectStandardError = true })!;
            var said = probe.StandardError.ReadToEnd();
            probe.WaitForExit();
            return probe.ExitCode == 0 ? null : $"Node.js finds no package \"zeromq\" 6: {said}";
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            return $"There is no Node.js: {fault.Message}";
        }
    }
}
