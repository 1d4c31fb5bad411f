using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A tree of actors with its dispatchers, scheduler, event stream and extensions. Made by <see cref="Create(string)"/>, ended by <see cref="Terminate"/>.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private readonly long _started = global::System.Diagnostics.Stopwatch.GetTimestamp();

    public abstract Settings Settings { get; }

    public abstract string Name { get; }

    public abstract Akka.Dispatch.Dispatchers Dispatchers { get; }

    public abstract Mailboxes Mailboxes { get; }

    public abstract IScheduler Scheduler { get; }

    public abstract EventStream EventStream { get; }

    public abstract IActorRef DeadLetters { get; }

    /// <summary>Swallows what it is told, without a dead letter.</summary>
    public abstract IActorRef IgnoreRef { get; }

    public abstract ILoggingAdapter Log { get; }

    /// <summary>Ends when the system has ended.</summary>
    public abstract Task WhenTerminated { get; }

    /// <summary>The time of the start, on a clock that only goes forward.</summary>
    public TimeSpan StartTime => global::System.Diagnostics.Stopwatch.GetElapsedTime(0, _started);

    public TimeSpan Uptime => global::System.Diagnostics.Stopwatch.GetElapsedTime(_started);

    public static ActorSystem Create(string name) => Start(name, ConfigurationFactory.Load(), ActorSystemSetup.Empty);

    public static ActorSystem Create(string name, Config config) => Start(name, config, ActorSystemSetup.Empty);

    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    public static ActorSystem Create(string name, ActorSystemSetup setup)
    {
        var bootstrap = setup.Get<BootstrapSetup>();
        var config = bootstrap.HasValue && bootstrap.Value.Config.HasValue ? bootstrap.Value.Config.Value : ConfigurationFactory.Load();
        return Start(name, config, setup);
    }

    /// <exception cref="InvalidActorNameException">The name is not allowed, or taken.</exception>
    public abstract IActorRef ActorOf(Props props, string? name = null);

    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    public abstract ActorSelection ActorSelection(string actorPath);

    public abstract void Stop(IActorRef actor);

    /// <summary>Runs code when the system has ended; the code registered last runs first.</summary>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Stops all actors, then the system. The task ends when that is done.</summary>
    public abstract Task Terminate();

    public abstract object RegisterExtension(IExtensionId extension);

    public abstract object GetExtension(IExtensionId extensionId);

    public abstract T GetExtension<T>()
        where T : class, IExtension;

    public abstract bool HasExtension(Type type);

    public abstract bool HasExtension<T>()
        where T : class, IExtension;

    public abstract bool TryGetExtension(Type extensionType, out object extension);

    public abstract bool TryGetExtension<T>(out T extension)
        where T : class, IExtension;

    /// <summary>Terminates and waits.</summary>
    public void Dispose()
    {
        Terminate().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    private static ActorSystemImpl Start(string name, Config config, ActorSystemSetup setup)
    {
        var system = new ActorSystemImpl(name, config ?? ConfigurationFactory.Empty, setup, null);
        system.Start();
        return system;
    }
}

/// <summary>What libraries may use of a system.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    public abstract IActorRefProvider Provider { get; }

    /// <summary>The parent of the user's actors.</summary>
    public abstract IInternalActorRef Guardian { get; }

    public abstract IInternalActorRef SystemGuardian { get; }

    /// <summary>Where relative selections of the system start.</summary>
    public abstract IInternalActorRef LookupRoot { get; }

    public abstract ActorProducerPipelineResolver ActorPipelineResolver { get; }

    public abstract IActorRef SystemActorOf(Props props, string? name = null);

    public abstract IActorRef SystemActorOf<TActor>(string? name = null)
        where TActor : ActorBase, new();

    /// <summary>Stops at once, without the phases of a coordinated shutdown.</summary>
    public abstract void Abort();

    /// <summary>The tree of actors as text.</summary>
    public abstract string PrintTree();
}
