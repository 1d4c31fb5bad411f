using System.CommandLine;
using Benchmarks.Wire;

namespace Benchmarks.Roles;

/// <summary>The verb "roles": our roles on each engine, beside raw sockets of that engine and of libzmq.</summary>
internal static class RolesCommand
{
    public static Command Create()
    {
        var engines = new Option<string[]>("--engine")
        {
            Description = $"The engines to measure, all without it: {string.Join(", ", MeasuredEngine.All.Select(engine => engine.Name))}",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var command = CompareCommand.Create(
            "roles",
            "Compares our roles, actor to actor, with raw sockets of their engine and of libzmq over tcp.",
            WireRow.OfRoles,
            parsed => new RoleComparison(MeasuredEngine.Named(CompareCommand.Split(parsed.GetValue(engines)!)), CPrograms.BuildLibzmqPeer()).Print);
        command.Options.Add(engines);
        return command;
    }
}
