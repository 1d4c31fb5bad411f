using System.CommandLine;
using Actors.Host.Grains;
using Actors.Host.Running;
using Actors.Hosting.Configuration;
using Actors.Hosting.Handlers;

namespace Actors.Host.Commands;

/// <summary>The arguments of the verbs that read a HOCON file with roles: FILE, <c>--role</c> and <c>--set</c>.</summary>
internal sealed class PlanArguments
{
    private readonly Argument<string> _file = new("file") { Description = "The HOCON file with the roles." };
    private readonly Option<string[]> _roles = new("--role") { Description = "Start only this role; may be given several times.", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _overrides = new("--set") { Description = "KEY=VALUE: overrides a key of the file; may be given several times.", DefaultValueFactory = _ => [] };

    public PlanArguments(Command command)
    {
        command.Add(_file);
        command.Add(_roles);
        command.Add(_overrides);
    }

    /// <summary>The file, as the user named it.</summary>
    public string FileOf(ParseResult line) => line.GetRequiredValue(_file);

    /// <summary>Reads the file, as often as it is called.</summary>
    /// <exception cref="ConfigException">The file or the command line has mistakes.</exception>
    public HostPlan Read(ParseResult line, HandlerOutput output) =>
        HostConfiguration.Read(line.GetRequiredValue(_file), line.GetRequiredValue(_overrides), line.GetRequiredValue(_roles), output, new GrainsPart());

    /// <summary>Where handlers and sources of the plan print: standard output.</summary>
    public static HandlerOutput OutputOf(ParseResult line)
    {
        var writer = line.InvocationConfiguration.Output;
        return new HandlerOutput(line.InvocationConfiguration is ToolInvocation { OutputIsTerminal: true } ? new TerminalWriter(writer) : writer);
    }

    /// <summary>Reads the file and uses its plan; says each mistake in it and ends with <see cref="ExitCode.Misconfigured"/>.</summary>
    public async Task<int> WithPlan(ParseResult line, HandlerOutput output, IPlanMistakes mistakes, Func<HostPlan, Task<int>> use)
    {
        try
        {
            var plan = Read(line, output);
            foreach (var warning in plan.Warnings.Where(warning => !warning.IsLogged)) mistakes.Warning(warning);
            return await use(plan with { System = plan.System.WithFallback(HostDefaults.Read()) });
        }
        catch (ConfigException found)
        {
            foreach (var warning in found.Warnings) mistakes.Warning(warning);
            foreach (var error in found.Errors) mistakes.Error(error);
            return ExitCode.Misconfigured;
        }
    }
}
