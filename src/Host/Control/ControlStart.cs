using Actors.Zmtp;

namespace Actors.Host.Control;

/// <summary>Makes the control socket of a host, or says why there is none.</summary>
internal static class ControlStart
{
    /// <param name="plan">What the file asks for.</param>
    /// <param name="answer">Answers a request, on any thread.</param>
    /// <param name="warn">Logs. A host without a control socket runs on.</param>
    /// <returns>Null when there is none.</returns>
    public static ControlServer? Open(ControlPlan plan, Func<ControlRequest, CancellationToken, Task<ControlReply>> answer, Action<string> warn)
    {
        if (!plan.Enabled) return null;
        var folder = ControlFolder.ForHost(plan.Directory);
        try
        {
            ControlFolder.Make(folder);
            ControlFolder.Clean(folder);
            var path = ControlFolder.SocketOf(folder, Environment.ProcessId);
            // Whoever binds a path takes it over. Processes of two containers may have the same number.
            if (File.Exists(path) && ControlFolder.IsAnswered(path)) throw new IOException($"another host answers at {path}: expected a directory for each (host.control.directory)");
            return ControlServer.Open(path, answer, warn, TimeProvider.System);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ZmqException or ArgumentException or NotSupportedException)
        {
            warn($"no control socket, so that actors ps does not find this host: {fault.Message}");
            return null;
        }
    }
}
