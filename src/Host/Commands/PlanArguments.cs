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

    /// <summary>Reads the file, as often as it is called.</summary>
    /// <exception cref="ConfigException">The file or the command line has mistakes.</exception>
    public HostPlan Read(ParseResult line, HandlerOutput output) =>
        HostConfiguration.Read(line.GetRequiredValue(_file), line.GetRequiredValue(_overrides), line.GetRequiredValue(_roles), output, new GrainsPart());

    /// <summary>Reads the file and uses its plan; says each mistake in it and ends with <see cref="ExitCode.Misconfigured"/>.</summary>
    public async Task<int> WithPlan(ParseResult line, Func<HostPlan, HandlerOutput, Task<int>> use)
    {
        var (errors, writer) = (line.InvocationConfiguration.Error, line.InvocationConfiguration.Output);
        var output = new HandlerOutput(line.InvocationConfiguration is ToolInvocation { OutputIsTerminal: true } ? new TerminalWriter(writer) : writer);
        try
        {
            var plan = Read(line, output);
            foreach (var warning in plan.Warnings.Where(warning => !warning.IsLogged)) errors.WriteLine(warning);
            return await use(plan with { System = plan.System.WithFallback(HostDefaults.Read()) }, output);
        }
        catch (ConfigException mistakes)
        {
            foreach (var warning in mistakes.Warnings) errors.WriteLine(warning);
            foreach (var error in mistakes.Errors) errors.WriteLine(error);
            return ExitCode.Misconfigured;
        }
    }
}
