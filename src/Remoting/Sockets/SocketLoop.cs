using Actors.Zmtp;
using Akka.Event;

namespace Actors.Remoting.Sockets;

/// <summary>Work for the thread of a <see cref="SocketLoop"/>.</summary>
internal interface ILoopWork
{
    void Run();
}

/// <summary>The one thread on which the sockets of a transport live. Work that throws is logged, and ends nothing else.</summary>
internal sealed class SocketLoop : IDisposable
{
    // Posted work takes turns with the sockets: after so many pieces, the sockets are looked at again.
    private const int WorkPerTurn = 32;

    private readonly ZmqQueue<ILoopWork> _work = new();
    private readonly ZmqPoller _poller;
    private readonly ILoggingAdapter _log;
    private volatile bool _stopped;

    public SocketLoop(string name, ILoggingAdapter log)
    {
        _log = log;
        _work.ReceiveReady += (_, ready) =>
        {
            for (var turn = 0; turn < WorkPerTurn && ready.Queue.TryDequeue(out var next, TimeSpan.Zero); turn++) Guarded(next.Run);
        };
        _poller = [_work];
        _poller.RunAsync(name);
    }

    /// <summary>From any thread: runs work soon on the thread of the loop, in the order of the calls. After the end of the loop nothing runs.</summary>
    public void Post(ILoopWork work)
    {
        if (_stopped) return;
        try
        {
            _work.Enqueue(work);
        }
        catch (ObjectDisposedException)
        {
            // The loop has ended meanwhile.
        }
    }

    /// <inheritdoc cref="Post(ILoopWork)"/>
    public void Post(Action action) => Post(new ActionWork(action));

    /// <summary>Runs an action on the thread of the loop after a time, unless what is returned is disposed of before.</summary>
    public ITimer After(TimeSpan time, Action action) => TimeProvider.System.CreateTimer(_ => Post(action), null, time, Timeout.InfiniteTimeSpan);

    /// <summary>Hands a socket over to the loop, which calls back as long as it has messages.</summary>
    public void Add(ZmqSocket socket, Action receive)
    {
        socket.ReceiveReady += (_, _) => Guarded(receive);
        _poller.Add(socket);
    }

    /// <summary>Closes a socket of the loop, but not within its own callback.</summary>
    public void Close(ZmqSocket socket) => Post(() =>
    {
        _poller.Remove(socket);
        socket.Dispose();
    });

    /// <summary>Ends the thread, and waits for that unless it is the caller's. Sockets stay as they are.</summary>
    public void Dispose()
    {
        _stopped = true;
        _poller.Dispose();
        _work.Dispose();
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault)
        {
            _log.Error(fault, "A fault in the transport; what it was about to do was not done.");
        }
    }

    private sealed class ActionWork(Action action) : ILoopWork
    {
        public void Run() => action();
    }
}
