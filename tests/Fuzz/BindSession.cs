using System.Net;
using System.Net.Sockets;
using Actors.Zmtp;

namespace Fuzz;

/// <summary>Bound sockets of several types; strangers connect and send damaged streams, of their own or between two real peers.</summary>
internal sealed class BindSession : IFuzzSession
{
    private readonly Wire _wire;
    private readonly IDisposable? _gate;
    private readonly byte[][] _streams;
    private readonly PullSocket _alive = new();
    private readonly List<(ZmqSocket Socket, int Port)> _bound = [];
    private long _checks;

    public BindSession(Wire wire)
    {
        _wire = wire;
        _gate = wire.OpenGate();
        _streams = Corpus.Of(wire.Corpus);
        foreach (var socket in (ZmqSocket[])[_alive, new XPublisherSocket(), new SubscriberSocket(), new RouterSocket(), new DealerSocket(), new ResponseSocket(), new PairSocket()])
        {
            wire.Serve(socket);
            socket.Options.Linger = TimeSpan.Zero;
            socket.Options.MaxMsgSize = 1 << 20;
            _bound.Add((socket, socket.BindRandomPort($"{wire.Scheme}://127.0.0.1")));
            if (socket is SubscriberSocket subscriber) subscriber.SubscribeToAnyTopic();
        }
    }

    public void Run(Random random)
    {
        var (socket, port) = _bound[random.Next(_bound.Count)];
        if (random.Next(3) == 0) PassThroughDamage(port, random);
        else
        {
            using var connection = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            connection.Connect(IPAddress.Loopback, port);
            RawConversation.Hold(connection, Mutation.Of(_streams[random.Next(_streams.Length)], random), random);
        }
        Empty(socket);
    }

    public void CheckAlive()
    {
        using var peer = new PushSocket();
        _wire.Join(peer);
        Alive.Check(peer, _alive, $"{_wire.Scheme}://127.0.0.1:{_bound[0].Port}", ++_checks);
    }

    public void Dispose()
    {
        foreach (var (socket, _) in _bound) socket.Dispose();
        _gate?.Dispose();
    }

    /// <summary>A real peer speaks, and on the way some octets change: this gets behind the handshake of every mechanism.</summary>
    private void PassThroughDamage(int port, Random random)
    {
        using var peer = new DealerSocket();
        _wire.Join(peer);
        peer.Options.Linger = TimeSpan.Zero;
        peer.Options.ReconnectInterval = TimeSpan.FromHours(1);
        using var relay = new DamagingRelay(port, random, towardsTarget: true);
        peer.Connect($"{_wire.Scheme}://127.0.0.1:{relay.Port}");
        for (var i = 0; i < 3; i++) peer.SendFrame(new byte[random.Next(600)]);
        relay.Run();
    }

    private static void Empty(ZmqSocket socket)
    {
        var msg = new Msg();
        msg.InitEmpty();
        while (socket.TryReceive(ref msg, TimeSpan.Zero))
        {
            // A REP takes the next request only after its reply.
            if (socket is ResponseSocket reply && !msg.HasMore) reply.SendFrame([]);
        }
        msg.Close();
    }
}
