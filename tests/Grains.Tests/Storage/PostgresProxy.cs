using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Grains.Tests.Storage;

/// <summary>Stands between a store and its PostgreSQL server, and can lose what either says.</summary>
internal sealed class PostgresProxy : IDisposable
{
    private const string SocketName = ".s.PGSQL.5432";

    private readonly string _folder = Directory.CreateTempSubdirectory("proxy").FullName;
    private readonly string _server;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ConcurrentDictionary<Socket, bool> _sockets = [];
    private volatile TaskCompletionSource? _answers, _requests;

    public PostgresProxy(string serverFolder)
    {
        _server = Path.Combine(serverFolder, SocketName);
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, SocketName)));
        _listener.Listen();
        _ = Accept();
    }

    public string ConnectionString => $"Host={_folder};Port=5432;Database=postgres;Username=postgres";

    /// <summary>From now on answers are lost. The task ends with the first that was, when the server has committed.</summary>
    public Task LoseAnswers() => (_answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>From now on requests are lost. The task ends with the first that was.</summary>
    public Task LoseRequests() => (_requests = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Ends all connections. New ones lose nothing.</summary>
    public void Cut()
    {
        foreach (var socket in _sockets.Keys) socket.Dispose();
        _sockets.Clear();
        (_answers, _requests) = (null, null);
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync();
                var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                _sockets[client] = _sockets[server] = true;
                try
                {
                    await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
                }
                catch (SocketException)
                {
                    End(client, server);
                    continue;
                }
                _ = Pump(client, server, () => _requests);
                _ = Pump(server, client, () => _answers);
            }
        }
        catch (Exception cause) when (cause is SocketException or ObjectDisposedException)
        {
            // The proxy is closed.
        }
    }

    private async Task Pump(Socket from, Socket to, Func<TaskCompletionSource?> lost)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                if (lost() is { } told) told.TrySetResult();
                else await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception cause) when (cause is SocketException or ObjectDisposedException)
        {
            // An end is closed; the other one follows.
        }
        End(from, to);
    }

    private void End(params Socket[] sockets)
    {
        foreach (var socket in sockets)
        {
            socket.Dispose();
            _sockets.TryRemove(socket, out _);
        }
    }
}
