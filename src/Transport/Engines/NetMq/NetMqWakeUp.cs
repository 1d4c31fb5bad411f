using System.Net;
using System.Net.Sockets;
using NetMQ;

namespace Actors.Transport;

/// <summary>Wakes a thread that sleeps in a selector: a byte through a connection of this process to itself.</summary>
/// <remarks><see cref="Signal"/> may be called by any thread, everything else only by the poller's.</remarks>
internal sealed class NetMqWakeUp : IDisposable
{
    private static readonly byte[] s_byte = [0];

    private readonly Lock _lock = new();
    private readonly Socket _writer;
    private readonly Socket _reader;
    private readonly byte[] _read = new byte[64];
    private bool _isClosed;

    public NetMqWakeUp()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _writer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _writer.Connect(listener.LocalEndPoint!);
        _reader = Accept(listener, _writer.LocalEndPoint!);
        _reader.Blocking = false;
        Item = new NetMQSelector.Item(_reader, PollEvents.PollIn);
    }

    public NetMQSelector.Item Item { get; }

    public void Signal()
    {
        lock (_lock)
            if (!_isClosed) _writer.Send(s_byte);
    }

    /// <summary>Takes back all signals.</summary>
    public void Reset()
    {
        while (_reader.Available > 0) _reader.Receive(_read);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _writer.Dispose();
            _reader.Dispose();
        }
    }

    /// <summary>Another process may connect to the port first; it is sent away.</summary>
    private static Socket Accept(Socket listener, EndPoint own)
    {
        while (true)
        {
            var accepted = listener.Accept();
            if (accepted.RemoteEndPoint!.Equals(own)) return accepted;
            accepted.Dispose();
        }
    }
}
