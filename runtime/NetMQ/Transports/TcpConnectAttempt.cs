using System.Net;
using System.Net.Sockets;
using NetMQ.Io;
using NetMQ.Protocol;

namespace NetMQ.Transports;

/// <summary>One attempt to make a TCP connection, from the name to the connected socket. It lives on one I/O thread.</summary>
internal sealed class TcpConnectAttempt : IConnectAttempt, IReadyHandler
{
    private readonly EndpointAddress _endpoint;
    private readonly Reactor _reactor;
    private readonly TcpSettings _settings;
    private readonly IConnectHandler _handler;
    private Socket? _socket;
    private bool _over;

    private TcpConnectAttempt(EndpointAddress endpoint, Reactor reactor, TcpSettings settings, IConnectHandler handler)
    {
        _endpoint = endpoint;
        _reactor = reactor;
        _settings = settings;
        _handler = handler;
    }

    public static TcpConnectAttempt Start(EndpointAddress endpoint, Reactor reactor, TcpSettings settings, IConnectHandler handler)
    {
        TcpConnectAttempt attempt = new(endpoint, reactor, settings, handler);
        // From the queue, so that the handler knows the attempt before it hears of its end.
        reactor.Post(attempt.Resolve);
        return attempt;
    }

    public void Cancel()
    {
        _over = true;
        CloseSocket();
    }

    public void OnReady(Ready ready)
    {
        Socket socket = _socket!;
        SocketError error = (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        if (error != SocketError.Success)
        {
            Fail(error);
            return;
        }

        _reactor.Forget(socket);
        Succeed(socket);
    }

    private void Resolve()
    {
        if (_over)
        {
            return;
        }

        if (IPAddress.TryParse(_endpoint.Host, out IPAddress? address))
        {
            Connect(address);
            return;
        }

        Dns.GetHostAddressesAsync(_endpoint.Host).ContinueWith(
            found => _reactor.Post(() =>
            {
                if (_over)
                {
                    return;
                }

                IPAddress? chosen = found.IsCompletedSuccessfully ? TcpAddresses.Choose(found.Result, _settings.IPv4Only) : null;
                if (chosen is null)
                {
                    Fail((found.Exception?.InnerException as SocketException)?.SocketErrorCode ?? SocketError.HostNotFound);
                }
                else
                {
                    Connect(chosen);
                }
            }),
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    private void Connect(IPAddress address)
    {
        try
        {
            _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _settings.Apply(_socket);
            _socket.Connect(new IPEndPoint(address, _endpoint.Port));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            _reactor.Watch(_socket!, this, Ready.Write);
            return;
        }
        catch (SocketException e)
        {
            Fail(e.SocketErrorCode);
            return;
        }

        Succeed(_socket);
    }

    private void Succeed(Socket socket)
    {
        SocketStream stream;
        try
        {
            stream = TcpAddresses.ToStream(socket, _reactor);
        }
        catch (SocketException e)
        {
            Fail(e.SocketErrorCode);
            return;
        }

        _over = true;
        _handler.OnConnected(stream);
    }

    private void Fail(SocketError error)
    {
        if (!_over)
        {
            _over = true;
            CloseSocket();
            _handler.OnConnectFailed(error);
        }
    }

    private void CloseSocket()
    {
        if (_socket is not null)
        {
            _reactor.Forget(_socket);
            _socket.Dispose();
            _socket = null;
        }
    }
}
