using System.Net;
using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports;

/// <summary>
/// One attempt to make a TCP connection, from the name to the connected socket: the addresses of the name one after the
/// other, each within the connect timeout, and all but the last within a limit. It lives on one I/O thread.
/// </summary>
internal sealed class TcpConnectAttempt : IConnectAttempt, IReadyHandler
{
    /// <summary>The most for an address that does not answer while others are left: the system would take minutes, of a family that leads nowhere too.</summary>
    private static readonly TimeSpan s_nextAfter = TimeSpan.FromSeconds(3);

    private readonly EndpointAddress _endpoint;
    private readonly Reactor _reactor;
    private readonly TcpSettings _settings;
    private readonly IConnectHandler _handler;
    private readonly AddressResolver _resolver;
    private IPAddress[] _addresses = [];
    private int _next;
    private Socket? _socket;
    private ReactorTimer? _timer;
    private bool _over;

    private TcpConnectAttempt(EndpointAddress endpoint, Reactor reactor, TcpSettings settings, AddressResolver resolver, IConnectHandler handler)
    {
        _endpoint = endpoint;
        _reactor = reactor;
        _settings = settings;
        _resolver = resolver;
        _handler = handler;
    }

    public static TcpConnectAttempt Start(EndpointAddress endpoint, Reactor reactor, TcpSettings settings, AddressResolver resolver, IConnectHandler handler)
    {
        TcpConnectAttempt attempt = new(endpoint, reactor, settings, resolver, handler);
        // From the queue, so that the handler knows the attempt before it hears of its end.
        reactor.Post(attempt, attempt.Resolve);
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
            TryNext(error);
            return;
        }

        _reactor.Forget(socket);
        Succeed(socket);
    }

    /// <summary>A fault of this attempt, or of the handler that just heard of the connection.</summary>
    public void OnFault(Exception fault)
    {
        if (!_over)
        {
            Cancel();
        }

        _handler.OnFault(fault);
    }

    private void Resolve()
    {
        if (_over)
        {
            return;
        }

        if (IPAddress.TryParse(_endpoint.Host, out IPAddress? address))
        {
            Begin([address]);
            return;
        }

        _resolver(_endpoint.Host).ContinueWith(
            found => _reactor.Post(this, () =>
            {
                if (_over)
                {
                    return;
                }

                IPAddress[] addresses = found.IsCompletedSuccessfully ? TcpAddresses.ToConnect(found.Result, _settings.IPv4Only) : [];
                if (addresses.Length == 0)
                {
                    Fail((found.Exception?.InnerException as SocketException)?.SocketErrorCode ?? SocketError.HostNotFound);
                }
                else
                {
                    Begin(addresses);
                }
            }),
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    private void Begin(IPAddress[] addresses)
    {
        _addresses = addresses;
        TryNext(SocketError.HostNotFound);
    }

    /// <summary>Goes on to the next address of the host; without one the attempt has failed as the last address did.</summary>
    private void TryNext(SocketError error)
    {
        CloseSocket();
        if (_next == _addresses.Length)
        {
            Fail(error);
        }
        else
        {
            Connect(_addresses[_next++]);
        }
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
            TimeSpan limit = _settings.ConnectTimeout > TimeSpan.Zero ? _settings.ConnectTimeout : TimeSpan.MaxValue;
            if (_next < _addresses.Length && limit > s_nextAfter)
            {
                limit = s_nextAfter;
            }

            if (limit < TimeSpan.MaxValue)
            {
                _timer = _reactor.StartTimer(limit, this, () => TryNext(SocketError.TimedOut));
            }

            return;
        }
        catch (SocketException e)
        {
            TryNext(e.SocketErrorCode);
            return;
        }

        Succeed(_socket);
    }

    private void Succeed(Socket socket)
    {
        SocketStream stream;
        try
        {
            if (TcpAddresses.IsToItself(socket))
            {
                TryNext(SocketError.ConnectionRefused);
                return;
            }

            stream = TcpAddresses.ToStream(socket, _reactor);
        }
        catch (SocketException e)
        {
            Fail(e.SocketErrorCode);
            return;
        }

        _over = true;
        _timer?.Cancel();
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
        _timer?.Cancel();
        if (_socket is not null)
        {
            _reactor.Forget(_socket);
            _socket.Dispose();
            _socket = null;
        }
    }
}
