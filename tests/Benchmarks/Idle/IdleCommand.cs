using System.CommandLine;
using Benchmarks.Roles;
using Benchmarks.Wire;

namespace Benchmarks.Idle;

/// <summary>The verb "idle": what each role of the shipped configuration files costs while nothing passes.</summary>
internal static class IdleCommand
{
    public static Command Create()
    {
        var engines = new Option<string[]>("--engine")
        {
            Description = "The engines to measure, all without it: netmq, zmtp",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var warmUp = new Option<int>("--warm-up") { Description = "Seconds before the measurement, in which the runtime compiles what it has run often.", DefaultValueFactory = _ => 150 };
        var duration = new Option<int>("--duration") { Description = "Seconds of the measurement.", DefaultValueFactory = _ => 20 };
        var files = new Option<string[]>("--files")
        {
            Description = "The configuration files to measure, all without it: " + string.Join(", ", IdleHosts.Files.Select(Path.GetFileName)),
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var command = new Command("idle", "Prints the processor time and the context switches of each role that has its peers and nothing to do. Linux only.") { engines, files, warmUp, duration };
        command.SetAction(async parsed =>
        {
            Console.WriteLine($"{"engine",-8}{"file",-34}{"role",-14}{"% of a core",12}{"switches/s",12}");
            foreach (var engine in MeasuredEngine.Named(CompareCommand.Split(parsed.GetValue(engines)!)))
                foreach (var file in IdleHosts.Named(CompareCommand.Split(parsed.GetValue(files)!)))
                    await IdleHosts.Measure(engine.Name, file, TimeSpan.FromSeconds(parsed.GetValue(warmUp)), TimeSpan.FromSeconds(parsed.GetValue(duration)));
        });
        return command;
    }
}
