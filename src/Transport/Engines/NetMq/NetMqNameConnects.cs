using System.Net;
using System.Net.Sockets;

namespace Actors.Transport;

/// <summary>
/// Connects to endpoints with a host name. NetMQ looks the name up on the thread that connects, and fails for good when it is not
/// known. Here the lookup runs beside the poller, and is tried again, as other engines do: a peer's name may come with the peer.
/// </summary>
/// <remarks>Belongs to the poller's thread.</remarks>
internal sealed class NetMqNameConnects(SocketSpec spec, NetMqPollerThread thread, IEngineSocketObserver observer, Action<string> connect) : IDisposable
{
    private readonly List<NetMqTimer> _timers = [];
    private bool _isClosed;

    /// <summary>Whether the endpoint has a name that has to be looked up.</summary>
    public static bool IsName(string endpoint) =>
        endpoint.StartsWith("tcp://", StringComparison.Ordinal) && HostOf(endpoint) is var host && !host.StartsWith('[') && host != "localhost" && !IPAddress.TryParse(host, out _);

    public void Connect(string endpoint) => LookUp(endpoint, failures: 0);

    public void Dispose()
    {
        _isClosed = true;
        foreach (var timer in _timers) timer.Dispose();
    }

    private static string HostOf(string endpoint)
    {
        var address = endpoint["tcp://".Length..];
        return address[..address.LastIndexOf(':')];
    }

    private async void LookUp(string endpoint, int failures)
    {
        Exception? failure = null;
        try
        {
            await Dns.GetHostAddressesAsync(HostOf(endpoint)).ConfigureAwait(false);
        }
        catch (Exception cause) when (cause is SocketException or ArgumentException)
        {
            failure = cause;
        }
        thread.Post(new NetMqWork(() => LookedUp(endpoint, failures, failure)));
    }

    private void LookedUp(string endpoint, int failures, Exception? failure)
    {
        if (_isClosed) return;
        try
        {
            if (failure is null)
            {
                connect(endpoint);
                return;
            }
        }
        catch (SocketException)
        {
            // The name has gone again between the two lookups.
        }
        catch (Exception cause)
        {
            observer.OnFailed(cause);
            return;
        }
        var wait = Backoff.After(spec.Settings.ReconnectInterval, spec.Settings.ReconnectIntervalMax, failures + 1);
        observer.OnPeer(new PeerRetried(spec.Name, endpoint, wait));
        NetMqTimer? timer = null;
        timer = new NetMqTimer(thread, () =>
        {
            timer!.Dispose();
            _timers.Remove(timer);
            LookUp(endpoint, failures + 1);
        });
        _timers.Add(timer);
        timer.Start(wait);
    }
}
