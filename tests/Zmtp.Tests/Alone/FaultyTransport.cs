using System.Net.Sockets;
using Actors.Zmtp.Connections;
using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Tests.Alone;

/// <summary>What a stream is asked for.</summary>
public enum StreamCall
{
    Receive,
    Send,
    Watch,
}

/// <summary>The tcp transport, with streams that throw once when a test says so.</summary>
internal sealed class FaultyTransport : ITransport
{
    public const string Message = "a fault that the test has put in";

    private readonly TcpTransport _tcp = new();
    private volatile Fault? _fault;
    private int _streams;

    private sealed record Fault(int Stream, StreamCall Call);

    public bool ThrowOnAccept { get; set; }

    public bool ThrowOnConnect { get; set; }

    /// <summary>Lets the next call of a kind on a stream, counted from zero, throw.</summary>
    public void Throw(int stream, StreamCall call) => _fault = new Fault(stream, call);

    public IListener Listen(EndpointAddress address, Reactor reactor, ConnectionSettings settings, IAcceptHandler handler)
        => _tcp.Listen(address, reactor, settings, new AcceptHandler(this, handler));

    public IConnectAttempt Connect(EndpointAddress address, Reactor reactor, ConnectionSettings settings, IConnectHandler handler)
    {
        if (ThrowOnConnect)
        {
            ThrowOnConnect = false;
            throw new InvalidOperationException(Message);
        }

        return _tcp.Connect(address, reactor, settings, new ConnectHandler(this, handler));
    }

    private Stream Wrap(IByteStream stream) => new(this, _streams++, stream);

    private void Check(int stream, StreamCall call)
    {
        if (_fault is { } fault && fault.Stream == stream && fault.Call == call)
        {
            _fault = null;
            throw new InvalidOperationException(Message);
        }
    }

    private sealed class AcceptHandler(FaultyTransport transport, IAcceptHandler inner) : IAcceptHandler
    {
        public void OnAccepted(IByteStream stream)
        {
            if (transport.ThrowOnAccept)
            {
                transport.ThrowOnAccept = false;
                throw new InvalidOperationException(Message);
            }

            inner.OnAccepted(transport.Wrap(stream));
        }

        public void OnAcceptFailed(SocketError error) => inner.OnAcceptFailed(error);

        public void OnCloseFailed(ErrorCode error) => inner.OnCloseFailed(error);

        public void OnFault(Exception fault) => inner.OnFault(fault);
    }

    private sealed class ConnectHandler(FaultyTransport transport, IConnectHandler inner) : IConnectHandler
    {
        public void OnConnected(IByteStream stream) => inner.OnConnected(transport.Wrap(stream));

        public void OnConnectFailed(SocketError error) => inner.OnConnectFailed(error);

        public void OnFault(Exception fault) => inner.OnFault(fault);
    }

    private sealed class Stream(FaultyTransport transport, int number, IByteStream inner) : IByteStream
    {
        public string LocalEndpoint => inner.LocalEndpoint;

        public string RemoteEndpoint => inner.RemoteEndpoint;

        public long Send(ReadOnlySpan<ArraySegment<byte>> pieces, out SocketError error)
        {
            transport.Check(number, StreamCall.Send);
            return inner.Send(pieces, out error);
        }

        public int Receive(Memory<byte> buffer, out SocketError error)
        {
            transport.Check(number, StreamCall.Receive);
            return inner.Receive(buffer, out error);
        }

        public void Watch(IReadyHandler handler, Ready interest)
        {
            transport.Check(number, StreamCall.Watch);
            inner.Watch(handler, interest);
        }

        public void ShutdownSend() => inner.ShutdownSend();

        public void Close() => inner.Close();
    }
}
