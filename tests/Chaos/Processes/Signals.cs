using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Chaos.Processes;

/// <summary>The signals that .NET has no call for.</summary>
internal static class Signals
{
    private const int SigHup = 1;
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;

    /// <summary>The exit code of a process that SIGTERM has ended.</summary>
    public const int CodeOfTerminated = 128 + SigTerm;

    public static void Terminate(int process) => Send(process, SigTerm);

    public static void HangUp(int process) => Send(process, SigHup);

    /// <summary>The process stands still until <see cref="Continue"/>; its connections stay.</summary>
    public static void Stop(int process) => Send(process, SigStop);

    public static void Continue(int process) => Send(process, SigCont);

    private static void Send(int process, int signal)
    {
        const int NoSuchProcess = 3;
        if (kill(process, signal) == 0) return;
        var error = Marshal.GetLastPInvokeError();
        // It may end by itself just before the signal.
        if (error != NoSuchProcess) throw new Win32Exception(error, $"kill({process}, {signal})");
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);
}
