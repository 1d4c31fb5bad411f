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
            ["actors check pipeline.conf", "actors check pipeline.conf --output json | jq -r '.errors[] | \"\\(.file):\\(.line): \\(.message)\"'"]);
        var arguments = new PlanArguments(check);
        // Ctrl-C ends it at once, because nothing is started that would have to end in order.
        check.SetAction(async (line, _) =>
        {
            var context = new ToolContext(line, check.IsJson(line), CancellationToken.None);
            var document = context.Output.IsJson ? new CheckDocument.Builder(arguments.FileOf(line)) : null;
            IPlanMistakes mistakes = document is null ? new MistakeLines(context.Output.Errors) : document;
            var code = await arguments.WithPlan(line, PlanArguments.OutputOf(line), mistakes, plan =>
            {
                foreach (var warning in plan.Warnings.Where(warning => warning.IsLogged)) mistakes.Warning(warning);
                SystemSettings.Try(plan);
                if (document is null) Explain(plan, context.Output.Writer);
                else document.Take(plan);
                return Task.FromResult(ExitCode.Success);
            });
            if (document is not null) context.Output.WriteJson(document.Build(), ToolJson.Default.CheckDocument);
            return code;
        });
        return check;
    }

    private static void Explain(HostPlan plan, TextWriter output)
    {
        ContractText.AnnounceEngine(plan, output);
        if (plan.Part is GrainsPlan grains) GrainsText.Explain(grains, output);
        foreach (var role in plan.Roles) ContractText.Explain(role, output);
    }
}
