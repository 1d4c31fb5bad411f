using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>Makes and finds the references of a system.</summary>
public interface IActorRefProvider
{
    IInternalActorRef RootGuardian { get; }

    LocalActorRef Guardian { get; }

    LocalActorRef SystemGuardian { get; }

    IActorRef DeadLetters { get; }

    IActorRef IgnoreRef { get; }

    ActorPath RootPath { get; }

    Settings Settings { get; }

    Deployer Deployer { get; }

    IInternalActorRef TempContainer { get; }

    /// <summary>Ends when the last actor has stopped.</summary>
    Task TerminationTask { get; }

    Address DefaultAddress { get; }

    IActorRef RootGuardianAt(Address address);

    void Init(ActorSystemImpl system);

    ActorPath TempPath();

    void RegisterTempActor(IInternalActorRef actorRef, ActorPath path);

    void UnregisterTempActor(ActorPath path);

    FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs);

    IInternalActorRef ActorOf(
        ActorSystemImpl system,
        Props props,
        IInternalActorRef supervisor,
        ActorPath path,
        bool systemService,
        Deploy deploy,
        bool lookupDeploy,
        bool async);

    IActorRef ResolveActorRef(string path);

    IActorRef ResolveActorRef(ActorPath actorPath);

    Address GetExternalAddressFor(Address address);
}
