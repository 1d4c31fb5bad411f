using System.Collections.Concurrent;
using Actors.Zmtp;
using Actors.Zmtp.Io;
using Akka.Dispatch;
using NetMQ;

namespace Actors.Transport;

/// <summary>A <see cref="NetMQPoller"/>, its thread, and the queue by which posted work reaches it.</summary>
internal sealed class NetMqPollerThread : IEnginePoller
{
    // Posted work takes turns with the sockets: after so many pieces, the sockets are looked at again.
    private const int WorkPerTurn = 32;

    // Looking again takes turns with NetMQ's own polling, which serves timers, monitors and sockets that wait to send.
    private const int FindsPerTurn = 64;

    private readonly List<NetMqEngineSocket> _sockets = [];
    private readonly ConcurrentQueue<IRunnable> _work = new();
    private readonly NetMQQueue<bool> _wake = new();
    private readonly NetMQPoller _poller;
    private readonly Action<Exception> _workFailed;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AdaptiveSpin _spin = new(ZmqContext.SpinTime, TimeProvider.System);
    private int _isWoken;
    private int _isStopped;

    public NetMqPollerThread(NetMqEngine engine, string name, Action<Exception> workFailed)
    {
        Engine = engine;
        _workFailed = workFailed;
        _wake.ReceiveReady += (_, _) => OnWoken();
        _poller = [_wake];
        _poller.RunAsync(name, isBackgroundThread: true);
    }

    public NetMqEngine Engine { get; }

    /// <summary>To be used only on its own thread.</summary>
    public NetMQPoller Poller => _poller;

    private bool IsCurrentThread => _poller.CanExecuteTaskInline;

    public void Post(IRunnable work)
    {
        _work.Enqueue(work);
        Wake();
    }

    public IEngineSocket Open(SocketSpec spec, IReadOnlyList<ReadOnlyMemory<byte>> subscriptions, IEngineSocketObserver observer) =>
        NetMqEngineSocket.Open(spec, subscriptions, this, observer);

    public Task Stop()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 0)
        {
            // The poller's thread cannot wait for itself to end. Sockets that stayed open would keep the engine from ending.
            if (IsCurrentThread) ThreadPool.QueueUserWorkItem(_ => End());
            else End();
        }
        return _ended.Task;
    }

    private void End()
    {
        _poller.Dispose();
        while (_work.TryDequeue(out var work)) Run(work);
        _wake.Dispose();
        _ended.SetResult();
    }

    /// <summary>Signals the poller once for all work that waits: a signal costs a message through a pair of sockets.</summary>
    private void Wake()
    {
        if (Interlocked.Exchange(ref _isWoken, 1) == 0) _wake.Enqueue(true);
    }

    private void OnWoken()
    {
        while (_wake.TryDequeue(out _, TimeSpan.Zero))
        {
        }
        Volatile.Write(ref _isWoken, 0);
        RunSome();
        LookAgain();
        if (!_work.IsEmpty) Wake();
    }

    private bool RunSome()
    {
        var ran = false;
        for (var turn = 0; turn < WorkPerTurn && _work.TryDequeue(out var work); turn++)
        {
            Run(work);
            ran = true;
        }
        return ran;
    }

    /// <summary>
    /// Looks for more work and for messages for a short time before the thread sleeps in NetMQ: to be woken there costs a message
    /// through a pair of sockets and a system call at either side.
    /// </summary>
    /// <remarks>
    /// Only when work was posted, never inside the event of a socket: the work that is found may close that socket.
    /// </remarks>
    private void LookAgain()
    {
        // Posted work need not signal a thread that looks for it.
        Interlocked.Exchange(ref _isWoken, 1);
        var finds = 0;
        _spin.Begin();
        do
        {
            while (RunSome() | ReadSome())
            {
                _spin.Found();
                if (++finds == FindsPerTurn) break;
                _spin.Begin();
            }
        }
        while (finds < FindsPerTurn && _spin.GoesOn());
        Interlocked.Exchange(ref _isWoken, 0);
    }

    private bool ReadSome()
    {
        var read = false;
        // A handler may open and close sockets.
        for (var i = 0; i < _sockets.Count; i++) read |= _sockets[i].ReadNow();
        return read;
    }

    /// <summary>The socket is looked at before the thread sleeps, as long as it is open.</summary>
    public void Opened(NetMqEngineSocket socket) => _sockets.Add(socket);

    public void Closed(NetMqEngineSocket socket) => _sockets.Remove(socket);

    private void Run(IRunnable work)
    {
        try
        {
            work.Run();
        }
        catch (Exception failure)
        {
            _workFailed(failure);
        }
    }
}
