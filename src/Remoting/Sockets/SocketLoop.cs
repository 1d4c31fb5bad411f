using Actors.Zmtp;
using Actors.Zmtp.Io;
using Actors.Zmtp.Sockets;
using Akka.Event;

namespace Actors.Remoting.Sockets;

/// <summary>
/// The one thread on which the sockets of a transport live: an I/O thread of the engine, so that a message changes threads once
/// between an actor and the network. Work that throws is logged, and ends nothing else.
/// </summary>
/// <remarks>See docs/decisions/0013. Nothing here may block: the thread serves all sockets of the process.</remarks>
internal sealed class SocketLoop(ILoggingAdapter log) : IFaultHandler
{
    private readonly Reactor _reactor = ZmqContext.Current.ChooseReactor();
    private volatile bool _stopped;

    /// <summary>From any thread: runs an action soon on the thread of the loop, in the order of the calls. After <see cref="Stop"/> nothing runs.</summary>
    public void Post(Action action)
    {
        if (!_stopped) _reactor.Post(this, action);
    }

    /// <summary>Work that <see cref="Schedule"/> takes again and again, without allocating.</summary>
    public ReactorWork WorkOf(Action action) => new LoopWork(this, action);

    /// <summary>From any thread: runs work soon on the thread of the loop; once, if it is scheduled several times before that.</summary>
    public void Schedule(ReactorWork work)
    {
        if (!_stopped) _reactor.Schedule(work);
    }

    /// <summary>Runs an action on the thread of the loop after a time, unless what is returned is disposed of before.</summary>
    public ITimer After(TimeSpan time, Action action) => TimeProvider.System.CreateTimer(_ => Post(action), null, time, Timeout.InfiniteTimeSpan);

    /// <summary>Hands a socket over to the loop, which calls back as long as it has messages.</summary>
    /// <param name="socket">Belongs to the thread of the loop from now on.</param>
    /// <param name="receive">Receives some messages and returns, so that others have their turn.</param>
    public void Add(ZmqSocket socket, Action receive)
    {
        var reader = new SocketReader(this, socket, receive);
        socket.Core.Mailbox.Attach(reader, null);
        _reactor.Schedule(reader);
    }

    /// <summary>Closes a socket of the loop soon, but not within its own callback.</summary>
    public void Close(ZmqSocket socket) => Post(() =>
    {
        socket.Core.Mailbox.Attach(null, null);
        socket.Dispose();
    });

    /// <summary>Runs nothing more. Sockets stay as they are.</summary>
    public void Stop() => _stopped = true;

    void IFaultHandler.OnFault(Exception fault) => log.Error(fault, "A fault in the transport; what it was about to do was not done.");

    private class LoopWork(SocketLoop loop, Action action) : ReactorWork
    {
        public override void Run() => action();

        public override void OnFault(Exception fault) => ((IFaultHandler)loop).OnFault(fault);
    }

    private sealed class SocketReader(SocketLoop loop, ZmqSocket socket, Action receive) : LoopWork(loop, receive), ISocketWatcher
    {
        private readonly SocketLoop _loop = loop;

        /// <summary>From any thread.</summary>
        public void SocketSignalled() => _loop.Schedule(this);

        public override void Run()
        {
            if (socket.IsDisposed) return;
            try
            {
                base.Run();
            }
            finally
            {
                // Where it says no, the socket signals the next message; a fault must not leave the others unread.
                if (!socket.IsDisposed && socket.HasIn) _loop.Schedule(this);
            }
        }
    }
}
