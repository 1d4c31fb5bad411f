using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system) => CoordinatedShutdown.Create(system);
}

/// <summary>Tasks that run when a system goes down: phase by phase in the order of their dependencies, the tasks of a phase together.</summary>
public sealed class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly ImmutableDictionary<string, ShutdownPhase> _phases;
    private readonly IReadOnlyList<string> _order;
    private readonly Dictionary<string, List<(string Name, Func<Task<Done>> Task)>> _tasks = [];
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<Done> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILoggingAdapter _log;
    private Reason? _reason;

    private CoordinatedShutdown(ExtendedActorSystem system, ImmutableDictionary<string, ShutdownPhase> phases)
    {
        System = system;
        _phases = phases;
        _order = ShutdownPhase.InOrder(phases);
        _log = Logging.GetLogger(system, this);
    }

    public ExtendedActorSystem System { get; }

    /// <summary>Why the system goes down; null as long as it does not.</summary>
    public Reason ShutdownReason => Volatile.Read(ref _reason)!;

    /// <summary>The timeouts of all phases that have tasks, added up.</summary>
    public TimeSpan TotalTimeout
    {
        get
        {
            lock (_gate)
                return _tasks.Keys.Aggregate(TimeSpan.Zero, (sum, phase) => sum + Timeout(phase));
        }
    }

    public static CoordinatedShutdown Get(ActorSystem sys) => sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>Adds a task to a phase. A task of a phase that has begun does not run.</summary>
    /// <exception cref="ConfigurationException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (!_phases.ContainsKey(phase))
        {
            throw new ConfigurationException(
                $"Unknown phase [{phase}], known phases [{string.Join(",", _phases.Keys.Order(StringComparer.Ordinal))}]. All phases (along with their optional dependencies) must be defined in configuration.");
        }

        lock (_gate)
        {
            if (!_tasks.TryGetValue(phase, out var tasks))
                _tasks.Add(phase, tasks = []);
            tasks.Add((taskName, task));
        }
    }

    /// <summary>The time that a phase has.</summary>
    public TimeSpan Timeout(string phase) => _phases.TryGetValue(phase, out var known)
        ? known.Timeout
        : throw new ArgumentException($"Unknown phase [{phase}]. All phases must be defined in configuration.", nameof(phase));

    /// <summary>Runs the phases, once; a second call gets the task of the first.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="fromPhase">The first phase to run; null for all.</param>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        if (fromPhase is not null && !_phases.ContainsKey(fromPhase))
            throw new ArgumentException($"Unknown phase [{fromPhase}]. All phases must be defined in configuration.", nameof(fromPhase));
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
            _ = Task.Run(() => RunPhases(fromPhase));
        return _done.Task;
    }

    internal static CoordinatedShutdown Create(ExtendedActorSystem system)
    {
        var config = system.Settings.Config.GetConfig("akka.coordinated-shutdown") ?? ConfigurationFactory.Empty;
        var shutdown = new CoordinatedShutdown(system, ShutdownPhase.FromConfig(config));
        shutdown.EndWithSystem(config);
        shutdown.EndWithProcess(config);
        return shutdown;
    }

    private async Task RunPhases(string? fromPhase)
    {
        try
        {
            foreach (var phase in fromPhase is null ? _order.AsEnumerable() : _order.SkipWhile(name => name != fromPhase))
                await RunPhase(phase).ConfigureAwait(false);
            _done.TrySetResult(Done.Instance);
        }
        catch (Exception failure)
        {
            _done.TrySetException(failure);
        }
    }

    private async Task RunPhase(string name)
    {
        var phase = _phases[name];
        (string Name, Func<Task<Done>> Task)[] tasks;
        lock (_gate)
            tasks = _tasks.TryGetValue(name, out var known) ? [.. known] : [];
        if (tasks.Length == 0)
            return;
        if (!phase.Enabled)
        {
            _log.Info("Phase [{0}] disabled through configuration, skipping [{1}] tasks", name, tasks.Length);
            return;
        }

        _log.Debug("Performing phase [{0}] with [{1}] tasks: [{2}]", name, tasks.Length, string.Join(",", tasks.Select(static task => task.Name)));
        var running = tasks.Select(task => RunTask(phase, task.Name, task.Task)).ToArray();
        var all = Task.WhenAll(running);
        try
        {
            await all.WaitAsync(phase.Timeout).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!all.IsCompleted)
        {
            // The last phase ends the process or the system itself; that it takes long is no reason to go on without it.
            var late = string.Join(",", tasks.Zip(running).Where(static pair => !pair.Second.IsCompleted).Select(static pair => pair.First.Name));
            if (!phase.Recover)
                throw new TimeoutException($"Coordinated shutdown phase [{name}] timed out after {phase.Timeout}: [{late}]");
            _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}: [{2}]", name, phase.Timeout, late);
        }
    }

    private async Task RunTask(ShutdownPhase phase, string name, Func<Task<Done>> task)
    {
        try
        {
            await task().ConfigureAwait(false);
        }
        catch (Exception failure) when (phase.Recover)
        {
            _log.Warning(failure, "Task [{0}] failed in phase [{1}]: {2}", name, phase.Name, failure.Message);
        }
    }

    private void EndWithSystem(Config config)
    {
        var exit = config.GetBoolean("exit-clr", false);
        if (config.GetBoolean("terminate-actor-system", true))
        {
            AddTask(PhaseActorSystemTerminate, "terminate-system", async () =>
            {
                var system = (Internal.ActorSystemImpl)System;
                system.FinalTerminate();
                await system.WhenTerminated.ConfigureAwait(false);
                if (exit && _reason is not ClrExitReason)
                    _ = Task.Run(static () => Environment.Exit(0));
                return Done.Instance;
            });
        }
        else if (exit)
        {
            AddTask(PhaseActorSystemTerminate, "exit-clr", () =>
            {
                if (_reason is not ClrExitReason)
                    _ = Task.Run(static () => Environment.Exit(0));
                return Task.FromResult(Done.Instance);
            });
        }
    }

    private void EndWithProcess(Config config)
    {
        if (!config.GetBoolean("run-by-clr-shutdown-hook", true))
            return;
        EventHandler hook = (_, _) =>
        {
            // The process waits for its handlers; it must not wait for ever.
            if (!Run(ClrExitReason.Instance).Wait(TotalTimeout))
                _log.Warning("CoordinatedShutdown from process exit timed out after {0}", TotalTimeout);
        };
        AppDomain.CurrentDomain.ProcessExit += hook;
        System.WhenTerminated.ContinueWith(
            _ => AppDomain.CurrentDomain.ProcessExit -= hook, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Why a system goes down. Derive for reasons of your own.</summary>
    public class Reason
    {
        protected Reason()
        {
        }

        public override string ToString() => GetType().Name;
    }

    public class UnknownReason : Reason
    {
        public static readonly Reason Instance = new UnknownReason();

        private UnknownReason()
        {
        }
    }

    public class ActorSystemTerminateReason : Reason
    {
        public static readonly Reason Instance = new ActorSystemTerminateReason();

        private ActorSystemTerminateReason()
        {
        }
    }

    public class ClrExitReason : Reason
    {
        public static readonly Reason Instance = new ClrExitReason();

        private ClrExitReason()
        {
        }
    }
}
