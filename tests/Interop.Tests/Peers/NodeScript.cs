using System.Diagnostics;
using Xunit.Abstractions;

namespace Interop.Tests.Peers;

/// <summary>A program on Node.js and the npm package "zeromq", over tcp.</summary>
public sealed class NodeScript : PeerProcess
{
    private static readonly Lazy<string?> Missing = new(FindMissing);

    private NodeScript(string name, ITestOutputHelper log, ProcessStartInfo start)
        : base(name, log, start)
    {
    }

    /// <summary>Starts a program beside the tests; skips the test where Node.js or its package is missing.</summary>
    /// <param name="log">Where its lines go.</param>
    /// <param name="program">The path below the folder of the tests.</param>
    /// <param name="arguments">Its arguments.</param>
    public static NodeScript Start(ITestOutputHelper log, string program, params string[] arguments)
    {
        Skip.If(Missing.Value is not null, Missing.Value);
        return new NodeScript(Path.GetFileName(program), log, new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, program), .. arguments]));
    }

    private static string? FindMissing()
    {
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
