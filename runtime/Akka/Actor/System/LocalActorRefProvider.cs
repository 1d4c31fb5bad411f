using System.Collections.Concurrent;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Routing;

namespace Akka.Actor;

/// <summary>Makes and finds references to actors in this process.</summary>
public sealed class LocalActorRefProvider : IActorRefProvider, ILocalEventStream
{
    private readonly TaskCompletionSource<Status> _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, IInternalActorRef> _extraNames = new(StringComparer.Ordinal);
    private readonly ActorPath _tempNode;
    private VirtualPathContainer _tempContainer = null!;
    private RootGuardianActorRef _rootGuardian = null!;
    private LocalActorRef _userGuardian = null!;
    private LocalActorRef _systemGuardian = null!;
    private long _tempNumber = -1;

    public LocalActorRefProvider(string systemName, Settings settings, EventStream eventStream)
        : this(systemName, settings, eventStream, null!, null!)
    {
    }

    public LocalActorRefProvider(
        string systemName,
        Settings settings,
        EventStream eventStream,
        Deployer deployer,
        Func<ActorPath, IInternalActorRef> deadLettersFactory)
    {
        Settings = settings;
        EventStream = eventStream;
        Deployer = deployer ?? new Deployer(settings);
        RootPath = new RootActorPath(new Address("akka", systemName));
        Log = Logging.GetLogger(eventStream, $"LocalActorRefProvider({RootPath.Address})");
        DeadLetters = deadLettersFactory?.Invoke(RootPath / "deadLetters") ?? new DeadLetterActorRef(this, RootPath / "deadLetters", eventStream);
        IgnoreRef = new IgnoreActorRef(this, RootPath / "ignore");
        _tempNode = RootPath / "temp";
    }

    public Settings Settings { get; }

    public EventStream EventStream { get; }

    public Deployer Deployer { get; }

    public ILoggingAdapter Log { get; }

    public ActorPath RootPath { get; }

    public IActorRef DeadLetters { get; }

    public IActorRef IgnoreRef { get; }

    public IInternalActorRef RootGuardian => _rootGuardian;

    public LocalActorRef Guardian => _userGuardian;

    public LocalActorRef SystemGuardian => _systemGuardian;

    public IInternalActorRef TempContainer => _tempContainer;

    public Task TerminationTask => _terminated.Task;

    public Address DefaultAddress => RootPath.Address;

    internal bool IsStarted => _userGuardian is not null;

    public void Init(ActorSystemImpl system)
    {
        var dispatcher = system.Dispatchers.DefaultGlobalDispatcher;
        var guardianDispatcher = system.Dispatchers.HasDispatcher(Akka.Dispatch.Dispatchers.InternalDispatcherId)
            ? system.Dispatchers.Lookup(Akka.Dispatch.Dispatchers.InternalDispatcherId)
            : dispatcher;
        var supervisor = new RootGuardianSupervisor((RootActorPath)RootPath, this, _terminated, Log);
        var mailbox = new UnboundedMailbox();

        // Whatever fails below here has no one left to go on for: it is stopped.
        var stopping = new OneForOneStrategy(failure =>
        {
            Log.Error(failure, "guardian failed, shutting down system");
            return Directive.Stop;
        });
        var rootProps = Props.Create<GuardianActor>().WithSupervisorStrategy(stopping);
        _rootGuardian = new RootGuardianActorRef(
            system, rootProps, guardianDispatcher, mailbox, supervisor, RootPath.WithUid(0), (IInternalActorRef)DeadLetters, _extraNames);
        _tempContainer = new VirtualPathContainer(this, _tempNode, _rootGuardian);
        _rootGuardian.SetTempContainer(_tempContainer);
        _rootGuardian.Start();

        var cell = _rootGuardian.Cell;
        cell.ReserveChild("user");
        var userProps = system.GuardianProps.GetOrElse(Props.Create<GuardianActor>())
            .WithSupervisorStrategy(SupervisorStrategyConfigurator.CreateConfigurator(Settings.SupervisorStrategyClass).Create());
        _userGuardian = new LocalActorRef(system, userProps, guardianDispatcher, mailbox, _rootGuardian, RootPath / "user");
        cell.InitChild(_userGuardian);

        cell.ReserveChild("system");
        var guardian = _userGuardian;
        _systemGuardian = new LocalActorRef(
            system,
            Props.Create(() => new SystemGuardianActor(guardian)).WithSupervisorStrategy(SupervisorStrategy.DefaultStrategy),
            guardianDispatcher,
            mailbox,
            _rootGuardian,
            RootPath / "system");
        cell.InitChild(_systemGuardian);
        _userGuardian.Start();
        _systemGuardian.Start();
        _rootGuardian.Tell(new GuardianActor.WatchForEnd(_systemGuardian), ActorRefs.NoSender);
    }

