using System.Net;
using System.Net.Sockets;

namespace Fuzz;

/// <summary>Stands between a peer and a server, and changes octets of one direction now and then, so that damage comes in every state of a conversation.</summary>
internal sealed class DamagingRelay : IDisposable
{
    private const int MostPieces = 40;

    // The conversation is over when nobody has said anything for so long; damage makes both wait for each other.
    private const int QuietMicroseconds = 20_000;
    private const int ConnectMicroseconds = 20_000_000;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int _serverPort;
    private readonly Random _random;
    private readonly bool _towardsServer;

    /// <param name="serverPort">Where the server listens.</param>
    /// <param name="random">Decides what is damaged.</param>
    /// <param name="towardsTarget">Whether what the peer sends is damaged; otherwise what the server sends.</param>
    public DamagingRelay(int serverPort, Random random, bool towardsTarget)
    {
        _serverPort = serverPort;
        _random = random;
        _towardsServer = towardsTarget;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    /// <summary>Where the peer is to connect.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public void Dispose() => _listener.Dispose();

    /// <summary>Relays one connection until it is quiet or one side ends it.</summary>
    /// <exception cref="TimeoutException">The peer did not connect.</exception>
    public void Run()
    {
        if (!_listener.Poll(ConnectMicroseconds, SelectMode.SelectRead)) throw new TimeoutException("the peer did not connect within 20 s");
        using var peer = _listener.Accept();
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Connect(IPAddress.Loopback, _serverPort);
        peer.NoDelay = server.NoDelay = true;
        // The first damage comes in one of the first pieces, so that all states get their share.
        var undamaged = _random.Next(8);
        for (var i = 0; i < MostPieces; i++)
        {
            var ready = new List<Socket> { peer, server };
            Socket.Select(ready, null, null, QuietMicroseconds);
            if (ready.Count == 0) return;
            foreach (var from in ready)
            {
                var damages = (from == peer) == _towardsServer && undamaged-- <= 0;
                if (!Pass(from, from == peer ? server : peer, damages)) return;
            }
        }
    }

    private bool Pass(Socket from, Socket to, bool damages)
    {
        var buffer = new byte[4096];
        try
        {
            var length = from.Receive(buffer);
            if (length == 0) return false;
            to.Send(damages ? Mutation.Of(buffer[..length], _random) : buffer[..length]);
            return true;
        }
        catch (SocketException)
        {
            // One side has ended the connection, which it may.
            return false;
        }
    }
}
