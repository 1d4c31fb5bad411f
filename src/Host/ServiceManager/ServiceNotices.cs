using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;

namespace Actors.Host.ServiceManager;

/// <summary>
/// Tells systemd what the host does, as sd_notify(3) has it: a datagram to the socket that <c>NOTIFY_SOCKET</c> names. Elsewhere it says nothing.
/// Any thread may call it.
/// </summary>
internal sealed class ServiceNotices(ISystemdNotifier notifier, Func<string, string?> environment)
{
    private readonly Lock _lock = new();
    private bool _isStopping;

    /// <summary>For the service that this process is.</summary>
    public static ServiceNotices OfThisProcess() => new(new SystemdNotifier(), Environment.GetEnvironmentVariable);

    /// <summary>
    /// How often <see cref="Alive"/> has to be said: half of the time after which systemd takes the service for hung, as sd_watchdog_enabled(3)
    /// recommends. Null where nobody watches this process.
    /// </summary>
    public TimeSpan? AliveInterval
    {
        get
        {
            if (!notifier.IsEnabled) return null;
            if (environment("WATCHDOG_PID") is { Length: > 0 } watched && watched != Environment.ProcessId.ToString(CultureInfo.InvariantCulture)) return null;
            return long.TryParse(environment("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
                ? TimeSpan.FromMicroseconds(microseconds) / 2
                : null;
        }
    }

    /// <summary>The host has started. Nothing is said when it stops already.</summary>
    /// <param name="status">What <c>systemctl status</c> shows.</param>
    public void Ready(string status)
    {
        lock (_lock)
        {
            if (!_isStopping) Notify($"READY=1\nSTATUS={status}");
        }
    }

    /// <summary>The host stops; said once.</summary>
    public void Stopping()
    {
        lock (_lock)
        {
            if (_isStopping) return;
            _isStopping = true;
            Notify("STOPPING=1\nSTATUS=stopping: what waits is delivered");
        }
    }

    /// <summary>The host is not hung.</summary>
    public void Alive() => Notify("WATCHDOG=1");

    private void Notify(string state)
    {
        if (notifier.IsEnabled) notifier.Notify(new ServiceState(state));
    }
}
