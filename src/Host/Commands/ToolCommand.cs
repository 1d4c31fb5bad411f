using System.CommandLine;
using Actors.Host.Running;

namespace Actors.Host.Commands;

/// <summary>A verb: a command with examples in its help, the output formats, and one way to end.</summary>
/// <remarks>
/// A folder has its verbs as <c>XCommand.Create()</c>, which <see cref="CommandLine"/> adds. The action is given its output and a token that
/// Ctrl-C and SIGTERM cancel; it returns one of <see cref="ExitCode"/>, or throws <see cref="ToolException"/>.
/// </remarks>
internal sealed class ToolCommand : Command
{
    private readonly Option<string> _output;

    /// <param name="name">The verb.</param>
    /// <param name="description">A sentence.</param>
    /// <param name="examples">Command lines with what they do behind <c>#</c>, at least one.</param>
    public ToolCommand(string name, string description, IReadOnlyList<string> examples)
        : base(name, description)
    {
        Examples = examples;
        _output = new Option<string>("--output", "-o") { Description = "text: tables and colours on a terminal, plain text in a pipe. json: one document, or one object a line for a stream.", DefaultValueFactory = _ => "text", HelpName = "text|json" };
        _output.AcceptOnlyFromAmong("text", "json");
        Add(_output);
    }

    /// <summary>Command lines that the help shows.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>
    /// Says a mistake of the command line as whoever calls the verb expects it, and returns the exit code; null where a line on
    /// standard error and <see cref="ExitCode.Misconfigured"/> are right. Default: they always are.
    /// </summary>
    public Func<ParseResult, IReadOnlyList<string>, TextWriter, int?>? Mistaken { get; set; }

    /// <summary>Whether the user wants JSON (<c>--output json</c>).</summary>
    public bool IsJson(ParseResult line) => line.GetValue(_output) == "json";

    /// <summary>Sets what the verb does.</summary>
    public void Does(Func<ToolContext, CancellationToken, Task<int>> action) => SetAction((line, stop) => Run(line, action, stop));

    /// <summary>Sets what a verb does that is done at once.</summary>
    public void Does(Func<ToolContext, int> action) => Does((context, _) => Task.FromResult(action(context)));

    private async Task<int> Run(ParseResult line, Func<ToolContext, CancellationToken, Task<int>> action, CancellationToken stop)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var hurry = new CancellationTokenSource();
        var context = new ToolContext(line, IsJson(line), hurry.Token);
        using var signals = new StopSignals(CancellationToken.None);
        signals.Start(first: cancellation.Cancel, second: () =>
        {
            if (hurry.IsCancellationRequested) Environment.Exit(ExitCode.Interrupted);
            hurry.Cancel();
        });
        try
        {
            return await action(context, cancellation.Token);
        }
        catch (ToolException fault)
        {
            context.Output.Errors.WriteLine($"{Name}: {fault.Message.ReplaceLineEndings(" ")}");
            return fault.Code;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }
}

/// <summary>One run of a verb.</summary>
internal sealed class ToolContext
{
    public ToolContext(ParseResult line, bool isJson, CancellationToken hurry)
    {
        (Line, Hurry) = (line, hurry);
        Invocation = line.InvocationConfiguration as ToolInvocation ?? new ToolInvocation { Output = line.InvocationConfiguration.Output, Error = line.InvocationConfiguration.Error };
        Output = new ToolOutput(Invocation, isJson);
    }

    /// <summary>The values of arguments and options.</summary>
    public ParseResult Line { get; }

    public ToolOutput Output { get; }

    /// <summary>Cancelled by a second Ctrl-C: what the verb still waits for at its end is given up, and said. A third one ends the process.</summary>
    public CancellationToken Hurry { get; }

    /// <summary>Standard input, the environment and the clock.</summary>
    public ToolInvocation Invocation { get; }

    /// <summary>The value of an option or of its default.</summary>
    public T? Get<T>(Option<T> option) => Line.GetValue(option);
}
