using System.Net.Sockets;
using System.Text;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>A host under systemd: this test has the socket that it would have.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private readonly ITestOutputHelper _log;
    private readonly string _folder = Directory.CreateTempSubdirectory("service").FullName;
    private readonly Socket _notices = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public ServiceManagerTests(ITestOutputHelper log)
    {
        _log = log;
        _notices.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "notify")));
    }

    public void Dispose()
    {
        _notices.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The next notice that is none of the watchdog's, or is.</summary>
    private async Task<string> Next(bool ofWatchdog)
    {
        using var limit = new CancellationTokenSource(PeerProcess.Patience);
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var notice = Encoding.UTF8.GetString(buffer, 0, await _notices.ReceiveAsync(buffer, limit.Token));
                if (notice == "WATCHDOG=1" == ofWatchdog) return notice;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no {(ofWatchdog ? "notice of the watchdog" : "notice")} came within {PeerProcess.Patience}");
        }
    }

    [Fact]
    public async Task Systemd_is_told_when_the_host_is_ready_while_it_lives_and_when_it_stops()
    {
        var environment = new Dictionary<string, string> { ["NOTIFY_SOCKET"] = Path.Combine(_folder, "notify"), ["WATCHDOG_USEC"] = "200000" };
        await using var host = HostProcess.StartIn(_log, environment, HostProcess.Config("pipeline.conf"), "--role", "push", "--set", "host.stop-timeout=1s");

        Assert.Equal("READY=1\nSTATUS=1 role runs", await Next(ofWatchdog: false));
        await Next(ofWatchdog: true);
        await Next(ofWatchdog: true);
        host.Terminate();

        Assert.StartsWith("STOPPING=1", await Next(ofWatchdog: false), StringComparison.Ordinal);
        await host.End();
    }
}
