using System.Diagnostics;
using Xunit.Abstractions;

namespace Interop.Tests.Peers;

/// <summary>A verb of our tool <c>actors</c>, as a user starts it. Its messages and what it says on standard error are both lines.</summary>
public sealed class ToolProcess : PeerProcess
{
    private ToolProcess(ITestOutputHelper log, string verb, ProcessStartInfo start)
        : base($"actors {verb}", log, start)
    {
    }

    public static ToolProcess Start(ITestOutputHelper log, string verb, params string[] arguments) => Start(log, [], verb, arguments);

    /// <summary>With variables of the environment.</summary>
    public static ToolProcess Start(ITestOutputHelper log, Dictionary<string, string> environment, string verb, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Actors.Host.dll"), verb, .. arguments]);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new ToolProcess(log, verb, start);
    }

    /// <summary>Starts a verb that listens at a port of the system's choice, and waits until it says which.</summary>
    public static async Task<(ToolProcess Tool, string Endpoint)> Bind(ITestOutputHelper log, Dictionary<string, string> environment, string verb, params string[] arguments)
    {
        var tool = Start(log, environment, verb, ["--bind", "tcp://127.0.0.1:0", .. arguments]);
        var line = await tool.Expect("listening at ");
        return (tool, line["listening at ".Length..]);
    }
}
