using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports;

/// <summary>One attempt to connect to a Unix-domain socket, which succeeds or fails at once. It lives on one I/O thread.</summary>
internal sealed class IpcConnectAttempt : IConnectAttempt
{
    private readonly EndpointAddress _endpoint;
    private readonly Reactor _reactor;
    private readonly TcpSettings _settings;
    private readonly IConnectHandler _handler;
    private bool _cancelled;

    private IpcConnectAttempt(EndpointAddress endpoint, Reactor reactor, TcpSettings settings, IConnectHandler handler)
    {
        _endpoint = endpoint;
        _reactor = reactor;
        _settings = settings;
        _handler = handler;
    }

    /// <exception cref="ProtocolNotSupportedException">The system has no such sockets.</exception>
    public static IpcConnectAttempt Start(EndpointAddress endpoint, Reactor reactor, TcpSettings settings, IConnectHandler handler)
    {
        IpcConnectAttempt attempt = new(endpoint, reactor, settings, handler);
        // From the queue, so that the handler knows the attempt before it hears of its end.
        reactor.Post(handler, attempt.Connect);
        return attempt;
    }

    public void Cancel() => _cancelled = true;

    private void Connect()
    {
        if (_cancelled)
        {
            return;
        }

        Socket socket = IpcAddresses.CreateSocket(_endpoint);
        try
        {
            _settings.ApplyBuffers(socket);
            socket.Connect(IpcAddresses.ToAddress(_endpoint));
        }
        catch (SocketException e)
        {
            // "Would block" too: the backlog of the listener is full, and nothing would tell when it has room again.
            socket.Dispose();
            _handler.OnConnectFailed(e.SocketErrorCode);
            return;
        }

        string endpoint = _endpoint.ToString();
        _handler.OnConnected(new SocketStream(socket, _reactor, endpoint, endpoint));
    }
}
