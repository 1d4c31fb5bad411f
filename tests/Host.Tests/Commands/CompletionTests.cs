using System.Diagnostics;
using Host.Tests.Running;

namespace Host.Tests.Commands;

/// <summary>Completion in shells.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("ke", "keygen", "keys")]
    [InlineData("keygen --fo", "--force")]
    [InlineData("completion ", "bash", "fish", "pwsh", "zsh")]
    public async Task The_tool_completes_its_verbs_options_and_values(string line, params string[] expected)
    {
        var found = await HostCommand.Run($"[suggest:{line.Length}]", line);

        var words = found.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, words.Where(word => word[0] is not ('-' or '/') || line.Contains('-', StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Bash_completes_a_verb_by_the_script()
    {
        Skip.IfNot(File.Exists("/bin/bash"), "bash is not installed");
        var script = (await HostCommand.Run("completion", "bash")).Output;
        var test = $$"""
            actors() { dotnet '{{Path.Combine(AppContext.BaseDirectory, "Actors.Host.dll")}}' "$@"; }
            {{script}}
            COMP_LINE='actors keyg' COMP_POINT=11 COMP_WORDS=(actors keyg) COMP_CWORD=1
            _actors
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", test]) { RedirectStandardOutput = true })!;

        var output = await bash.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal("keygen", output.Trim());
    }
}
