using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>
/// A further test actor, with a queue and expectations of its own. Can be used wherever an actor reference is wanted.
/// What is told while a probe is in use has the test's sender, not the probe's: see <see cref="Send"/>.
/// </summary>
public class TestProbe : TestKitBase, INoImplicitSender, IInternalActorRef
{
    public TestProbe(ActorSystem system, ITestKitAssertions assertions, string? testProbeName = null)
        : base(assertions, system, testProbeName)
    {
    }

    public IActorRef Ref => TestActor;

    /// <summary>The sender of the last message that the probe has given out.</summary>
    public IActorRef Sender => LastSender;

    ActorPath IActorRef.Path => TestActor.Path;

    bool IActorRefScope.IsLocal => ((IInternalActorRef)TestActor).IsLocal;

    IInternalActorRef IInternalActorRef.Parent => ((IInternalActorRef)TestActor).Parent;

    IActorRefProvider IInternalActorRef.Provider => ((IInternalActorRef)TestActor).Provider;

    bool IInternalActorRef.IsTerminated => ((IInternalActorRef)TestActor).IsTerminated;

    /// <summary>Sends a message to an actor, with the probe as its sender.</summary>
    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    /// <summary>Passes on the last message, with its original sender.</summary>
    public void Forward(IActorRef actor) => actor.Tell(LastMessage, LastSender);

    public void Forward(IActorRef actor, object message) => actor.Tell(message, LastSender);

    /// <summary>Answers the sender of the last message.</summary>
    public void Reply(object message) => Sender.Tell(message, TestActor);

    public override TestProbe CreateTestProbe(string? name = null) =>
        throw new NotSupportedException("A probe creates no probes: use that of the TestKit.");

    public IActorRef ChildActorOf<T>(string name, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default)
        where T : ActorBase => ChildActorOf(ChildProps<T>(), name, supervisorStrategy, cancellationToken);

    public IActorRef ChildActorOf<T>(SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default)
        where T : ActorBase => ChildActorOf(ChildProps<T>(), supervisorStrategy, cancellationToken);

    public IActorRef ChildActorOf<T>(string name, CancellationToken cancellationToken = default)
        where T : ActorBase => ChildActorOf(ChildProps<T>(), name, cancellationToken);

    public IActorRef ChildActorOf<T>(CancellationToken cancellationToken = default)
        where T : ActorBase => ChildActorOf(ChildProps<T>(), cancellationToken);

    public Task<IActorRef> ChildActorOfAsync<T>(
        string name, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default)
        where T : ActorBase => ChildActorOfAsync(ChildProps<T>(), name, supervisorStrategy, cancellationToken);

    public Task<IActorRef> ChildActorOfAsync<T>(SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default)
        where T : ActorBase => ChildActorOfAsync(ChildProps<T>(), supervisorStrategy, cancellationToken);

    public Task<IActorRef> ChildActorOfAsync<T>(string name, CancellationToken cancellationToken = default)
        where T : ActorBase => ChildActorOfAsync(ChildProps<T>(), name, cancellationToken);

    public Task<IActorRef> ChildActorOfAsync<T>(CancellationToken cancellationToken = default)
        where T : ActorBase => ChildActorOfAsync(ChildProps<T>(), cancellationToken);

    public override bool Equals(object? obj) => TestActor.Equals(obj is TestProbe probe ? probe.TestActor : obj);

    public override int GetHashCode() => TestActor.GetHashCode();

    public int CompareTo(object? obj) => TestActor.CompareTo(obj is TestProbe probe ? probe.TestActor : obj);

    public override string ToString() => $"TestProbe({TestActor})";

    public void SendSystemMessage(ISystemMessage message) => ((IInternalActorRef)TestActor).SendSystemMessage(message);

    public void SendSystemMessage(ISystemMessage message, IActorRef sender) =>
        ((IInternalActorRef)TestActor).SendSystemMessage(message);

    bool IEquatable<IActorRef>.Equals(IActorRef? other) => Equals(other);

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => CompareTo(other);

    void ICanTell.Tell(object message, IActorRef sender) => TestActor.Tell(message, sender);

    ISurrogate ISurrogated.ToSurrogate(ActorSystem system) => TestActor.ToSurrogate(system);

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => ((IInternalActorRef)TestActor).GetChild(name);

    void IInternalActorRef.Start() => ((IInternalActorRef)TestActor).Start();

    void IInternalActorRef.Stop() => ((IInternalActorRef)TestActor).Stop();

    void IInternalActorRef.Suspend() => ((IInternalActorRef)TestActor).Suspend();

    void IInternalActorRef.Resume(Exception? causedByFailure) => ((IInternalActorRef)TestActor).Resume(causedByFailure);

    void IInternalActorRef.Restart(Exception cause) => ((IInternalActorRef)TestActor).Restart(cause);

    private static Props ChildProps<T>() => Props.Create(typeof(T));
}
