using System.CommandLine;
using Actors.Host;
using Actors.Host.Commands;
using Host.Tests.Running;

namespace Host.Tests.Commands;

/// <summary>What holds for every verb of <c>actors</c>.</summary>
public sealed class ToolFrameTests
{
    public static TheoryData<string> Verbs => [.. All(CommandLine.Parse(["--help"]).RootCommandResult.Command).Select(verb => verb.Path)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task The_help_of_a_verb_has_an_example_that_parses(string path)
    {
        var help = await HostCommand.Run([.. path.Split(' '), "--help"]);

        Assert.Equal(0, help.Code);
        var lines = help.Output.Split(Environment.NewLine);
        var examples = lines.SkipWhile(line => line is not ("Example:" or "Examples:")).Skip(1).TakeWhile(line => line.Length > 0).ToArray();
        Assert.NotEmpty(examples);
        Assert.Contains(examples, example => example.Contains($"actors {path}", StringComparison.Ordinal));
        foreach (var example in examples) Assert.Empty(CommandLine.Parse(ShellWords.ArgumentsOf(example)).Errors.Select(error => $"{example}: {error.Message}"));
    }

    [Fact]
    public async Task The_help_of_the_tool_has_its_name_all_verbs_and_the_exit_codes()
    {
        var help = await HostCommand.Run("--help");

        Assert.Equal(0, help.Code);
        Assert.Contains("  actors [command] [options]", help.Output, StringComparison.Ordinal);
        foreach (var verb in All(CommandLine.Parse(["--help"]).RootCommandResult.Command)) Assert.Contains(verb.Path.Split(' ')[0], help.Output, StringComparison.Ordinal);
        foreach (var (code, meaning) in ExitCode.All) Assert.Matches($@"(?m)^\s+{code}\s+{System.Text.RegularExpressions.Regex.Escape(meaning)}\s*$", help.Output);
    }

    [Fact]
    public async Task The_version_is_that_of_the_assembly()
    {
        var version = await HostCommand.Run("--version");

        Assert.Equal(0, version.Code);
        Assert.StartsWith(typeof(CommandLine).Assembly.GetName().Version!.ToString(3), version.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keygen")]
    [InlineData("check")]
    [InlineData("keys", "--no-such-option")]
    [InlineData("completion", "csh")]
    public async Task A_mistake_of_the_command_line_ends_with_2_and_says_what_it_is(params string[] arguments)
    {
        var run = await HostCommand.Run(arguments);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.NotEmpty(run.Errors);
        Assert.DoesNotContain(run.Errors, line => line.StartsWith("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_verb_that_throws_says_one_line_and_ends_with_the_code_of_the_exception()
    {
        var verb = new ToolCommand("fail", "Fails.", ["actors fail"]);
        verb.Does(_ => throw new ToolException("the first line\nand the second", ExitCode.NoAnswer));
        var errors = new StringWriter();

        var code = await verb.Parse([]).InvokeAsync(new ToolInvocation { Output = new StringWriter(), Error = errors });

        Assert.Equal((3, $"fail: the first line and the second{Environment.NewLine}"), (code, errors.ToString()));
    }

    [Fact]
    public async Task A_verb_that_is_stopped_ends_with_130()
    {
        var verb = new ToolCommand("wait", "Waits.", ["actors wait"]);
        using var stop = new CancellationTokenSource();
        verb.Does(async (_, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return ExitCode.Success;
        });

        Assert.Equal(130, await verb.Parse([]).InvokeAsync(new ToolInvocation { Output = new StringWriter(), Error = new StringWriter() }, stop.Token));
    }

    private static IEnumerable<(string Path, Command Verb)> All(Command parent, string before = "") =>
        parent.Subcommands.SelectMany(verb => verb.Subcommands.Count > 0 ? All(verb, $"{before}{verb.Name} ") : [($"{before}{verb.Name}", verb)]);
}
