using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Actors.Hosting.Handlers;

/// <summary>A program that was started, with all the processes that it starts in turn.</summary>
/// <remarks>
/// A process whose parent has ended no longer belongs to its tree. So the program is given a variable of its environment, which
/// all that it starts inherit; on Linux, they are found by it. Safe to use from any thread.
/// </remarks>
internal sealed class ProgramRun
{
    private const string Variable = "ACTORS_EXEC_RUN";

    private readonly byte[] _mark;

    private ProgramRun(Process process, string id)
    {
        Process = process;
        _mark = System.Text.Encoding.ASCII.GetBytes($"{Variable}={id}");
    }

    public Process Process { get; }

    /// <param name="command">The program and its arguments.</param>
    /// <exception cref="Win32Exception">It could not be started.</exception>
    public static ProgramRun Start(IReadOnlyList<string> command)
    {
        var id = Guid.NewGuid().ToString("N");
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [Variable] = id },
        };
        // The names by which OpenTelemetry has a process go on with a trace.
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span)
        {
            start.Environment["TRACEPARENT"] = span.Id;
            start.Environment["TRACESTATE"] = span.TraceStateString;
        }
        return new ProgramRun(Process.Start(start)!, id);
    }

    /// <summary>Ends the program and all that it has started.</summary>
    public void Kill()
    {
        Kill(Process);
        if (!OperatingSystem.IsLinux()) return;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !IsMarked(directory)) continue;
            try
            {
                using var left = Process.GetProcessById(id);
                Kill(left);
            }
            catch (ArgumentException)
            {
                // It has ended meanwhile.
            }
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception ended) when (ended is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself, or so has one that it had started.
        }
    }

    private bool IsMarked(string directory)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(directory, "environ")).AsSpan().IndexOf(_mark) >= 0;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
