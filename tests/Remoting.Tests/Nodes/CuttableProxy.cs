using System.Net;
using System.Net.Sockets;

namespace Remoting.Tests.Nodes;

/// <summary>A way over tcp to a port of this machine, which a test can cut, stall and mend.</summary>
internal sealed class CuttableProxy : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HashSet<TcpClient> _open = [];
    private readonly Task _accepting;
    private TaskCompletionSource? _stall;
    private TaskCompletionSource<Task<bool>>? _heldBack;
    private (int Left, TaskCompletionSource<bool> Done) _counted;
    private TaskCompletionSource<bool>? _turnedAway;
    private bool _cut;

    public CuttableProxy()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Accept();
    }

    public int Port { get; }

    /// <summary>Where it leads. Set before the first connection.</summary>
    public int Target { get; set; }

    /// <summary>Ends all connections, and those that come until it is mended.</summary>
    public void Cut()
    {
        TcpClient[] open;
        lock (_lock)
        {
            _cut = true;
            open = [.. _open];
        }
        foreach (var client in open) client.Dispose();
    }

    public void Mend()
    {
        lock (_lock) _cut = false;
    }

    /// <summary>Passes nothing on any more, and keeps the connections.</summary>
    public void Stall() => Volatile.Write(ref _stall, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Ends when something has come that does not pass, because the way is stalled. What it gives ends with that connection.</summary>
    public Task<Task<bool>> HeldBack()
    {
        var heldBack = new TaskCompletionSource<Task<bool>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _heldBack, heldBack);
        return heldBack.Task;
    }

    public void Resume() => Interlocked.Exchange(ref _stall, null)?.SetResult();

    /// <summary>Ends when a further connection was turned away, because the way is cut.</summary>
    public Task<bool> TurnedAway()
    {
        lock (_lock)
        {
            _turnedAway = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _turnedAway.Task;
        }
    }

    /// <summary>Ends when so many further pieces of data have passed, in either direction.</summary>
    public Task<bool> Pieces(int count)
    {
        lock (_lock)
        {
            _counted = (count, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
            return _counted.Done.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Resume();
        _listener.Stop();
        Cut();
        await _accepting.ConfigureAwait(false);
    }

    private async Task Accept()
    {
        List<Task> connections = [];
        try
        {
            while (true) connections.Add(Carry(await _listener.AcceptTcpClientAsync().ConfigureAwait(false)));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Disposed of.
        }
        await Task.WhenAll(connections).ConfigureAwait(false);
    }

    private async Task Carry(TcpClient client)
    {
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var target = new TcpClient();
        using (client)
        {
            lock (_lock)
            {
                if (_cut)
                {
                    _turnedAway?.TrySetResult(true);
                    return;
                }
                _open.Add(client);
                _open.Add(target);
            }
            try
            {
                await target.ConnectAsync(IPAddress.Loopback, Target).ConfigureAwait(false);
                var there = Copy(client.GetStream(), target.GetStream(), ended.Task);
                var back = Copy(target.GetStream(), client.GetStream(), ended.Task);
                await Task.WhenAny(there, back).ConfigureAwait(false);
                client.Dispose();
                target.Dispose();
                await Task.WhenAll(there, back).ConfigureAwait(false);
            }
            catch (Exception error) when (error is SocketException or InvalidOperationException or IOException)
            {
                // Cut, or one end has gone.
            }
            finally
            {
                lock (_lock)
                {
                    _open.Remove(client);
                    _open.Remove(target);
                }
                ended.SetResult(true);
            }
        }
    }

    private async Task Copy(NetworkStream from, NetworkStream to, Task<bool> ended)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
            {
                if (Volatile.Read(ref _stall) is { } stall)
                {
                    Volatile.Read(ref _heldBack)?.TrySetResult(ended);
                    await stall.Task.ConfigureAwait(false);
                }
                await to.WriteAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
                lock (_lock)
                {
                    if (--_counted.Left == 0) _counted.Done.SetResult(true);
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // Cut, or one end has gone.
        }
    }
}
