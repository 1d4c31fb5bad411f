namespace Chaos.Processes;

/// <summary>The signals that ask a host to stop in order.</summary>
internal enum StopSignal
{
    Terminate,
    HangUp,
}

/// <summary>A host that was asked to stop, and has ended.</summary>
/// <param name="Part">Its name.</param>
/// <param name="Signal">What asked it.</param>
/// <param name="Twice">Whether it was asked again before it had ended, if it had not.</param>
/// <param name="ExitCode">0 when nothing was lost, 1 when something was.</param>
/// <param name="Took">From the signal to the end of its output.</param>
internal sealed record OrderlyStop(string Part, StopSignal Signal, bool Twice, int ExitCode, TimeSpan Took);
