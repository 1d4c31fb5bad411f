namespace Actors.Host.Commands;

/// <summary>The exit codes of all commands. <see cref="All"/> is the table that help and docs/tool.md print.</summary>
internal static class ExitCode
{
    /// <summary>The command did what it was asked to.</summary>
    public const int Success = 0;

    /// <summary>Something failed or was lost; standard error says what.</summary>
    public const int Failed = 1;

    /// <summary>The command line, the file or a context has a mistake. Nothing was started.</summary>
    public const int Misconfigured = 2;

    /// <summary>No peer, no message or no reply came in time.</summary>
    public const int NoAnswer = 3;

    /// <summary>Ctrl-C or SIGTERM came before the work was done.</summary>
    public const int Interrupted = 130;

    /// <summary>Each code with its meaning.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Success, "done"),
        (Failed, "something failed or was lost; standard error says what"),
        (Misconfigured, "the command line, the file or a context has a mistake; nothing was started"),
        (NoAnswer, "no peer, no message or no reply came in time"),
        (Interrupted, "stopped by Ctrl-C or SIGTERM before the work that was asked for was done"),
    ];
}