    /// <summary>Gives a reference a name below the root.</summary>
    public void RegisterExtraName(string name, IInternalActorRef actor) => _extraNames[name] = actor;

    public IActorRef RootGuardianAt(Address address) =>
        address == RootPath.Address ? _rootGuardian : DeadLetters;

    public ActorPath TempPath() => _tempNode / ("$" + ActorCell.Base64Name(Interlocked.Increment(ref _tempNumber)));

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path)
    {
        if (path.Parent != _tempNode)
            throw new InvalidOperationException($"Cannot register {path} among the temporary references: it is not below {_tempNode}");
        _tempContainer.AddChild(path.Name, actorRef);
    }

    public void UnregisterTempActor(ActorPath path) => _tempContainer.RemoveChild(path.Name);

    public FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs)
    {
        var path = TempPath();
        var future = new FutureActorRef<T>(tcs, path, this);
        RegisterTempActor(future, path);
        return future;
    }

    public IInternalActorRef ActorOf(
        ActorSystemImpl system,
        Props props,
        IInternalActorRef supervisor,
        ActorPath path,
        bool systemService,
        Deploy deploy,
        bool lookupDeploy,
        bool async)
    {
        if (lookupDeploy)
            deploy = (Deployer.Lookup(path) ?? deploy)!;
        if (deploy is not null)
            props = props.WithDeploy(deploy);

        if (props.RouterConfig is not NoRouter)
            return RoutedActorRef.Create(system, props, supervisor, path);

        var dispatcher = FindDispatcher(system, props, path);
        var mailboxType = system.Mailboxes.GetMailboxType(props, dispatcher.Configurator.Config);
        return new LocalActorRef(system, props, dispatcher, mailboxType, supervisor, path);
    }

    public IActorRef ResolveActorRef(string path)
    {
        if (ActorPath.TryParse(path, out var actorPath) && actorPath.Address == RootPath.Address)
            return ResolveActorRef(actorPath);
        Log.Debug("Resolve of unknown path [{0}] failed. Invalid format.", path);
        return DeadLetters;
    }

    public IActorRef ResolveActorRef(ActorPath path)
    {
        if (path.Root != RootPath)
        {
            Log.Debug("Resolve of foreign ActorPath [{0}] failed", path);
            return DeadLetters;
        }

        if (path == DeadLetters.Path)
            return DeadLetters;
        if (path == IgnoreRef.Path)
            return IgnoreRef;
        var found = _rootGuardian.GetChild(path.Elements);
        if (found.IsNobody() || (path.Uid != ActorCell.UndefinedUid && path.Uid != found.Path.Uid))
            return new EmptyLocalActorRef(this, path, EventStream);
        return found;
    }

    public Address GetExternalAddressFor(Address address) => address == RootPath.Address ? address : null!;

    private static MessageDispatcher FindDispatcher(ActorSystemImpl system, Props props, ActorPath path)
    {
        if (!system.Dispatchers.HasDispatcher(props.Dispatcher))
            throw new ConfigurationException($"Dispatcher [{props.Dispatcher}] not configured for path {path}");
        try
        {
            return system.Dispatchers.Lookup(props.Dispatcher);
        }
        catch (Exception failure) when (failure is not ConfigurationException)
        {
            throw new ConfigurationException($"Configuration problem while creating {path} with dispatcher [{props.Dispatcher}] and mailbox [{props.Mailbox}]: {failure.Message}", failure);
        }
    }
}
