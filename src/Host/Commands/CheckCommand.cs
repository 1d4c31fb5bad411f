using System.CommandLine;
using Actors.Host.Grains;
using Actors.Hosting.Configuration;

namespace Actors.Host.Commands;

/// <summary><c>check FILE</c>: says what a file would start, or names each of its mistakes.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var check = new ToolCommand(
            "check",
            "Checks the file and says what it would start and what each role promises, without starting anything.",
            ["actors check pipeline.conf"],
            hasJson: false);
        var arguments = new PlanArguments(check);
        check.SetAction((line, _) => arguments.WithPlan(line, (plan, _) =>
        {
            var (output, errors) = (line.InvocationConfiguration.Output, line.InvocationConfiguration.Error);
            foreach (var warning in plan.Warnings.Where(warning => warning.IsLogged)) errors.WriteLine(warning);
            SystemSettings.Try(plan);
            ContractText.AnnounceEngine(plan, output);
            if (plan.Part is GrainsPlan grains) GrainsText.Explain(grains, output);
            foreach (var role in plan.Roles) ContractText.Explain(role, output);
            return Task.FromResult(ExitCode.Success);
        }));
        return check;
    }
}
