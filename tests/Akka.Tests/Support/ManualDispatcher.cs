using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Tests;

/// <summary>A dispatcher whose mailboxes run on the test's thread when the test says so.</summary>
public sealed class ManualDispatcher(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
{
    private readonly ConcurrentQueue<IRunnable> _work = new();
    private volatile bool _released;

    /// <summary>Runs what waits, and what that adds.</summary>
    public void RunAll()
    {
        while (_work.TryDequeue(out var run))
            run.Run();
    }

    /// <summary>From now on the thread pool runs the mailboxes, so that the system can end.</summary>
    public void Release()
    {
        _released = true;
        RunAll();
    }

    protected override void ExecuteTask(IRunnable run)
    {
        if (_released)
            ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
        else
            _work.Enqueue(run);
    }

    protected override void Shutdown()
    {
    }
}

public sealed class ManualDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly ManualDispatcher _dispatcher;

    public ManualDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _dispatcher = new ManualDispatcher(this);

    public override MessageDispatcher Dispatcher() => _dispatcher;
}
