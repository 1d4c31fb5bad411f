using System.Net.Sockets;
using Actors.Zmtp.Io;

namespace Actors.Zmtp.Transports;

/// <summary>A connected socket of the system, of tcp or ipc.</summary>
internal sealed class SocketStream : IByteStream
{
    private readonly Socket _socket;
    private readonly Reactor _reactor;
    private readonly LinuxSend? _vectored;

    public SocketStream(Socket socket, Reactor reactor, string localEndpoint, string remoteEndpoint)
    {
        _socket = socket;
        _reactor = reactor;
        _vectored = LinuxSend.IsSupported ? new LinuxSend(socket) : null;
        LocalEndpoint = localEndpoint;
        RemoteEndpoint = remoteEndpoint;
    }

    public string LocalEndpoint { get; }

    public string RemoteEndpoint { get; }

    public long Send(ReadOnlySpan<ArraySegment<byte>> pieces, out SocketError error)
    {
        if (_vectored is not null && pieces.Length > 1)
        {
            return _vectored.Send(pieces, out error);
        }

        long sent = 0;
        error = SocketError.Success;
        foreach (ArraySegment<byte> piece in pieces)
        {
            int count = _socket.Send(piece.AsSpan(), SocketFlags.None, out error);
            if (error == SocketError.Success)
            {
                sent += count;
            }

            if (error != SocketError.Success || count < piece.Count)
            {
                break;
            }
        }

        if (sent > 0)
        {
            // The error will show itself again.
            error = SocketError.Success;
        }

        return sent;
    }

    public int Receive(Memory<byte> buffer, out SocketError error)
    {
        int count = _socket.Receive(buffer.Span, SocketFlags.None, out error);
        return error == SocketError.Success ? count : 0;
    }

    public void Watch(IReadyHandler handler, Ready interest)
    {
        if (interest == Ready.None)
        {
            _reactor.Forget(_socket);
        }
        else
        {
            _reactor.Watch(_socket, handler, interest);
        }
    }

    public void ShutdownSend()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The connection is broken already, which the next receive tells.
        }
    }

    public void Close()
    {
        _reactor.Forget(_socket);
        _socket.Dispose();
    }
}
