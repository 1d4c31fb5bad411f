using System.Net;
using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports;

/// <summary>A listening TCP socket.</summary>
internal sealed class TcpListener : IListener, IReadyHandler
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly Socket _socket;
    private readonly Reactor _reactor;
    private readonly TcpSettings _settings;
    private readonly IAcceptHandler _handler;
    private ReactorTimer? _pause;

    private TcpListener(Socket socket, Reactor reactor, TcpSettings settings, IAcceptHandler handler)
    {
        _socket = socket;
        _reactor = reactor;
        _settings = settings;
        _handler = handler;
        Endpoint = TcpAddresses.ToEndpoint(socket.LocalEndPoint);
    }

    public string Endpoint { get; }

    /// <summary>Takes the address.</summary>
    /// <exception cref="ZmqException">The system refused; a port that is taken is an <see cref="AddressAlreadyInUseException"/>.</exception>
    public static TcpListener Listen(EndpointAddress endpoint, Reactor reactor, TcpSettings settings, IAcceptHandler handler)
    {
        IPAddress address = TcpAddresses.ResolveLocal(endpoint, settings.IPv4Only);
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Blocking = false;
            if (endpoint.IsAnyHost && !settings.IPv4Only)
            {
                socket.DualMode = true;
            }

            // SocketOptionName.ReuseAddress is not set: it would let two sockets share the port. The runtime itself lets
            // a port be bound again whose old connections have not quite gone.
            settings.ApplyBuffers(socket);
            socket.Bind(new IPEndPoint(address, endpoint.Port));
            socket.Listen(settings.Backlog);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw ZmqException.Of(e.SocketErrorCode, $"Bind to \"{endpoint}\": {e.Message}.", e);
        }

        return new TcpListener(socket, reactor, settings, handler);
    }

    public void Start() => _reactor.Watch(_socket, this, Ready.Read);

    public void OnReady(Ready ready)
    {
        Socket accepted;
        try
        {
            accepted = _socket.Accept();
        }
        catch (SocketException e)
        {
            if (e.SocketErrorCode is not (SocketError.WouldBlock or SocketError.TryAgain))
            {
                _handler.OnAcceptFailed(e.SocketErrorCode);
                Pause();
            }

            return;
        }

        SocketStream stream;
        try
        {
            accepted.Blocking = false;
            _settings.Apply(accepted);
            stream = TcpAddresses.ToStream(accepted, _reactor);
        }
        catch (SocketException e)
        {
            // The peer went away between the two calls.
            accepted.Dispose();
            _handler.OnAcceptFailed(e.SocketErrorCode);
            return;
        }

        _handler.OnAccepted(stream);
    }

    public void OnFault(Exception fault)
    {
        _handler.OnFault(fault);
        Pause();
    }

    /// <summary>Without descriptors the system tells of the same peer again and again: it waits a little.</summary>
    private void Pause()
    {
        _reactor.Forget(_socket);
        _pause = _reactor.StartTimer(s_pause, this, Start);
    }

    public void Close()
    {
        _pause?.Cancel();
        _reactor.Forget(_socket);
        // A process that is just being started has this descriptor too, until its program runs: closing alone would leave
        // the port taken that long.
        _socket.Shutdown(SocketShutdown.Both);
        _socket.Dispose();
    }
}
