using System.Diagnostics;
using Actors.Shared;
using Xunit.Abstractions;

namespace Interop.Tests.Peers;

/// <summary>Our host, as a user starts it.</summary>
public sealed class HostProcess : PeerProcess
{
    private const string Prlimit = "/usr/bin/prlimit";

    private HostProcess(ITestOutputHelper log, ProcessStartInfo start, string name)
        : base(name, log, start)
    {
    }

    /// <summary>The configuration files that the repository ships, beside the tests.</summary>
    public static string Config(string name) => Path.Combine(AppContext.BaseDirectory, "config", name);

    /// <summary>Starts the host with these arguments; the log tells the endpoints.</summary>
    public static HostProcess Start(ITestOutputHelper log, params string[] arguments) =>
        new(log, new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Actors.Host.dll"), .. arguments, "--set", EngineUnderTest.Setting]), "host");

    /// <summary>Starts the host with these variables in its environment.</summary>
    public static HostProcess StartIn(ITestOutputHelper log, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Actors.Host.dll"), .. arguments, "--set", EngineUnderTest.Setting]);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new(log, start, "host");
    }

    /// <summary>Starts the host with a standard output that nobody reads; only the log is seen.</summary>
    public static HostProcess StartUnread(ITestOutputHelper log, string folder, params string[] arguments) =>
        // The shell holds both ends of the pipe open, so that it is full and not broken.
        StartInShell(log, $"mkfifo '{folder}/output' && exec 3<>'{folder}/output' && exec dotnet \"$@\" >'{folder}/output'", arguments);

    /// <summary>Starts the host with a standard output whose reader has gone.</summary>
    public static HostProcess StartWithoutReader(ITestOutputHelper log, string folder, params string[] arguments) =>
        StartInShell(log, $"mkfifo '{folder}/closed' && exec 4<>'{folder}/closed' && exec >'{folder}/closed' && exec 4>&- && exec dotnet \"$@\"", arguments);

    private static HostProcess StartInShell(ITestOutputHelper log, string script, string[] arguments) =>
        new(log, new ProcessStartInfo("/bin/sh", ["-c", script, "sh", Path.Combine(AppContext.BaseDirectory, "Actors.Host.dll"), .. arguments, "--set", EngineUnderTest.Setting]), "host");

    /// <summary>Starts the host so that a write beyond <see cref="LimitFileSize"/> fails instead of killing it.</summary>
    public static HostProcess StartForFileLimits(ITestOutputHelper log, params string[] arguments)
    {
        Skip.IfNot(File.Exists(Prlimit), "util-linux is not installed");
        return new(log, new ProcessStartInfo("/bin/sh", ["-c", "trap '' XFSZ; exec dotnet \"$@\"", "sh", Path.Combine(AppContext.BaseDirectory, "Actors.Host.dll"), .. arguments, "--set", EngineUnderTest.Setting]), "host");
    }

    /// <summary>From now on the host's writes to files fail behind so many bytes; null lifts the limit.</summary>
    public void LimitFileSize(int? bytes) => Process.Start(Prlimit, ["--pid", $"{Id}", $"--fsize={(bytes is null ? "unlimited" : $"{bytes}")}:"]).WaitForExit();

    /// <summary>Starts one role of a shipped file with overrides, and waits until its sockets are open.</summary>
    /// <returns>The host, and the endpoint that the role has bound or connects to.</returns>
    public static async Task<(HostProcess Host, string Endpoint)> StartRole(ITestOutputHelper log, string config, string role, params string[] overrides)
    {
        var host = Start(log, [Config(config), "--role", role, "--set", "akka.loglevel=INFO", .. overrides.SelectMany(one => new[] { "--set", one })]);
        var line = await host.Expect($"{role} is open: ");
        return (host, line[(line.IndexOf("open: ", StringComparison.Ordinal) + 6)..].Split(',')[0].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal));
    }

    /// <summary>An endpoint on which nothing listens now, and that no other caller is given.</summary>
    public static string FreeEndpoint() => $"tcp://127.0.0.1:{FreePort.Next()}";
}
