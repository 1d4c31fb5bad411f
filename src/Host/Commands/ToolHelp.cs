using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Actors.Host.Commands;

/// <summary>The help of System.CommandLine, then the examples of the verb, and for the tool itself the exit codes.</summary>
internal sealed class ToolHelp : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = _help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        if (command is ToolCommand { Examples: { Count: > 0 } examples }) Section(output, examples.Count == 1 ? "Example:" : "Examples:", examples);
        if (command is RootCommand) Section(output, "Exit codes:", ExitCode.All.Select(row => $"{row.Code,-4} {row.Meaning}"));
        return code;
    }

    private static void Section(TextWriter output, string title, IEnumerable<string> lines)
    {
        output.WriteLine(title);
        foreach (var line in lines) output.WriteLine($"  {line}");
        output.WriteLine();
    }
}
