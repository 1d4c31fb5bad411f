namespace Actors.Host.Commands;

/// <summary>Ends a command with a line on standard error and an exit code; never with a stack trace.</summary>
/// <param name="message">One line: what was wrong, where, and what was expected.</param>
/// <param name="code">One of <see cref="ExitCode"/>.</param>
internal sealed class ToolException(string message, int code = ExitCode.Failed) : Exception(message)
{
    public int Code => code;

    /// <summary>A mistake of the command line, a file or a context.</summary>
    public static ToolException Usage(string message) => new(message, ExitCode.Misconfigured);
}
