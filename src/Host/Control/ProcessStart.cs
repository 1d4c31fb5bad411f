using System.ComponentModel;
using System.Diagnostics;

namespace Actors.Host.Control;

/// <summary>Whether a process lives, and since when.</summary>
internal static class ProcessStart
{
    /// <param name="processId">The process.</param>
    /// <param name="started">When it was started, in UTC; null where the system does not tell.</param>
    /// <returns>False when there is no such process.</returns>
    public static bool Of(int processId, out DateTime? started)
    {
        started = null;
        try
        {
            using var process = Process.GetProcessById(processId);
            started = process.StartTime.ToUniversalTime();
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception unknown) when (unknown is Win32Exception or InvalidOperationException or NotSupportedException)
        {
            return true;
        }
    }
}
