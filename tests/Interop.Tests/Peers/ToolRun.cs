using System.Diagnostics;
using Xunit.Abstractions;

namespace Interop.Tests.Peers;

/// <summary>A verb of the program, as a user runs it, and what it left.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Lines">What it printed on both outputs.</param>
public sealed record ToolRun(int ExitCode, IReadOnlyList<string> Lines)
{
    /// <summary>Everything that it printed.</summary>
    public string Text => string.Join('\n', Lines);

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<ToolRun> Of(ITestOutputHelper log, params string[] arguments)
    {
        await using var process = new Running(log, arguments);
        var (code, lines) = await process.End();
        return new ToolRun(code, lines);
    }

    private sealed class Running(ITestOutputHelper log, string[] arguments)
        : PeerProcess(arguments[0], log, new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Actors.Host.dll"), .. arguments]));
}
