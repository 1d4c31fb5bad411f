using System.Collections.Concurrent;
using System.Text;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor.Internal;

/// <summary>The one implementation of an actor system.</summary>
public class ActorSystemImpl : ExtendedActorSystem
{
    private readonly string _name;
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly TerminationCallbacks _terminationCallbacks = new();
    private readonly LocalActorRefProvider _provider;
    private readonly Mailboxes _mailboxes;
    private readonly Akka.Dispatch.Dispatchers _dispatchers;
    private readonly IScheduler _scheduler;
    private readonly EventStream _eventStream;
    private readonly ILoggingAdapter _log;
    private readonly ActorProducerPipelineResolver _pipelines;
    private readonly TaskCompletionSource _whenTerminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _terminating;

    public ActorSystemImpl(string name)
        : this(name, ConfigurationFactory.Load(), ActorSystemSetup.Empty, null)
    {
    }

    public ActorSystemImpl(string name, Config config, ActorSystemSetup setup, Option<Props>? guardianProps = null)
    {
        CheckName(name);
        ArgumentNullException.ThrowIfNull(config);
        _name = name;
        GuardianProps = guardianProps ?? Option<Props>.None;
        Settings = new Settings(this, config, setup);
        _eventStream = new EventStream(Settings.DebugEventStream);
        _eventStream.StartStdoutLogger(Settings);
        _log = new BusLogging(_eventStream, $"ActorSystem({name})", GetType(), Settings.LogFormatter);
        _scheduler = CreateScheduler();
        _pipelines = new ActorProducerPipelineResolver(() => _log);
        try
        {
            _provider = new LocalActorRefProvider(name, Settings, _eventStream);
            _mailboxes = new Mailboxes(this);
            _dispatchers = new Akka.Dispatch.Dispatchers(
                this, new DefaultDispatcherPrerequisites(_eventStream, _scheduler, Settings, _mailboxes), _log);
        }
        catch
        {
            (_scheduler as IDisposable)?.Dispose();
            throw;
        }
    }

    public override Settings Settings { get; }

    public override string Name => _name;

    public override IActorRefProvider Provider => _provider;

    public override Akka.Dispatch.Dispatchers Dispatchers => _dispatchers;

    public override Mailboxes Mailboxes => _mailboxes;

    public override IScheduler Scheduler => _scheduler;

    public override EventStream EventStream => _eventStream;

    public override IActorRef DeadLetters => _provider.DeadLetters;

    public override IActorRef IgnoreRef => _provider.IgnoreRef;

    public override ILoggingAdapter Log => _log;

    public override Task WhenTerminated => _whenTerminated.Task;

    public override IInternalActorRef Guardian => _provider.Guardian;

    public override IInternalActorRef SystemGuardian => _provider.SystemGuardian;

    public override IInternalActorRef LookupRoot => _provider.RootGuardian;

    public override ActorProducerPipelineResolver ActorPipelineResolver => _pipelines;

    public Option<Props> GuardianProps { get; }

    /// <summary>Starts guardians, loggers and extensions. When one of them fails, all that was started is stopped again.</summary>
    public void Start()
    {
        try
        {
            _provider.Init(this);
            _provider.TerminationTask.ContinueWith(
                _ => EndSystem(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            _eventStream.StartUnsubscriber(this);
            _eventStream.StartDefaultLoggers(this);
            if (Settings.LogDeadLetters > 0)
                _eventStream.StartDeadLetterListener(this);
            if (Settings.LogConfigOnStart)
                _log.Info(Settings.ToString());
            // Made now, so that the phases of the configuration are checked at the start.
            CoordinatedShutdown.Get(this);
            LoadExtensions();
        }
        catch
        {
            Abort();
            throw;
        }
    }

    public override IActorRef ActorOf(Props props, string? name = null)
    {
        if (GuardianProps.HasValue)
            throw new InvalidOperationException("cannot create top-level actor from the outside on ActorSystem with custom user guardian");
        return _provider.Guardian.Cell.AttachChild(props, false, name);
    }

    public override IActorRef SystemActorOf(Props props, string? name = null) =>
        _provider.SystemGuardian.Cell.AttachChild(props, true, name);

    public override IActorRef SystemActorOf<TActor>(string? name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this);

    public override ActorSelection ActorSelection(string actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this, _provider.RootGuardian);

    public override void Stop(IActorRef actor)
    {
        var parent = actor.Path.Parent;
        if (parent == _provider.Guardian.Path)
            _provider.Guardian.Tell(new Akka.Dispatch.SysMsg.StopChild(actor), ActorRefs.NoSender);
        else if (parent == _provider.SystemGuardian.Path)
            _provider.SystemGuardian.Tell(new Akka.Dispatch.SysMsg.StopChild(actor), ActorRefs.NoSender);
        else
            ((IInternalActorRef)actor).Stop();
    }

    public override void RegisterOnTermination(Action code)
    {
        ArgumentNullException.ThrowIfNull(code);
        _terminationCallbacks.Add(code);
    }

    public override Task Terminate()
    {
        if (Settings.CoordinatedShutdownRunByActorSystemTerminate && TryGetExtension<CoordinatedShutdown>(out var shutdown))
            _ = TerminateByPhases(shutdown);
        else
            FinalTerminate();
        return WhenTerminated;
    }

    public override void Abort() => FinalTerminate();

    public override object RegisterExtension(IExtensionId extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        var made = _extensions.GetOrAdd(extension.ExtensionType, _ => new Lazy<object>(
            () => extension.CreateExtension(this) ?? throw new InvalidOperationException($"Extension [{extension.ExtensionType}] was created as null")));
        try
        {
            return made.Value;
        }
        catch
        {
            // The next to ask tries again.
            _extensions.TryRemove(KeyValuePair.Create(extension.ExtensionType, made));
            throw;
        }
    }

    public override object GetExtension(IExtensionId extensionId) =>
        TryGetExtension(extensionId.ExtensionType, out var extension) ? extension : null!;

    public override T GetExtension<T>() => TryGetExtension<T>(out var extension) ? extension : null!;

    public override bool HasExtension(Type type) => typeof(IExtension).IsAssignableFrom(type) && _extensions.ContainsKey(type);

    public override bool HasExtension<T>() => _extensions.ContainsKey(typeof(T));

    public override bool TryGetExtension(Type extensionType, out object extension)
    {
        if (_extensions.TryGetValue(extensionType, out var lazy))
        {
            extension = lazy.Value;
            return true;
        }

        extension = null!;
        return false;
    }

    public override bool TryGetExtension<T>(out T extension)
    {
        var found = TryGetExtension(typeof(T), out var untyped);
        extension = (T)untyped;
        return found;
    }

    public override string PrintTree()
    {
        var text = new StringBuilder();
        PrintNode(_provider.RootGuardian, "", text);
        return text.ToString();
    }

    public override string ToString() => $"{_provider.RootPath.Address}";

    /// <summary>Stops the actors; the phases of a coordinated shutdown are over, or not wanted.</summary>
    internal void FinalTerminate()
    {
        if (Interlocked.Exchange(ref _terminating, 1) != 0)
            return;
        _log.Debug("System shutdown initiated");
        if (!Settings.LogDeadLettersDuringShutdown)
            _eventStream.StopDeadLetterListener(this);
        if (_provider.IsStarted)
            _provider.Guardian.Stop();
        else
            EndSystem();
    }

    private async Task TerminateByPhases(CoordinatedShutdown shutdown)
    {
        try
        {
            await shutdown.Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // A phase that may not fail has failed; whoever called Terminate still gets the end.
            _log.Error(failure, "The coordinated shutdown failed; the system terminates without its remaining phases");
            FinalTerminate();
        }
    }

    private static void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var valid = name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) &&
                    name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        if (!valid)
        {
            throw new ArgumentException(
                $"invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-' or '_')", nameof(name));
        }
    }

