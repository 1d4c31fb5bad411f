using System.Net;
using System.Net.Sockets;
using Actors.Zmtp;

namespace Fuzz;

/// <summary>Sockets that connect, and connect again, to a server that sends damaged streams, or to a real one through a damaging relay.</summary>
internal sealed class ConnectSession : IFuzzSession
{
    private static readonly Func<ZmqSocket>[] Types =
        [() => new PullSocket(), () => new SubscriberSocket(), () => new DealerSocket(), () => new RequestSocket(), () => new RouterSocket(), () => new XPublisherSocket(), () => new PairSocket()];

    private readonly Wire _wire;
    private readonly IDisposable? _gate;
    private readonly byte[][] _streams;
    private readonly RouterSocket _server = new();
    private readonly int _serverPort;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int _port;
    private long _checks;

    public ConnectSession(Wire wire)
    {
        _wire = wire;
        _gate = wire.OpenGate();
        _streams = Corpus.Of(wire.Corpus);
        wire.Serve(_server);
        _server.Options.Linger = TimeSpan.Zero;
        _serverPort = _server.BindRandomPort($"{wire.Scheme}://127.0.0.1");
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
    }

    public void Run(Random random)
    {
        using var socket = Types[random.Next(Types.Length)]();
        _wire.Join(socket);
        socket.Options.Linger = TimeSpan.Zero;
        socket.Options.MaxMsgSize = 1 << 20;
        socket.Options.ReconnectInterval = TimeSpan.FromHours(1);
        if (socket is SubscriberSocket subscriber) subscriber.SubscribeToAnyTopic();
        if (random.Next(3) == 0)
        {
            using var relay = new DamagingRelay(_serverPort, random, towardsTarget: false);
            socket.Connect($"{_wire.Scheme}://127.0.0.1:{relay.Port}");
            relay.Run();
            return;
        }
        socket.Connect($"{_wire.Scheme}://127.0.0.1:{_port}");
        using var connection = _listener.Accept();
        RawConversation.Hold(connection, Mutation.Of(_streams[random.Next(_streams.Length)], random), random);
    }

    public void CheckAlive()
    {
        using var peer = new DealerSocket();
        _wire.Join(peer);
        Alive.Check(peer, _server, $"{_wire.Scheme}://127.0.0.1:{_serverPort}", ++_checks);
    }

    public void Dispose()
    {
        _server.Dispose();
        _listener.Dispose();
        _gate?.Dispose();
    }
}
