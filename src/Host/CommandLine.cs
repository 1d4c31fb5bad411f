using System.CommandLine;
using System.CommandLine.Help;
using Actors.Host.Bench;
using Actors.Host.Call;
using Actors.Host.Commands;
using Actors.Host.Contexts;
using Actors.Host.Messaging;
using Actors.Hosting.Configuration;
using Actors.Host.Probe;
using Actors.Host.Tap;

namespace Actors.Host;

/// <summary>The command line of <c>actors</c>: a verb a class. A FILE without a verb is run.</summary>
internal static class CommandLine
{
    /// <summary>Parses the arguments. Where they begin with no verb, they are those of <c>run</c>.</summary>
    /// <remarks>A word that begins with <c>@</c> is itself and no file of arguments: it may be a message, or a key in Z85.</remarks>
    public static ParseResult Parse(IReadOnlyList<string> arguments)
    {
        var words = new ParserConfiguration { ResponseFileTokenReplacer = null };
        var root = Create();
        var isComplete = arguments.Count > 0 && (arguments[0].StartsWith('[') || arguments[0] is "-?" or "-h" or "/?" or "/h" or "--help" or "--version" || root.Subcommands.Any(command => command.Name == arguments[0]));
        return root.Parse(isComplete ? arguments : ["run", .. arguments], words);
    }

    /// <summary>Parses and runs; a mistake of the command line is a line on standard error, unless the verb has another way to say it.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> Invoke(IReadOnlyList<string> arguments, ToolInvocation invocation, CancellationToken stop = default)
    {
        var line = Parse(arguments);
        if (MistypedVerb(line, arguments) is { } hint)
        {
            invocation.Error.WriteLine($"\"{arguments[0]}\" is neither a verb nor a file{hint}: expected one of actors --help, or a HOCON file");
            return ExitCode.Misconfigured;
        }
        if (line.Errors.Count == 0) return await line.InvokeAsync(invocation, stop);
        if (line.CommandResult.Command is ToolCommand { Mistaken: { } say } && say(line, [.. line.Errors.Select(error => error.Message)], invocation.Output) is { } code) return code;
        foreach (var error in line.Errors) invocation.Error.WriteLine(error.Message);
        return ExitCode.Misconfigured;
    }

    /// <summary>The verb that a word was probably meant to be, which is taken for a file to run, as " (did you mean ...?)"; null otherwise.</summary>
    private static string? MistypedVerb(ParseResult line, IReadOnlyList<string> arguments)
    {
        var verbs = line.RootCommandResult.Command.Subcommands.Select(verb => verb.Name).ToList();
        if (arguments.Count == 0 || !arguments[0].All(char.IsAsciiLetter) || verbs.Contains(arguments[0]) || File.Exists(arguments[0])) return null;
        return Nearest.Hint(arguments[0], verbs) is { Length: > 0 } hint ? hint : null;
    }

    /// <summary>All verbs; others are added here.</summary>
    private static RootCommand Create()
    {
        var root = new RootCommand("Runs ZeroMQ pattern roles as actors, and talks to any ZeroMQ endpoint. A FILE without a command is run.")
        {
            RunCommand.Create(),
            CheckCommand.Create(),
            KeysCommand.Create(),
            SendCommand.Create(),
            ReceiveCommand.Create(),
            SendCommand.CreatePub(),
            ReceiveCommand.CreateSub(),
            RequestCommand.Create(),
            ReplyCommand.Create(),
            KeygenCommand.Create(),
            ContextCommand.Create(),
            ProbeCommand.Create(),
            CallCommand.Create(),
            TapCommand.Create(),
            BenchCommand.Create(),
            PsCommand.Create(),
            TopCommand.Create(),
            DrainRoleCommand.Create(),
            ReloadCommand.Create(),
            LogLevelCommand.Create(),
            StopCommand.Create(),
            CompletionCommand.Create(),
        };
        root.HelpName = "actors";
        root.Options.OfType<HelpOption>().Single().Action = new ToolHelp();
        root.Options.OfType<VersionOption>().Single().Action = new ToolVersion();
        return root;
    }
}
