using System.Net;
using System.Net.Sockets;
using System.Text;
using Actors.Zmtp;

namespace Fuzz;

/// <summary>A STREAM socket, which takes any octets: what it gives out is what was sent, whatever that was.</summary>
internal sealed class StreamSession : IFuzzSession
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly byte[][] Streams = Corpus.Of("");

    private readonly bool _binds;
    private readonly StreamSocket _socket = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int _port;

    /// <param name="binds">Whether strangers connect to the socket; otherwise it connects to them.</param>
    public StreamSession(bool binds)
    {
        _binds = binds;
        _socket.Options.Linger = TimeSpan.Zero;
        if (binds)
        {
            _port = _socket.BindRandomPort("tcp://127.0.0.1");
            return;
        }
        _socket.Options.ReconnectInterval = TimeSpan.FromHours(1);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
    }

    public void Run(Random random) => Pass(Mutation.Of(Streams[random.Next(Streams.Length)], random), random);

    public void CheckAlive() => Pass(Encoding.ASCII.GetBytes("alive"), new Random(0));

    public void Dispose()
    {
        _socket.Dispose();
        _listener.Dispose();
    }

    private void Pass(byte[] stream, Random random)
    {
        var endpoint = $"tcp://127.0.0.1:{_port}";
        if (!_binds) _socket.Connect(endpoint);
        using var connection = _binds ? Connect() : _listener.Accept();
        RawConversation.Hold(connection, stream, random);
        var received = ReceiveConversation();
        if (!_binds) _socket.Disconnect(endpoint);
        if (!received.AsSpan().SequenceEqual(stream)) throw new InvalidOperationException($"{received.Length} octets arrived of {stream.Length} that were sent, or others");
    }

    private Socket Connect()
    {
        var connection = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        connection.Connect(IPAddress.Loopback, _port);
        return connection;
    }

    /// <summary>What came between the two empty messages that tell of a connection's beginning and end.</summary>
    private byte[] ReceiveConversation()
    {
        var octets = new List<byte>();
        for (var empty = 0; empty < 2;)
        {
            var message = new ZmqMessage();
            if (!_socket.TryReceiveMultipartMessage(Patience, ref message)) throw new TimeoutException($"a connection was not told to the socket within {Patience.TotalSeconds} s");
            if (message.Last.BufferSize == 0) empty++;
            octets.AddRange(message.Last.ToByteArray());
        }
        return [.. octets];
    }
}
