using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.TestKit.Internal;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>
/// An actor for tests that look inside: it runs on the calling thread, so a Tell has happened when it returns, and its
/// object is at hand.
/// </summary>
public abstract class TestActorRefBase<TActor> : IInternalActorRef
    where TActor : ActorBase
{
    protected TestActorRefBase(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null)
    {
        InternalRef = InternalTestActorRef.Create(system, actorProps, supervisor, name);
    }

    public IActorRef Ref => InternalRef;

    /// <summary>The actor object: after a restart another one.</summary>
    public TActor UnderlyingActor => (TActor)InternalRef.UnderlyingActor;

    public ActorPath Path => InternalRef.Path;

    protected InternalTestActorRef InternalRef { get; }

    bool IActorRefScope.IsLocal => ((IInternalActorRef)InternalRef).IsLocal;

    IInternalActorRef IInternalActorRef.Parent => ((IInternalActorRef)InternalRef).Parent;

    IActorRefProvider IInternalActorRef.Provider => ((IInternalActorRef)InternalRef).Provider;

    bool IInternalActorRef.IsTerminated => ((IInternalActorRef)InternalRef).IsTerminated;

    public static bool operator ==(TestActorRefBase<TActor>? testActorRef, IActorRef? actorRef) =>
        testActorRef is null ? actorRef is null : testActorRef.Equals(actorRef);

    public static bool operator !=(TestActorRefBase<TActor>? testActorRef, IActorRef? actorRef) => !(testActorRef == actorRef);

    public static bool operator ==(IActorRef? actorRef, TestActorRefBase<TActor>? testActorRef) => testActorRef == actorRef;

    public static bool operator !=(IActorRef? actorRef, TestActorRefBase<TActor>? testActorRef) => !(testActorRef == actorRef);

    public static IActorRef ToActorRef(TestActorRefBase<TActor> actorRef) => actorRef.InternalRef;

    /// <summary>Lets the actor process a message at once, past its mailbox; what it throws reaches the caller.</summary>
    public void Receive(object message, IActorRef? sender = null) => InternalRef.Receive(message, sender);

    public void Tell(object message) => ((ICanTell)InternalRef).Tell(message, ActorCell.GetCurrentSelfOrNoSender());

    public void Tell(object message, IActorRef sender) => ((ICanTell)InternalRef).Tell(message, sender);

    public void Forward(object message) => InternalRef.Forward(message);

    /// <summary>Lets the actor watch another one.</summary>
    public void Watch(IActorRef subject) => InternalRef.Watch(subject);

    public void Unwatch(IActorRef subject) => InternalRef.Unwatch(subject);

    public void SendSystemMessage(ISystemMessage message) => InternalRef.SendSystemMessage(message);

    public void SendSystemMessage(ISystemMessage message, IActorRef sender) => InternalRef.SendSystemMessage(message);

    public bool Equals(IActorRef? other) => InternalRef.Equals(Unwrap(other));

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is IActorRef other && Equals(other);

    public override int GetHashCode() => InternalRef.GetHashCode();

    public int CompareTo(object? obj) => InternalRef.CompareTo(obj is IActorRef other ? Unwrap(other) : obj);

    public override string ToString() => InternalRef.ToString();

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => InternalRef.CompareTo(Unwrap(other));

    ISurrogate ISurrogated.ToSurrogate(ActorSystem system) => ((ISurrogated)InternalRef).ToSurrogate(system);

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => InternalRef.GetChild(name);

    void IInternalActorRef.Start() => InternalRef.Start();

    void IInternalActorRef.Stop() => InternalRef.Stop();

    void IInternalActorRef.Suspend() => InternalRef.Suspend();

    void IInternalActorRef.Resume(Exception? causedByFailure) => InternalRef.Resume(causedByFailure);

    void IInternalActorRef.Restart(Exception cause) => InternalRef.Restart(cause);

    private static IActorRef? Unwrap(IActorRef? other) => other is TestActorRefBase<TActor> wrapper ? wrapper.InternalRef : other;
}

/// <summary>See <see cref="TestKitBase.ActorOfAsTestActorRef{TActor}(Props, string)"/>.</summary>
public class TestActorRef<TActor> : TestActorRefBase<TActor>
    where TActor : ActorBase
{
    public TestActorRef(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null)
        : base(system, actorProps, supervisor, name)
    {
    }

    public static bool operator ==(TestActorRef<TActor>? testActorRef, IActorRef? actorRef) =>
        testActorRef is null ? actorRef is null : testActorRef.Equals(actorRef);

    public static bool operator !=(TestActorRef<TActor>? testActorRef, IActorRef? actorRef) => !(testActorRef == actorRef);

    public static bool operator ==(IActorRef? actorRef, TestActorRef<TActor>? testActorRef) => testActorRef == actorRef;

    public static bool operator !=(IActorRef? actorRef, TestActorRef<TActor>? testActorRef) => !(testActorRef == actorRef);

    public override bool Equals([NotNullWhen(true)] object? obj) => base.Equals(obj);

    public override int GetHashCode() => base.GetHashCode();
}
