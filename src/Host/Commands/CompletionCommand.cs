using System.CommandLine;

namespace Actors.Host.Commands;

/// <summary><c>completion SHELL</c>: prints a script that completes verbs, options and their values.</summary>
/// <remarks>The scripts ask the tool itself, by the directive <c>[suggest:POSITION]</c> of System.CommandLine, which answers a word a line.</remarks>
internal static class CompletionCommand
{
    private const string Bash = """
        # actors: completion for bash. Put into ~/.bashrc: eval "$(actors completion bash)"
        _actors() {
            local line="${COMP_LINE#* }" word="${COMP_WORDS[COMP_CWORD]}"
            local point=$(( COMP_POINT - ${#COMP_LINE} + ${#line} ))
            local IFS=$'\n'
            COMPREPLY=( $(compgen -W "$(actors "[suggest:$point]" "$line" 2>/dev/null)" -- "$word") )
            # Where nothing is known, a file may be meant.
            [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=( $(compgen -f -- "$word") )
        }
        complete -o filenames -F _actors actors
        """;

    private const string Zsh = """
        #compdef actors
        # actors: completion for zsh. Put into ~/.zshrc: eval "$(actors completion zsh)"
        _actors() {
            local line="${BUFFER#* }" found
            found=("${(@f)$(actors "[suggest:$(( CURSOR - ${#BUFFER} + ${#line} ))]" "$line" 2>/dev/null)}")
            if [[ -n "${found[1]}" ]]; then compadd -- $found; else _files; fi
        }
        (( $+functions[compdef] )) && compdef _actors actors
        """;

    private const string Fish = """
        # actors: completion for fish. Put into ~/.config/fish/config.fish: actors completion fish | source
        function __actors_complete
            set -l line (commandline -cp | string replace -r '^\S+\s' '')
            actors "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c actors -a '(__actors_complete)'
        """;

    private const string PowerShell = """
        # actors: completion for PowerShell. Put into $PROFILE: actors completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName actors -ScriptBlock {
            param($word, $line, $point)
            $text = $line.ToString() -replace '^\S+\s?', ''
            $start = $line.ToString().Length - $text.Length
            actors "[suggest:$($point - $start)]" "$text" 2>$null | Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    private static readonly Dictionary<string, string> s_scripts = new(StringComparer.Ordinal) { ["bash"] = Bash, ["zsh"] = Zsh, ["fish"] = Fish, ["pwsh"] = PowerShell };

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong([.. s_scripts.Keys]);
        var completion = new ToolCommand(
            "completion",
            "Prints the script that completes verbs, options and values in a shell.",
            ["eval \"$(actors completion bash)\"    # in ~/.bashrc", "actors completion pwsh | Out-String | Invoke-Expression    # in $PROFILE"])
        {
            shell,
        };
        completion.Does(context =>
        {
            var name = context.Line.GetRequiredValue(shell);
            var script = s_scripts[name].ReplaceLineEndings("\n");
            if (context.Output.IsJson) context.Output.WriteJson(new CompletionScript(name, script), ToolJson.Default.CompletionScript);
            else context.Output.Writer.WriteLine(script);
            return ExitCode.Success;
        });
        return completion;
    }
}

/// <summary>What <c>completion --output json</c> prints.</summary>
/// <param name="Shell">Its name.</param>
/// <param name="Script">What the shell is to read.</param>
internal sealed record CompletionScript(string Shell, string Script);
