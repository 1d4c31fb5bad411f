using Actors.Zmtp;
using Akka.Dispatch;

namespace Actors.Transport;

/// <summary>A <see cref="ZmqPoller"/>, its thread, and the queue by which posted work reaches it.</summary>
internal sealed class ZmtpPollerThread : IEnginePoller
{
    // Posted work takes turns with the sockets: after so many pieces, the sockets are looked at again.
    private const int WorkPerTurn = 32;

    private readonly ZmqQueue<IRunnable> _work = new();
    private readonly ZmqPoller _poller;
    private readonly Action<Exception> _workFailed;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isStopped;

    public ZmtpPollerThread(string name, Action<Exception> workFailed)
    {
        _workFailed = workFailed;
        _work.ReceiveReady += RunWork;
        _poller = [_work];
        _poller.RunAsync(name, isBackgroundThread: true);
    }

    /// <summary>To be used only on its own thread.</summary>
    public ZmqPoller Poller => _poller;

    private bool IsCurrentThread => _poller.CanExecuteTaskInline;

    public void Post(IRunnable work) => _work.Enqueue(work);

    /// <summary>Posts what a socket's monitor saw. From any thread, also after the poller has ended: then nobody is left to tell.</summary>
    public void PostEvent(IRunnable what)
    {
        if (Volatile.Read(ref _isStopped) == 1) return;
        try
        {
            _work.Enqueue(what);
        }
        catch (ObjectDisposedException)
        {
            // The poller has ended meanwhile.
        }
    }

    public IEngineSocket Open(SocketSpec spec, IReadOnlyList<ReadOnlyMemory<byte>> subscriptions, IEngineSocketObserver observer) =>
        ZmtpEngineSocket.Open(spec, subscriptions, this, observer);

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
        while (_work.TryDequeue(out var work, TimeSpan.Zero)) Run(work);
        _work.Dispose();
        _ended.SetResult();
    }

    private void RunWork(object? sender, ZmqQueueEventArgs<IRunnable> work)
    {
        for (var turn = 0; turn < WorkPerTurn && work.Queue.TryDequeue(out var next, TimeSpan.Zero); turn++) Run(next);
    }

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
