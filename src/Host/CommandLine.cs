using System.CommandLine;
using Actors.Host.Commands;
using Actors.Host.Configuration;
using Actors.Host.Running;

namespace Actors.Host;

/// <summary>The command line of the host: <c>run FILE</c>, which may be left out, <c>check FILE</c> and <c>keys</c>.</summary>
internal static class CommandLine
{
    public static RootCommand Create()
    {
        var file = new Argument<string>("file") { Description = "The HOCON file with the roles." };
        var roles = new Option<string[]>("--role") { Description = "Start only this role; may be given several times.", DefaultValueFactory = _ => [] };
        var overrides = new Option<string[]>("--set") { Description = "KEY=VALUE: overrides a key of the file; may be given several times.", DefaultValueFactory = _ => [] };

        var root = new RootCommand("Runs ZeroMQ pattern roles as actors.") { file, roles, overrides };
        var run = new Command("run", "Starts the roles of the file, and runs until Ctrl-C or SIGTERM.") { file, roles, overrides };
        var check = new Command("check", "Checks the file and says what it would start and what each role promises, without starting anything.") { file, roles, overrides };
        root.Add(run);
        root.Add(check);
        var keys = new Command("keys", "Prints the reference of all configuration keys, in Markdown.");
        root.Add(keys);
        root.Add(KeygenCommand.Create());

        Task<int> Run(ParseResult line, CancellationToken stop) => WithPlan(line, plan => HostRun.Run(plan, line.InvocationConfiguration.Error, stop));
        Task<int> Check(ParseResult line, CancellationToken stop) => WithPlan(line, plan =>
        {
            ContractText.AnnounceEngine(plan, line.InvocationConfiguration.Output);
            foreach (var role in plan.Roles) ContractText.Explain(role, line.InvocationConfiguration.Output);
            return Task.FromResult(HostRun.Success);
        });
        Task<int> WithPlan(ParseResult line, Func<HostPlan, Task<int>> use)
        {
            try
            {
                var config = ConfigFile.Load(line.GetRequiredValue(file), line.GetRequiredValue(overrides));
                return use(PlanReader.Read(config, line.GetRequiredValue(roles), TextWriter.Synchronized(line.InvocationConfiguration.Output)));
            }
            catch (ConfigException mistakes)
            {
                foreach (var error in mistakes.Errors) line.InvocationConfiguration.Error.WriteLine(error);
                return Task.FromResult(HostRun.Misconfigured);
            }
        }

        root.SetAction(Run);
        run.SetAction(Run);
        check.SetAction(Check);
        keys.SetAction(line => line.InvocationConfiguration.Output.Write(KeyReference.Render()));
        return root;
    }
}
