using System.Collections.Concurrent;
using System.Globalization;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>A fixed number of threads of its own, first in, first out.</summary>
internal sealed class DedicatedThreadExecutor : ExecutorService
{
    private readonly BlockingCollection<IRunnable> _work = new(new ConcurrentQueue<IRunnable>());
    private readonly EventStream _eventStream;

    public DedicatedThreadExecutor(string id, int threads, bool background, EventStream eventStream)
        : base(id)
    {
        _eventStream = eventStream;
        for (var i = 0; i < threads; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{id}_{i + 1}");
            new Thread(Work) { Name = name, IsBackground = background }.Start();
        }
    }

    public override void Execute(IRunnable run)
    {
        try
        {
            _work.Add(run);
        }
        catch (InvalidOperationException closed)
        {
            throw new RejectedExecutionException($"The threads of dispatcher [{Id}] are shut down", closed);
        }
    }

    public override void Shutdown() => _work.CompleteAdding();

    private void Work()
    {
        foreach (var run in _work.GetConsumingEnumerable())
        {
            try
            {
                run.Run();
            }
            catch (Exception failure)
            {
                // A thread outlives what runs on it; a mailbox reports its own failures, so this is scheduled work.
                _eventStream.Publish(new Error(failure, Id, typeof(DedicatedThreadExecutor), $"Work on dispatcher [{Id}] failed: {failure.Message}"));
            }
        }
    }
}

/// <summary>Keys below <c>dedicated-thread-pool</c>: <c>thread-count</c>, and <c>threadtype</c>, background or foreground.</summary>
internal sealed class ForkJoinExecutorConfigurator : ExecutorServiceConfigurator
{
    private readonly int _threads;
    private readonly bool _background;

    public ForkJoinExecutorConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites)
    {
        var pool = config.GetConfig("dedicated-thread-pool");
        if (pool is null || pool.IsEmpty)
            throw new ConfigurationException($"Dispatcher [{config.GetString("id", "?")}] uses dedicated threads and lacks the section dedicated-thread-pool");
        _threads = pool.GetInt("thread-count", 0);
        if (_threads <= 0)
            throw new ConfigurationException($"dedicated-thread-pool.thread-count of dispatcher [{config.GetString("id", "?")}] must be above 0, and is {_threads}");
        _background = !string.Equals(pool.GetString("threadtype", "background"), "foreground", StringComparison.OrdinalIgnoreCase);
    }

    public override ExecutorService Produce(string id) =>
        new DedicatedThreadExecutor(id, _threads, _background, Prerequisites.EventStream);
}

internal sealed class SingleThreadExecutorConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : ExecutorServiceConfigurator(config, prerequisites)
{
    public override ExecutorService Produce(string id) =>
        new DedicatedThreadExecutor(id, 1, background: true, Prerequisites.EventStream);
}
