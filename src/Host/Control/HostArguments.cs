using System.CommandLine;
using Actors.Host.Commands;

namespace Actors.Host.Control;

/// <summary>The options by which a verb finds the host that it is for.</summary>
internal sealed class HostArguments
{
    private readonly Option<string> _host = new("--host", "-H") { Description = "The host: its process id, its file, or the name of that. Absent: the only one that runs.", HelpName = "HOST" };
    private readonly Option<string> _directory = new("--directory") { Description = "The directory of the control sockets (host.control.directory). Absent: the usual ones of this user.", HelpName = "DIRECTORY" };

    /// <param name="command">Gets the options.</param>
    /// <param name="isForOne">Whether the verb is for one host.</param>
    public HostArguments(Command command, bool isForOne = true)
    {
        if (isForOne) command.Add(_host);
        command.Add(_directory);
    }

    /// <summary>The directory that the user named; null for the usual ones.</summary>
    public string? DirectoryOf(ToolContext context) => context.Get(_directory);

    /// <summary>The host that is meant.</summary>
    /// <exception cref="ToolException">None is meant, or more than one.</exception>
    public Task<RunningHost> Find(ToolContext context, CancellationToken cancel) => RunningHosts.One(DirectoryOf(context), context.Get(_host), cancel);

    /// <summary>Runs a verb for the host that is meant; what that refuses is said with all details.</summary>
    public async Task<int> With(ToolContext context, CancellationToken cancel, Func<RunningHost, Task<int>> use)
    {
        try
        {
            return await use(await Find(context, cancel));
        }
        catch (ControlException refused)
        {
            context.Output.Errors.WriteLine($"{context.Line.CommandResult.Command.Name}: {refused.Message}");
            foreach (var detail in refused.Error.Details ?? []) context.Output.Errors.WriteLine(detail);
            return refused.Error.Code is ControlErrors.Configuration or ControlErrors.NeedsRestart or ControlErrors.UnknownRole or ControlErrors.Malformed ? ExitCode.Misconfigured : ExitCode.Failed;
        }
    }
}
