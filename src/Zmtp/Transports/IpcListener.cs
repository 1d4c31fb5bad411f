using System.Net.Sockets;
using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports;

/// <summary>A listening Unix-domain socket.</summary>
internal sealed class IpcListener : SocketListener
{
    private readonly IpcFile? _file;
    private readonly TcpSettings _settings;

    private IpcListener(Socket socket, IpcFile? file, string endpoint, Reactor reactor, TcpSettings settings, IAcceptHandler handler)
        : base(socket, endpoint, reactor, handler)
    {
        _file = file;
        _settings = settings;
    }

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

    protected override SocketStream ToStream(Socket accepted)
    {
        _settings.ApplyBuffers(accepted);
        // The connecting end of a Unix-domain socket has no name of its own.
        return new SocketStream(accepted, Reactor, Endpoint, Endpoint);
    }

    // First the file, so that nobody connects to what does not accept.
    protected override void OnClosing()
    {
        try
        {
            _file?.Remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file stays, refuses those who connect, and gives way to the next who binds.
            Handler.OnCloseFailed(e is UnauthorizedAccessException ? ErrorCode.AccessDenied : ErrorCode.Fault);
        }
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
