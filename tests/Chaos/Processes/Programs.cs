using System.Diagnostics;
using System.Globalization;

namespace Chaos.Processes;

/// <summary>How the programs under test are started: our host as a user starts it, and programs on pyzmq, which is libzmq.</summary>
internal static class Programs
{
    private const string PythonInterpreter = "/usr/bin/python3";

    private static readonly Lazy<bool> HasPyzmq = new(() =>
    {
        if (!File.Exists(PythonInterpreter)) return false;
        using var probe = Process.Start(new ProcessStartInfo(PythonInterpreter, ["-c", "import zmq"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    });

    /// <summary>The engine of every host that is started; chosen once, before the first.</summary>
    public static string Engine { get; set; } = "netmq";

    public static bool PythonInstalled => HasPyzmq.Value;

    /// <summary>One role of a shipped file, with overrides, KEY=VALUE each.</summary>
    public static ProcessStartInfo Host(string file, string role, IEnumerable<string> overrides)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Actors.Host.dll"), Path.Combine(AppContext.BaseDirectory, "config", file),
            "--role", role, "--set", "akka.loglevel=INFO", "--set", $"actors.transport.engine={Engine}", .. overrides.SelectMany(one => new[] { "--set", one }),
        ]);
        // A run lives for seconds: what the runtime would learn about it comes too late.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    /// <summary>The line in which a host's role says that it is ready, up to its endpoints.</summary>
    public static string HostReady(string role) => $"{role} is ready: ";

    /// <summary>The port of an endpoint at the end of a line.</summary>
    public static int PortIn(string line) => int.Parse(line.AsSpan(line.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);

    /// <summary>The ports of the endpoints in the line in which a host's role says that it is ready.</summary>
    public static IReadOnlyList<int> PortsIn(string line) => [.. line[line.IndexOf("tcp://", StringComparison.Ordinal)..].Split(", ").Select(PortIn)];

    /// <summary>examples/NAME.py or peers/NAME.py.</summary>
    public static ProcessStartInfo Python(string folder, string program, params string[] arguments)
    {
        if (!PythonInstalled) throw new InvalidOperationException("Debian's python3-zmq is not installed, and this scenario needs it");
        return new ProcessStartInfo(PythonInterpreter, ["-u", Path.Combine(AppContext.BaseDirectory, folder, $"{program}.py"), .. arguments]);
    }
}
