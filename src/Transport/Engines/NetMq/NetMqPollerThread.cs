using System.Collections.Concurrent;
using Actors.Zmtp;
using Actors.Zmtp.Io;
using Akka.Dispatch;
using NetMQ;

namespace Actors.Transport;

/// <summary>
/// A thread that polls NetMQ sockets, their monitors and its timers, and runs posted work in between.
/// </summary>
/// <remarks>
/// NetMQ has a poller of its own, which sleeps after each event, and which only a message through a NetMQ queue wakes. A round
/// trip would sleep and be woken three times at each end. This loop looks at the sockets and the work directly as long as there
/// is something to do and a short time after, and only then sleeps in <see cref="NetMQSelector"/>. Between two turns of the loop no event
/// of a socket is under way, so that work may close any socket at once.
/// </remarks>
internal sealed class NetMqPollerThread : IEnginePoller
{
    // Posted work takes turns with the sockets: after so many pieces, the sockets are looked at again.
    private const int WorkPerTurn = 32;

    // Monitors are looked at before each sleep; a loop that is busy for long looks at them once in so many turns.
    private const int TurnsPerMonitor = 256;

    // Where the context has been terminated below the poller, nothing can be polled; the work still runs.
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<IRunnable> _work = new();
    private readonly List<NetMqEngineSocket> _sockets = [];
    private readonly List<NetMqTimer> _timers = [];
    private readonly NetMqWakeUp _wakeUp = new();
    private readonly NetMQSelector _selector = new();
    private readonly Action<Exception> _workFailed;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _stopping = new();
    private AdaptiveSpin _spin = new(ZmqContext.SpinTime, TimeProvider.System);
    private NetMQSelector.Item[]? _items;
    private int _isAsleep;

    public NetMqPollerThread(NetMqEngine engine, string name, Action<Exception> workFailed)
    {
        Engine = engine;
        _workFailed = workFailed;
        Monitors = new NetMqMonitors(ItemsChanged);
        _thread = new Thread(Loop) { IsBackground = true, Name = name };
        _thread.Start();
    }

    public NetMqEngine Engine { get; }

    /// <summary>To be used only on the poller's thread.</summary>
    public NetMqMonitors Monitors { get; }

    public void Post(IRunnable work)
    {
        _work.Enqueue(work);
        WakeUp();
    }

    public IEngineSocket Open(SocketSpec spec, IReadOnlyList<ReadOnlyMemory<byte>> subscriptions, IEngineSocketObserver observer) =>
        NetMqEngineSocket.Open(spec, subscriptions, this, observer);

    /// <summary>The socket is polled from now on. On the poller's thread.</summary>
    public void Add(NetMqEngineSocket socket)
    {
        _sockets.Add(socket);
        ItemsChanged();
    }

    public void Remove(NetMqEngineSocket socket)
    {
        _sockets.Remove(socket);
        ItemsChanged();
    }

    /// <summary>A socket, or what is wanted of one, has changed. On the poller's thread.</summary>
    public void ItemsChanged() => _items = null;

    public void Add(NetMqTimer timer) => _timers.Add(timer);

    public void Remove(NetMqTimer timer) => _timers.Remove(timer);

    public Task Stop()
    {
        _stopping.Set();
        WakeUp();
        // Its own thread cannot wait for itself to end.
        if (Thread.CurrentThread != _thread) _ended.Task.Wait();
        return _ended.Task;
    }

    private void WakeUp()
    {
        if (Interlocked.Exchange(ref _isAsleep, 0) == 1) _wakeUp.Signal();
    }

    private void Loop()
    {
        _spin.Begin();
        for (var turn = 0; !_stopping.IsSet; turn++)
        {
            if (turn % TurnsPerMonitor == 0) Guarded(Monitors.Poll);
            if (RunSome() | ServeSockets() | RunTimers())
            {
                _spin.Found();
                _spin.Begin();
            }
            else if (!_spin.GoesOn())
            {
                Sleep();
                _spin.Begin();
            }
        }
        while (!_work.IsEmpty) RunSome();
        _wakeUp.Dispose();
        _ended.SetResult();
    }

    private bool RunSome()
    {
        var ran = false;
        for (var turn = 0; turn < WorkPerTurn && _work.TryDequeue(out var work); turn++)
        {
            Guarded(work.Run);
            ran = true;
        }
        return ran;
    }

    private bool ServeSockets()
    {
        var served = false;
        // A handler may open and close sockets.
        for (var i = 0; i < _sockets.Count; i++) served |= _sockets[i].Serve();
        return served;
    }

    private bool RunTimers()
    {
        var ran = false;
        for (var i = 0; i < _timers.Count; i++)
        {
            if (!_timers[i].IsDue) continue;
            Guarded(_timers[i].Elapse);
            ran = true;
        }
        return ran;
    }

    /// <summary>Sleeps until a socket or a monitor has an event, a timer is due, or work is posted.</summary>
    private void Sleep()
    {
        Interlocked.Exchange(ref _isAsleep, 1);
        if (_work.IsEmpty && !_stopping.IsSet) Select();
        Interlocked.Exchange(ref _isAsleep, 0);
        Guarded(Monitors.Poll);
    }

    private void Select()
    {
        var items = _items ??= [_wakeUp.Item, .. _sockets.Select(socket => socket.Item), .. Monitors.Items];
        try
        {
            _selector.Select(items, items.Length, UntilNextTimer());
            if (items[0].ResultEvent != NetMQ.PollEvents.None) _wakeUp.Reset();
        }
        catch (Exception fault)
        {
            _workFailed(fault);
            _stopping.Wait(PauseAfterFault);
        }
    }

    /// <summary>Milliseconds; -1 when no timer runs.</summary>
    private long UntilNextTimer()
    {
        long next = -1;
        foreach (var timer in _timers)
            if (timer.UntilDue is { } wait && (next < 0 || wait < next)) next = wait;
        return next;
    }

    private void Guarded(Action run)
    {
        try
        {
            run();
        }
        catch (Exception failure)
        {
            _workFailed(failure);
        }
    }
}
