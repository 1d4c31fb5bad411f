using System.CommandLine;

namespace Benchmarks.Cycles;

/// <summary>The verb "cycles": connects and disconnects many times, and prints what that leaves behind.</summary>
internal static class CyclesCommand
{
    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "Cycles of each kind.", DefaultValueFactory = _ => 100_000 };
        var command = new Command("cycles", "Connects and disconnects many times, and prints memory and descriptors.") { count };
        command.SetAction(parsed => ConnectCycles.Run(parsed.GetValue(count)));
        return command;
    }
}
