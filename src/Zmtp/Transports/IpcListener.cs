using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports;

/// <summary>A listening Unix-domain socket.</summary>
internal sealed class IpcListener : IListener, IReadyHandler
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly Socket _socket;
    private readonly IpcFile? _file;
    private readonly Reactor _reactor;
    private readonly TcpSettings _settings;
    private readonly IAcceptHandler _handler;
    private ReactorTimer? _pause;

    private IpcListener(Socket socket, IpcFile? file, string endpoint, Reactor reactor, TcpSettings settings, IAcceptHandler handler)
    {
        _socket = socket;
        _file = file;
        _reactor = reactor;
        _settings = settings;
        _handler = handler;
        Endpoint = endpoint;
    }

    public string Endpoint { get; }

    /// <summary>Takes the path or name.</summary>
    /// <exception cref="ZmqException">The system refused, or there is a file at the path that is no socket.</exception>
    public static IpcListener Listen(EndpointAddress endpoint, Reactor reactor, TcpSettings settings, IAcceptHandler handler)
    {
        string? folder = null;
        if (endpoint.IsAnyPath)
        {
            folder = Directory.CreateTempSubdirectory("zmq-").FullName;
            endpoint = EndpointAddress.Parse("ipc://" + Path.Combine(folder, "socket"), EndpointUse.Bind);
        }

        if (!endpoint.IsAbstract)
        {
            IpcFile.MakeWay(endpoint);
        }

        Socket socket = IpcAddresses.CreateSocket(endpoint);
        try
        {
            settings.ApplyBuffers(socket);
            socket.Bind(IpcAddresses.ToAddress(endpoint));
            socket.Listen(settings.Backlog);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            if (folder is not null)
            {
                Directory.Delete(folder, recursive: true);
            }

            throw ZmqException.Of(e.SocketErrorCode, $"Bind to \"{endpoint}\": {e.Message}.", e);
        }

        IpcFile? file = endpoint.IsAbstract ? null : new IpcFile(endpoint.Host, folder);
        return new IpcListener(WithoutFile(socket), file, endpoint.ToString(), reactor, settings, handler);
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

        try
        {
            accepted.Blocking = false;
            _settings.ApplyBuffers(accepted);
        }
        catch (SocketException e)
        {
            // The peer went away between the two calls.
            accepted.Dispose();
            _handler.OnAcceptFailed(e.SocketErrorCode);
            return;
        }

        // The connecting end of a Unix-domain socket has no name of its own.
        _handler.OnAccepted(new SocketStream(accepted, _reactor, Endpoint, Endpoint));
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
        // First the file, so that nobody connects to what does not accept.
        try
        {
            _file?.Remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file stays, refuses those who connect, and gives way to the next who binds.
            _handler.OnCloseFailed(e is UnauthorizedAccessException ? ErrorCode.AccessDenied : ErrorCode.Fault);
        }

        _reactor.Forget(_socket);
        _socket.Dispose();
    }

    /// <summary>
    /// The same socket in an object that does not know its file: the one that bound it deletes the file when it is
    /// disposed, whoever has taken the path over meanwhile.
    /// </summary>
    private static Socket WithoutFile(Socket bound)
    {
        Socket result = new(new SafeSocketHandle(bound.Handle, ownsHandle: true)) { Blocking = false };
        bound.SafeHandle.SetHandleAsInvalid();
        GC.SuppressFinalize(bound);
        return result;
    }
}
