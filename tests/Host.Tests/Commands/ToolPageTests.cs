using Actors.Host;
using Actors.Host.Commands;

namespace Host.Tests.Commands;

/// <summary>docs/tool.md says what the tool does.</summary>
public sealed class ToolPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "tool.md"));

    public static TheoryData<string> Lines => [.. Page.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal) && line.Contains("actors ", StringComparison.Ordinal)).Select(line => line.Trim())];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Each_command_of_the_page_parses(string line)
    {
        // A pipe of two verbs has two.
        foreach (var part in line.Split(" | ").Where(part => part.Contains("actors ", StringComparison.Ordinal)))
            Assert.Empty(CommandLine.Parse(ShellWords.ArgumentsOf(part)).Errors.Select(error => error.Message));
    }

    [Fact]
    public void The_page_has_the_table_of_exit_codes()
    {
        foreach (var (code, meaning) in ExitCode.All) Assert.Contains($"| {code} | {meaning} |", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_names_every_verb()
    {
        foreach (var verb in CommandLine.Parse(["--help"]).RootCommandResult.Command.Subcommands) Assert.Contains($"`{verb.Name}", Page, StringComparison.Ordinal);
    }
}
