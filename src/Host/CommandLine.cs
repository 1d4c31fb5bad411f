using System.CommandLine;
using Actors.Host.Commands;
using Actors.Host.Grains;
using Actors.Hosting.Configuration;
using Actors.Hosting.Handlers;
using Actors.Host.Running;

namespace Actors.Host;

/// <summary>The command line of the host: <c>run FILE</c>, which may be left out, <c>check FILE</c> and <c>keys</c>.</summary>
internal static class CommandLine
{
    /// <summary>Parses the arguments. Where they begin with no command, they are those of <c>run</c>.</summary>
    public static ParseResult Parse(IReadOnlyList<string> arguments)
    {
        var root = Create();
        var isComplete = arguments.Count > 0 && (arguments[0].StartsWith('[') || arguments[0] is "-?" or "-h" or "/?" or "/h" or "--help" or "--version" || root.Subcommands.Any(command => command.Name == arguments[0]));
        return root.Parse(isComplete ? arguments : ["run", .. arguments]);
    }

    private static RootCommand Create()
    {
        var file = new Argument<string>("file") { Description = "The HOCON file with the roles." };
        var roles = new Option<string[]>("--role") { Description = "Start only this role; may be given several times.", DefaultValueFactory = _ => [] };
        var overrides = new Option<string[]>("--set") { Description = "KEY=VALUE: overrides a key of the file; may be given several times.", DefaultValueFactory = _ => [] };

        var root = new RootCommand("Runs ZeroMQ pattern roles as actors. A FILE without a command is run.");
        var run = new Command("run", "Starts the roles of the file, and runs until Ctrl-C or SIGTERM.") { file, roles, overrides };
        var check = new Command("check", "Checks the file and says what it would start and what each role promises, without starting anything.") { file, roles, overrides };
        static TextWriter OutputOf(ParseResult line)
        {
            var output = line.InvocationConfiguration.Output;
            return Console.IsOutputRedirected ? output : new TerminalWriter(output);
        }

        root.Add(run);
        root.Add(check);
        var keys = new Command("keys", "Prints the reference of all configuration keys, in Markdown.");
        root.Add(keys);
        root.Add(KeygenCommand.Create());

        Task<int> Run(ParseResult line, CancellationToken stop) => WithPlan(line, (plan, output) => HostRun.Run(plan, output, line.InvocationConfiguration.Error, stop));
        Task<int> Check(ParseResult line, CancellationToken stop) => WithPlan(line, (plan, _) =>
        {
            foreach (var warning in plan.Warnings.Where(warning => warning.IsLogged)) line.InvocationConfiguration.Error.WriteLine(warning);
            SystemSettings.Try(plan);
            ContractText.AnnounceEngine(plan, line.InvocationConfiguration.Output);
            if (plan.Part is GrainsPlan grains) GrainsText.Explain(grains, line.InvocationConfiguration.Output);
            foreach (var role in plan.Roles) ContractText.Explain(role, line.InvocationConfiguration.Output);
            return Task.FromResult(HostRun.Success);
        });
        async Task<int> WithPlan(ParseResult line, Func<HostPlan, HandlerOutput, Task<int>> use)
        {
            var errors = line.InvocationConfiguration.Error;
            var output = new HandlerOutput(OutputOf(line));
            try
            {
                var plan = HostConfiguration.Read(
                    line.GetRequiredValue(file), line.GetRequiredValue(overrides), line.GetRequiredValue(roles), output, new GrainsPart());
                foreach (var warning in plan.Warnings.Where(warning => !warning.IsLogged)) errors.WriteLine(warning);
                return await use(plan with { System = plan.System.WithFallback(HostDefaults.Read()) }, output);
            }
            catch (ConfigException mistakes)
            {
                foreach (var warning in mistakes.Warnings) errors.WriteLine(warning);
                foreach (var error in mistakes.Errors) errors.WriteLine(error);
                return HostRun.Misconfigured;
            }
        }

        run.SetAction(Run);
        check.SetAction(Check);
        keys.SetAction(line => line.InvocationConfiguration.Output.Write(KeyReference.Render(new GrainsPart())));
        return root;
    }
}
