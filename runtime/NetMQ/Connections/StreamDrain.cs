using System.Net.Sockets;
using NetMQ.Io;
using NetMQ.Transports;

namespace NetMQ.Connections;

/// <summary>The end of a connection on which all was sent: waits for the peer to end its side, within a limit.</summary>
internal sealed class StreamDrain : IReadyHandler
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private readonly IByteStream _stream;
    private readonly IConnectionOwner _owner;
    private readonly CloseReason _reason;
    private readonly ReactorTimer _timer;
    private bool _closed;

    public StreamDrain(IByteStream stream, Reactor reactor, IConnectionOwner owner, CloseReason reason)
    {
        _stream = stream;
        _owner = owner;
        _reason = reason;
        _timer = reactor.StartTimer(s_limit, Close);
        stream.ShutdownSend();
        stream.Watch(this, Ready.Read);
    }

    public void OnReady(Ready ready)
    {
        byte[] dropped = new byte[4096];
        while (!_closed)
        {
            if (_stream.Receive(dropped, out SocketError error) == 0)
            {
                if (error is not (SocketError.WouldBlock or SocketError.TryAgain))
                {
                    Close();
                }

                return;
            }
        }
    }

    private void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _timer.Cancel();
            _stream.Close();
            _owner.OnClosed(_reason);
        }
    }
}
