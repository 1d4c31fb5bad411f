using System.Net.Sockets;
using Actors.Zmtp.Io;

namespace Actors.Zmtp.Polling;

/// <summary>A socket of the system in a poller: an I/O thread sees when it can be read, once, and the poller calls back and asks again.</summary>
internal sealed class RawSocketWatch(Socket socket, Action<Socket> callback, ZmqPoller poller) : IReadyHandler
{
    private readonly Reactor _reactor = ZmqContext.Current.ChooseReactor();
    private volatile bool _stopped;

    public void Start() => _reactor.Post(this, () =>
    {
        if (!_stopped)
        {
            _reactor.Watch(socket, this, Ready.Read);
        }
    });

    public void Stop()
    {
        _stopped = true;
        // The caller may close the socket next.
        _reactor.Invoke(() => _reactor.Forget(socket));
    }

    /// <summary>The poller's thread is where the owner of the socket listens.</summary>
    public void OnFault(Exception fault) => poller.Do(() => System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault));

    public void OnReady(Ready ready)
    {
        _reactor.Forget(socket);
        poller.Do(() =>
        {
            if (!_stopped)
            {
                callback(socket);
                Start();
            }
        });
    }
}
