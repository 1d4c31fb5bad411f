using Akka.Configuration;
using Akka.Dispatch;
using Actors.Zmtp;

namespace Actors.Transport;

/// <summary>Makes the <see cref="PollerDispatcher"/>; named by <c>type</c> in a dispatcher's configuration.</summary>
public sealed class PollerDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly PollerDispatcher _dispatcher;

    /// <param name="config">The dispatcher's section: <c>id</c>, <c>throughput</c>, <c>shutdown-timeout</c>.</param>
    /// <param name="prerequisites">The system's own.</param>
    public PollerDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites)
    {
        _dispatcher = new PollerDispatcher(
            this,
            config.GetString("id", "poller-dispatcher")!,
            config.GetInt("throughput", 64),
            config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1)));
    }

    /// <summary>The one dispatcher of this configurator: one thread.</summary>
    public override MessageDispatcher Dispatcher() => _dispatcher;
}

/// <summary>
/// Runs the mailboxes of its actors on the thread of a <see cref="ZmqPoller"/>, so that these actors, and no one
/// else, may use the sockets on that poller, without locks.
/// </summary>
/// <remarks>
/// Work may be handed over from any thread; it runs in the order of arrival, in between the events of the sockets.
/// The thread starts with the first work and ends some time after the last actor has stopped.
/// See docs/decisions/0002-poller-dispatcher.md.
/// </remarks>
public sealed class PollerDispatcher : MessageDispatcher
{
    private readonly Lock _lock = new();
    private PollerThread? _thread;

    internal PollerDispatcher(MessageDispatcherConfigurator configurator, string id, int throughput, TimeSpan shutdownTimeout)
        : base(configurator)
    {
        Id = id;
        Throughput = throughput;
        ShutdownTimeout = shutdownTimeout;
    }

    /// <summary>The poller, to be used only by the actors that run on it.</summary>
    internal ZmqPoller Poller => Running().Poller;

    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run)
    {
        // Without the lock on the common path: the field changes only when the dispatcher starts or has shut down.
        (Volatile.Read(ref _thread) ?? Running()).Enqueue(run);
    }

    /// <inheritdoc/>
    protected override void Shutdown() => Close();

    /// <summary>Ends the thread when it has run what it was given; a later actor starts another.</summary>
    internal void Close()
    {
        PollerThread? ended;
        lock (_lock)
        {
            ended = _thread;
            _thread = null;
        }
        ended?.Stop();
    }

    private PollerThread Running()
    {
        lock (_lock) return _thread ??= new PollerThread(Id, ReportFailure);
    }

    /// <summary>A poller, its thread, and the queue through which mailboxes reach it.</summary>
    private sealed class PollerThread
    {
        // Mailboxes run in turns with the sockets: after so many, the sockets are looked at again.
        private const int RunsPerTurn = 32;

        private readonly ZmqQueue<IRunnable> _work = new();
        private readonly Action<Exception> _reportFailure;

        public PollerThread(string name, Action<Exception> reportFailure)
        {
            _reportFailure = reportFailure;
            _work.ReceiveReady += RunMailboxes;
            Poller = [_work];
            Poller.RunAsync(name, isBackgroundThread: true);
        }

        public ZmqPoller Poller { get; }

        public void Enqueue(IRunnable run) => _work.Enqueue(run);

        public void Stop()
        {
            if (Poller.CanExecuteTaskInline)
            {
                // On the poller's own thread, which cannot wait for itself to end.
                Poller.StopAsync();
                return;
            }
            Poller.Dispose();
            while (_work.TryDequeue(out var run, TimeSpan.Zero)) Run(run);
            _work.Dispose();
        }

        private void RunMailboxes(object? sender, ZmqQueueEventArgs<IRunnable> work)
        {
            for (var turn = 0; turn < RunsPerTurn && work.Queue.TryDequeue(out var run, TimeSpan.Zero); turn++) Run(run);
        }

        private void Run(IRunnable run)
        {
            try
            {
                run.Run();
            }
            catch (Exception failure)
            {
                _reportFailure(failure);
            }
        }
    }
}
