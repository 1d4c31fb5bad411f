using System.Net;
using System.Net.Sockets;

namespace Actors.Zmtp.Tests.BytePeer;

/// <summary>Waits for connections of our sockets, on a port that the system chooses.</summary>
internal sealed class RawListener : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RawListener() => _listener.Start();

    public string Endpoint => $"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public Socket Accept(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            return _listener.AcceptSocketAsync(limit.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Nobody connected within {patience.TotalSeconds} s.");
        }
    }

    /// <summary>Waits so long for somebody to connect, and leaves the connection for <see cref="Accept"/>.</summary>
    public bool HasConnection(TimeSpan patience) => _listener.Server.Poll(patience, SelectMode.SelectRead);

    public void Dispose() => _listener.Dispose();
}
