using Actors.Host.Status;

namespace Actors.Host.Http.Events;

/// <summary>
/// Collects the status once a second while somebody looks, and hands what has changed, and the lines of the log, to all clients. What it
/// costs the host hardly depends on how many look, and not at all on how fast they read.
/// </summary>
internal sealed class EventFeed : IDisposable
{
    /// <summary>The most clients at once.</summary>
    public const int MostClients = 32;

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly IStatusReader _status;
    private readonly LogLines _log;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly List<EventClient> _clients = [];
    private readonly CancellationTokenSource _end = new();
    private HostStatus? _current;
    private byte[]? _whole;
    private bool _isCollecting;

    /// <param name="status">What there is to show.</param>
    /// <param name="log">The lines of the log.</param>
    /// <param name="clock">Tells when a second is over.</param>
    public EventFeed(IStatusReader status, LogLines log, TimeProvider clock)
    {
        (_status, _log, _clock) = (status, log, clock);
        _log.Added += OnLine;
    }

    /// <summary>Cancelled when the host ends.</summary>
    public CancellationToken Ended => _end.Token;

    /// <summary>A further client, which is given the lines that are kept and then all that happens; null when there are too many.</summary>
    public EventClient? Join()
    {
        var client = new EventClient();
        EventClient? joined = null;
        _log.Read(lines =>
        {
            lock (_lock)
            {
                if (_clients.Count >= MostClients || _end.IsCancellationRequested) return;
                foreach (var line in lines) client.PutLine(line);
                if (_current is not null) client.PutWhole(Whole());
                _clients.Add(client);
                joined = client;
                if (_isCollecting) return;
                _isCollecting = true;
                _ = Task.Run(Collect);
            }
        });
        return joined;
    }

    public void Leave(EventClient client)
    {
        lock (_lock) _clients.Remove(client);
    }

    public void Dispose()
    {
        _log.Added -= OnLine;
        _end.Cancel();
    }

    private void OnLine(LogLine line)
    {
        lock (_lock)
        {
            foreach (var client in _clients) client.PutLine(line);
        }
    }

    /// <summary>Runs as long as there are clients.</summary>
    private async Task Collect()
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        try
        {
            do
            {
                if (await Read() is { } now ? !HandOut(now) : IsUnwatched()) return;
            }
            while (await timer.WaitForNextTickAsync(_end.Token));
        }
        catch (OperationCanceledException)
        {
            // The host ends.
        }
    }

    /// <summary>Null when the host did not tell it: then the clients see that nothing comes, and the next second is another try.</summary>
    private async Task<HostStatus?> Read()
    {
        try
        {
            return await _status.Read(_end.Token);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !_end.IsCancellationRequested)
        {
            return null;
        }
    }

    private bool IsUnwatched()
    {
        lock (_lock)
        {
            if (_clients.Count > 0) return false;
            (_current, _whole, _isCollecting) = (null, null, false);
            return true;
        }
    }

    /// <summary>False when nobody looks any more.</summary>
    private bool HandOut(HostStatus now)
    {
        lock (_lock)
        {
            if (IsUnwatched()) return false;
            var difference = _current is null ? null : StatusChange.Between(_current, now);
            (_current, _whole) = (now, null);
            byte[]? change = null;
            foreach (var client in _clients)
            {
                if (difference is null || client.NeedsWhole) client.PutWhole(Whole());
                else client.PutChange(change ??= ServerSentEvent.Of("change", difference, EventJson.Default.StatusChange));
            }
            return true;
        }
    }

    /// <summary>The whole of the current status, made once for all clients.</summary>
    private byte[] Whole() => _whole ??= ServerSentEvent.Of("status", _current!, EventJson.Default.HostStatus);
}
