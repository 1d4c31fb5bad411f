using System.Diagnostics;
using System.Globalization;
using Actors.Hocon;

namespace Benchmarks.Idle;

/// <summary>The hosts of one configuration file, a process for each role, without the sources.</summary>
internal static class IdleHosts
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "config");

    public static IEnumerable<string> Files => Directory.GetFiles(s_folder, "*.conf").Order(StringComparer.Ordinal);

    /// <summary>The files of these names; all without names.</summary>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    public static IEnumerable<string> Named(IReadOnlyCollection<string> names) =>
        names.Count == 0 ? Files : [.. names.Select(name => Files.FirstOrDefault(file => Path.GetFileName(file) == name)
            ?? throw new ArgumentException($"Unknown file \"{name}\"; expected one of {string.Join(", ", Files.Select(Path.GetFileName))}."))];

    /// <summary>Starts the roles of a file, and prints what each of them uses.</summary>
    /// <exception cref="InvalidOperationException">A host has ended before the measurement has.</exception>
    public static async Task Measure(string engine, string file, TimeSpan warmUp, TimeSpan duration)
    {
        var roles = ((ConfigObject)new HoconDocument().AddFile(file).ResolveObject().Field("roles")!.Value).Fields;
        var hosts = roles.Select(role => (Role: role.Name, Process: Start(engine, file, role))).ToList();
        try
        {
            await Task.Delay(warmUp);
            var before = hosts.ConvertAll(host => ProcessUsage.Of(host.Process.Id));
            var clock = Stopwatch.StartNew();
            await Task.Delay(duration);
            var seconds = clock.Elapsed.TotalSeconds;
            for (var i = 0; i < hosts.Count; i++)
            {
                var (role, process) = hosts[i];
                if (process.HasExited) throw new InvalidOperationException($"{Path.GetFileName(file)}: the host of {role} has ended with exit code {process.ExitCode}");
                var (cpu, switches) = ProcessUsage.Of(process.Id).Since(before[i]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine,-8}{Path.GetFileName(file),-34}{role,-14}{100 * cpu.TotalSeconds / seconds,12:F3}{switches / seconds,12:F0}"));
            }
        }
        finally
        {
            foreach (var (_, process) in hosts) process.Kill();
        }
    }

    private static Process Start(string engine, string file, ConfigField role)
    {
        List<string> arguments = [Path.Combine(AppContext.BaseDirectory, "Actors.Host.dll"), file, "--role", role.Name, "--set", $"actors.transport.engine={engine}"];
        if (((ConfigObject)role.Value).Field("source") is not null) arguments.AddRange(["--set", $"roles.{role.Name}.source=null"]);
        // What the hosts print is not read; they print next to nothing.
        return Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