    private static void PrintNode(IActorRef node, string indent, StringBuilder text)
    {
        if (node is not ActorRefWithCell withCell)
        {
            text.Append(indent).Append(node.Path.Name).Append(' ').Append(node.GetType().Name).AppendLine();
            return;
        }

        var cell = withCell.Underlying;
        var actor = (cell as ActorCell)?.Actor;
        text.Append(indent.Length == 0 ? "-> " : indent + "-> ").Append(node.Path.Name).Append(' ')
            .Append(withCell.GetType().Name).Append(' ')
            .Append(actor?.GetType().FullName ?? "null").Append(" messages=").Append(cell.NumberOfMessages).AppendLine();
        foreach (var child in withCell.Children.OrderBy(static child => child.Path.Name, StringComparer.Ordinal))
            PrintNode(child, indent + "   ", text);
    }

    private IScheduler CreateScheduler()
    {
        var type = Type.GetType(Settings.SchedulerClass) ?? throw new ConfigurationException(
            $"akka.scheduler.implementation [{Settings.SchedulerClass}] is not a type that can be found");
        if (!typeof(IScheduler).IsAssignableFrom(type))
            throw new ConfigurationException($"akka.scheduler.implementation [{Settings.SchedulerClass}] is not an IScheduler");
        if (type.GetConstructor([typeof(Config), typeof(ILoggingAdapter)]) is not { } constructor)
            throw new ConfigurationException($"akka.scheduler.implementation [{Settings.SchedulerClass}] has no public constructor (Config, ILoggingAdapter)");
        return (IScheduler)constructor.Invoke([Settings.Config, _log]);
    }

    private void LoadExtensions()
    {
        foreach (var name in Settings.Config.GetStringList("akka.extensions", []))
        {
            var type = Type.GetType(name);
            if (type is null || !typeof(IExtensionId).IsAssignableFrom(type))
            {
                _log.Error("[{0}] of akka.extensions is not an IExtensionId that can be found; it is skipped", name);
                continue;
            }

            try
            {
                RegisterExtension((IExtensionId)Activator.CreateInstance(type)!);
            }
            catch (Exception failure)
            {
                _log.Error(failure, "While trying to load extension [{0}], skipping...", name);
            }
        }
    }

    /// <summary>Runs after the last actor has stopped.</summary>
    private void EndSystem()
    {
        var failures = _terminationCallbacks.Run();
        foreach (var failure in failures)
            _log.Error(failure, "A callback of RegisterOnTermination failed: {0}", failure.Message);
        try
        {
            (_scheduler as IDisposable)?.Dispose();
            _mailboxes?.ShutdownDispatchers();
            foreach (var extension in _extensions.Values)
            {
                if (extension.IsValueCreated && extension.Value is IDisposable disposable)
                    disposable.Dispose();
            }
        }
        catch (Exception failure)
        {
            _log.Error(failure, "The end of the system failed: {0}", failure.Message);
        }
        finally
        {
            _whenTerminated.TrySetResult();
        }
    }
}
