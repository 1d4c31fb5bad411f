using System.CommandLine;
using Spectre.Console;

namespace Actors.Host.Commands;

/// <summary>What surrounds a command: its streams, what kind they are, and the environment. Tests give their own.</summary>
internal sealed class ToolInvocation : InvocationConfiguration
{
    public ToolInvocation()
    {
        EnableDefaultExceptionHandler = false;
        // A command ends in order at a signal, however long that takes; the second signal hurries it.
        ProcessTerminationTimeout = null;
    }

    /// <summary>Standard output goes to a terminal: colours and tables, and control characters of peers are escaped. Default false.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Standard error goes to a terminal: progress is drawn. Default false.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Standard input is a terminal: it is read only where the user asks for it. Default false.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Opens standard input. Default: empty.</summary>
    public Func<Stream> Input { get; init; } = () => Stream.Null;

    /// <summary>Opens standard output for bytes (<c>--format raw</c>); null writes the bytes as UTF-8 text to <see cref="InvocationConfiguration.Output"/>.</summary>
    public Func<Stream>? RawOutput { get; init; }

    /// <summary>Looks up an environment variable; null where it is not set. Default: none is.</summary>
    public Func<string, string?> Environment { get; init; } = _ => null;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The streams and the environment of this process.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="rawOutput">Opens the same for bytes.</param>
    public static ToolInvocation OfProcess(TextWriter output, Func<Stream> rawOutput) => new()
    {
        Output = output,
        RawOutput = rawOutput,
        Input = Console.OpenStandardInput,
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        InputIsTerminal = !Console.IsInputRedirected,
        Environment = System.Environment.GetEnvironmentVariable,
    };

    /// <summary>A console of Spectre: on a terminal with colours, unless <c>NO_COLOR</c> is set or the terminal is dumb; elsewhere plain text.</summary>
    public IAnsiConsole ConsoleOf(TextWriter writer, bool isTerminal)
    {
        var isDumb = Environment("TERM") == "dumb";
        var hasColours = isTerminal && !isDumb && string.IsNullOrEmpty(Environment("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal && !isDumb ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = hasColours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal && !isDumb ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal) console.Profile.Width = int.MaxValue / 4;
        return console;
    }
}
