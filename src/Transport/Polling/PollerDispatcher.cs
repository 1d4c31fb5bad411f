using Akka.Configuration;
using Akka.Dispatch;

namespace Actors.Transport;

/// <summary>Makes the <see cref="PollerDispatcher"/> of one poller.</summary>
internal sealed class PollerDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly PollerDispatcher _dispatcher;

    /// <param name="config">The dispatcher's section: <c>id</c>, <c>throughput</c>, <c>shutdown-timeout</c>.</param>
    /// <param name="prerequisites">The system's own.</param>
    /// <param name="engine">What makes the poller.</param>
    public PollerDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites, IEngine engine)
        : base(config, prerequisites)
    {
        _dispatcher = new PollerDispatcher(
            this,
            engine,
            config.GetString("id", "poller-dispatcher")!,
            config.GetInt("throughput", 64),
            config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1)));
    }

    /// <summary>The one dispatcher of this configurator: one thread.</summary>
    public override MessageDispatcher Dispatcher() => _dispatcher;
}

/// <summary>
/// Runs the mailboxes of its actors on the thread of an engine's poller, so that these actors, and no one else, may use
/// the sockets on that poller, without locks.
/// </summary>
/// <remarks>
/// Work may be handed over from any thread; it runs in the order of arrival, in between the events of the sockets.
/// The thread starts with the first work and ends some time after the last actor has stopped.
/// See docs/decisions/0002-poller-dispatcher.md.
/// </remarks>
internal sealed class PollerDispatcher : MessageDispatcher
{
    private readonly IEngine _engine;
    private readonly Lock _lock = new();
    private IEnginePoller? _poller;

    internal PollerDispatcher(MessageDispatcherConfigurator configurator, IEngine engine, string id, int throughput, TimeSpan shutdownTimeout)
        : base(configurator)
    {
        _engine = engine;
        Id = id;
        Throughput = throughput;
        ShutdownTimeout = shutdownTimeout;
    }

    /// <summary>The poller, to be used only by the actors that run on it.</summary>
    internal IEnginePoller Poller => Running();

    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run)
    {
        // Without the lock on the common path: the field changes only when the dispatcher starts or has shut down.
        (Volatile.Read(ref _poller) ?? Running()).Post(run);
    }

    /// <inheritdoc/>
    protected override void Shutdown() => Close();

    /// <summary>Ends the thread when it has run what it was given; a later actor starts another.</summary>
    internal void Close()
    {
        IEnginePoller? ended;
        lock (_lock)
        {
            ended = _poller;
            _poller = null;
        }
        ended?.Stop();
    }

    private IEnginePoller Running()
    {
        lock (_lock) return _poller ??= _engine.StartPoller(Id, ReportFailure);
    }
}
