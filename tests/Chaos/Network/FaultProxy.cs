using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Chaos.Network;

/// <summary>
/// A loopback port in front of another: forwards what comes, and can cut, stall, refuse, delay, throttle and split it. It
/// stays at its port while the process behind it is killed and comes back at another.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<ProxiedConnection> _connections = [];
    private readonly Task _accepting;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _state = new();
    private readonly ConcurrentDictionary<string, LinkConditions> _sources = new();
    private readonly int _seed;
    private int? _target;
    private bool _refusing;

    /// <param name="seed">Decides into which pieces the octets are split.</param>
    public FaultProxy(int seed)
    {
        _seed = seed;
        Conditions = new LinkConditions(seed);
        _listener.Start();
        Endpoint = string.Create(CultureInfo.InvariantCulture, $"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = Accept();
    }

    /// <summary>Where the peers connect to.</summary>
    public string Endpoint { get; }

    /// <summary>What passes now, and how.</summary>
    public LinkConditions Conditions { get; }

    /// <summary>The port of 127.0.0.1 to which new connections go from now on.</summary>
    public void ForwardTo(int port)
    {
        lock (_state) _target = port;
    }

    /// <summary>Who a connection comes from, by its socket; null, and a name that is null, is nobody in particular. Set before the first connection.</summary>
    public Func<Socket, string?>? SourceOf { get; set; }

    /// <summary>Nothing passes of the connections from a source, in either direction, while it is on; they stay, and new ones wait.</summary>
    public void Stall(string source, bool on) => ConditionsOf(source).Stall(on);

    /// <summary>Whether new connections are closed at once.</summary>
    public void Refuse(bool on)
    {
        lock (_state) _refusing = on;
    }

    /// <summary>Ends every connection, in the middle of whatever is on its way.</summary>
    /// <param name="reset">With a reset, or else with an end that looks like one in good order.</param>
    /// <returns>How many there were.</returns>
    public int Cut(bool reset)
    {
        ProxiedConnection[] standing;
        lock (_state)
        {
            standing = [.. _connections];
            _connections.Clear();
        }
        // Outside of the lock: a connection that ends takes itself out of the list.
        foreach (var connection in standing) connection.Cut(reset);
        return standing.Length;
    }

    public async ValueTask DisposeAsync()
    {
        // Not by stopping the listener, which throws when it comes between two waits.
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
        Cut(reset: true);
        Conditions.Stall(false);
        foreach (var conditions in _sources.Values) conditions.Stall(false);
    }

    private LinkConditions ConditionsOf(string? source) => source is null ? Conditions : _sources.GetOrAdd(source, _ => new LinkConditions(_seed));

    private async Task Accept()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            _ = Connect(client);
        }
    }

    private async Task Connect(Socket client)
    {
        // While both ends of it are there.
        var source = SourceOf?.Invoke(client);
        int? target;
        lock (_state) target = _refusing ? null : _target;
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (target is null) throw new SocketException((int)SocketError.ConnectionRefused);
            await server.ConnectAsync(IPAddress.Loopback, target.Value);
            client.NoDelay = true;
            server.NoDelay = true;
        }
        catch (SocketException)
        {
            // Nobody is there: the client sees that its connection ends, and tries again.
            client.Dispose();
            server.Dispose();
            return;
        }
        var connection = new ProxiedConnection(client, server, ConditionsOf(source));
        lock (_state) _connections.Add(connection);
        await connection.Run();
        lock (_state) _connections.Remove(connection);
    }
}
