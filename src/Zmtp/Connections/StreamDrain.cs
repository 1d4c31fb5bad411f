using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Connections;

/// <summary>
/// The end of a connection on which all was sent: waits for the peer to end its side, within a limit. Its owner may
/// have less patience, and is told then.
/// </summary>
internal sealed class StreamDrain : IReadyHandler
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private readonly IByteStream _stream;
    private readonly ReactorTimer _timer;
    private readonly ReactorTimer? _impatience;
    private readonly CloseReason _reason;
    private IConnectionOwner? _owner;
    private bool _closed;

    private StreamDrain(IByteStream stream, Reactor reactor, IConnectionOwner owner, CloseReason reason, TimeSpan patience)
    {
        _stream = stream;
        _owner = owner;
        _reason = reason;
        _timer = reactor.StartTimer(s_limit, this, Close);
        if (patience >= TimeSpan.Zero && patience < s_limit)
        {
            _impatience = reactor.StartTimer(patience, this, TellOwner);
        }
    }

    /// <summary>Tells the owner when the stream is closed, or when its patience is over; negative patience is that of the limit.</summary>
    public static void Start(IByteStream stream, Reactor reactor, IConnectionOwner owner, CloseReason reason, TimeSpan patience)
    {
        StreamDrain drain = new(stream, reactor, owner, reason, patience);
        stream.ShutdownSend();
        stream.Watch(drain, Ready.Read);
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

    /// <summary>The connection has its reason already; there is nothing left to do but to close it.</summary>
    public void OnFault(Exception fault)
    {
        if (_closed)
        {
            _owner?.OnFault(fault);
        }

        Close();
    }

    private void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _timer.Cancel();
            _impatience?.Cancel();
            _stream.Close();
            TellOwner();
        }
    }

    private void TellOwner()
    {
        IConnectionOwner? owner = _owner;
        _owner = null;
        owner?.OnClosed(_reason);
    }
}
