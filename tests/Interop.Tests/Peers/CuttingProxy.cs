using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Interop.Tests.Peers;

/// <summary>Forwards TCP connections to an endpoint, and cuts them when the test says so.</summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Socket> _standing = [];
    private readonly IPEndPoint _target;
    private readonly Task _accepting;

    /// <param name="endpoint">Where to forward to: tcp://127.0.0.1:PORT.</param>
    /// <param name="at">Where to listen; port 0 is one of the system's choice.</param>
    public CuttingProxy(string endpoint, string at = "tcp://127.0.0.1:0")
    {
        _listener = new TcpListener(IPEndPoint.Parse(at["tcp://".Length..]));
        _target = IPEndPoint.Parse(endpoint["tcp://".Length..]);
        _listener.Start();
        Endpoint = $"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = Accept();
    }

    /// <summary>Where to connect to.</summary>
    public string Endpoint { get; }

    /// <summary>Ends every connection at once, with what is on its way; new ones are forwarded again.</summary>
    public void Cut()
    {
        while (_standing.TryTake(out var socket)) socket.Close(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private async Task Accept()
    {
        var forwarding = new List<Task>();
        try
        {
            while (true)
            {
                var inner = await _listener.AcceptSocketAsync(_stop.Token);
                var outer = new Socket(SocketType.Stream, ProtocolType.Tcp);
                _standing.Add(inner);
                _standing.Add(outer);
                forwarding.Add(Forward(inner, outer));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
        Cut();
        await Task.WhenAll(forwarding);
    }

    private async Task Forward(Socket inner, Socket outer)
    {
        try
        {
            await outer.ConnectAsync(_target, _stop.Token);
            await Task.WhenAny(Copy(inner, outer), Copy(outer, inner));
        }
        catch (Exception cause) when (cause is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Nothing listens there now, or the connection was cut: the peer sees its own end of it.
        }
        inner.Close(0);
        outer.Close(0);
    }

    private static async Task Copy(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
                for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
        }
        catch (Exception cause) when (cause is SocketException or ObjectDisposedException)
        {
            // One side has ended, so the other does.
        }
    }
}
