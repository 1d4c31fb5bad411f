using System.Net.Sockets;
using Actors.Zmtp.Io;

namespace Actors.Zmtp.Transports;

/// <summary>A listening socket of the system: accepts one connection whenever the I/O thread says that one waits.</summary>
/// <param name="socket">Listens, and does not block.</param>
/// <param name="endpoint">With its real address and port.</param>
/// <param name="reactor">The I/O thread.</param>
/// <param name="handler">Is told.</param>
internal abstract class SocketListener(Socket socket, string endpoint, Reactor reactor, IAcceptHandler handler) : IListener, IReadyHandler
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private ReactorTimer? _pause;

    public string Endpoint => endpoint;

    protected Reactor Reactor => reactor;

    protected IAcceptHandler Handler => handler;

    public void Start() => reactor.Watch(socket, this, Ready.Read);

    public void OnReady(Ready ready)
    {
        Socket accepted;
        try
        {
            accepted = socket.Accept();
        }
        catch (SocketException e)
        {
            if (e.SocketErrorCode is not (SocketError.WouldBlock or SocketError.TryAgain))
            {
                handler.OnAcceptFailed(e.SocketErrorCode);
                Pause();
            }

            return;
        }

        SocketStream stream;
        try
        {
            accepted.Blocking = false;
            stream = ToStream(accepted);
        }
        catch (SocketException e)
        {
            // The peer went away between the two calls.
            accepted.Dispose();
            handler.OnAcceptFailed(e.SocketErrorCode);
            return;
        }

        handler.OnAccepted(stream);
    }

    public void OnFault(Exception fault)
    {
        handler.OnFault(fault);
        Pause();
    }

    public void Close()
    {
        _pause?.Cancel();
        OnClosing();
        reactor.Forget(socket);
        OnForgotten(socket);
        socket.Dispose();
    }

    /// <summary>Sets the options of an accepted socket.</summary>
    protected abstract SocketStream ToStream(Socket accepted);

    /// <summary>Before the socket listens no more.</summary>
    protected virtual void OnClosing()
    {
    }

    /// <summary>When the I/O thread watches the socket no more, before it is closed.</summary>
    protected virtual void OnForgotten(Socket listening)
    {
    }

    /// <summary>Without descriptors the system tells of the same peer again and again: it waits a little.</summary>
    private void Pause()
    {
        reactor.Forget(socket);
        _pause = reactor.StartTimer(s_pause, this, Start);
    }
}
