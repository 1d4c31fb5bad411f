using System.Globalization;
using Actors.Host.ServiceManager;
using Microsoft.Extensions.Hosting.Systemd;

namespace Host.Tests.ServiceManager;

/// <summary>What systemd is told, and when nobody is.</summary>
public sealed class ServiceNoticesTests
{
    private static readonly string s_thisProcess = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    private readonly Notifier _systemd = new();

    private ServiceNotices Notices(string? microseconds = null, string? processId = null) =>
        new(_systemd, name => name switch
        {
            "WATCHDOG_USEC" => microseconds,
            "WATCHDOG_PID" => processId,
            _ => null,
        });

    [Fact]
    public void A_host_that_has_started_is_ready_with_its_status()
    {
        Notices().Ready("2 roles run");

        Assert.Equal(["READY=1\nSTATUS=2 roles run"], _systemd.Told);
    }

    [Fact]
    public void A_stop_is_told_once_and_nothing_is_ready_after_it()
    {
        var notices = Notices();

        notices.Stopping();
        notices.Stopping();
        notices.Ready("2 roles run");

        Assert.StartsWith("STOPPING=1\n", Assert.Single(_systemd.Told), StringComparison.Ordinal);
    }

    [Fact]
    public void The_host_says_that_it_is_alive_twice_in_the_time_of_the_watchdog() =>
        Assert.Equal(TimeSpan.FromSeconds(15), Notices("30000000", s_thisProcess).AliveInterval);

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("0", null)]
    [InlineData("30000000", "1")]
    public void Nobody_is_told_who_does_not_watch_this_process(string? microseconds, string? processId) =>
        Assert.Null(Notices(microseconds, processId).AliveInterval);

    [Fact]
    public void Outside_of_systemd_nothing_is_told()
    {
        _systemd.IsEnabled = false;
        var notices = Notices("30000000");

        notices.Ready("2 roles run");
        notices.Stopping();

        Assert.Null(notices.AliveInterval);
        Assert.Empty(_systemd.Told);
    }

    private sealed class Notifier : ISystemdNotifier
    {
        public List<string> Told { get; } = [];

        public bool IsEnabled { get; set; } = true;

        public void Notify(ServiceState state) => Told.Add(state.ToString());
    }
}
