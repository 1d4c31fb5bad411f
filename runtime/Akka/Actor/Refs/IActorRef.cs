using Akka.Dispatch.SysMsg;
using Akka.Util;

namespace Akka.Actor;

/// <summary>What a message can be told to.</summary>
public interface ICanTell
{
    /// <param name="message">Never null.</param>
    /// <param name="sender">Whom the receiver answers; <see cref="ActorRefs.NoSender"/> for nobody.</param>
    void Tell(object message, IActorRef sender);
}

/// <summary>The handle of an actor: it may be told from any thread, and stays valid after the actor has stopped.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, ISurrogated, IComparable
{
    ActorPath Path { get; }
}

public interface IActorRefScope
{
    /// <summary>Whether the actor lives in this process.</summary>
    bool IsLocal { get; }
}

/// <summary>Marks references that the local provider made.</summary>
internal interface ILocalRef : IActorRefScope;

public interface IRepointableRef : IActorRefScope
{
    bool IsStarted { get; }
}

/// <summary>What the kernel itself needs of a reference.</summary>
public interface IInternalActorRef : IActorRef, IActorRefScope
{
    IInternalActorRef Parent { get; }

    IActorRefProvider Provider { get; }

    bool IsTerminated { get; }

    IActorRef GetChild(IReadOnlyList<string> name);

    void Start();

    void Resume(Exception? causedByFailure = null);

    void Suspend();

    void Restart(Exception cause);

    void Stop();

    void SendSystemMessage(ISystemMessage message);

    void SendSystemMessage(ISystemMessage message, IActorRef sender);
}

/// <summary>Equality, order and text of references: by path and uid.</summary>
public abstract class ActorRefBase : IActorRef
{
    public abstract ActorPath Path { get; }

    public void Tell(object message, IActorRef sender) => TellInternal(message, sender);

    protected abstract void TellInternal(object message, IActorRef sender);

    public override string ToString() => $"[{Path.ToStringWithUid()}]";

    public bool Equals(IActorRef? other) =>
        ReferenceEquals(this, other) || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    public override bool Equals(object? obj) => obj is IActorRef other && Equals(other);

    public override int GetHashCode() => Path.GetHashCode() * 397 ^ Path.Uid.GetHashCode();

    public int CompareTo(IActorRef? other)
    {
        if (other is null)
            return 1;
        var order = Path.CompareTo(other.Path);
        return order == 0 ? Path.Uid.CompareTo(other.Path.Uid) : order;
    }

    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        IActorRef other => CompareTo(other),
        _ => throw new ArgumentException($"Cannot compare an actor reference with {obj.GetType()}", nameof(obj)),
    };

    public virtual ISurrogate ToSurrogate(ActorSystem system) => new Surrogate(Path.ToSerializationFormat());

    public class Surrogate : ISurrogate
    {
        public Surrogate(string path) => Path = path;

        public string Path { get; }

        public ISurrogated FromSurrogate(ActorSystem system) => ((ExtendedActorSystem)system).Provider.ResolveActorRef(Path);
    }
}

public abstract class InternalActorRefBase : ActorRefBase, IInternalActorRef
{
    public abstract IInternalActorRef Parent { get; }

    public abstract IActorRefProvider Provider { get; }

    public abstract bool IsTerminated { get; }

    public abstract bool IsLocal { get; }

    public abstract IActorRef GetChild(IReadOnlyList<string> name);

    public abstract void Start();

    public abstract void Resume(Exception? causedByFailure = null);

    public abstract void Suspend();

    public abstract void Restart(Exception cause);

    public abstract void Stop();

    public abstract void SendSystemMessage(ISystemMessage message);

    public void SendSystemMessage(ISystemMessage message, IActorRef sender) => SendSystemMessage(message);
}

/// <summary>A reference with nothing behind it: it has no children, no life cycle, and ignores what it is told.</summary>
public abstract class MinimalActorRef : InternalActorRefBase, ILocalRef
{
    public override IInternalActorRef Parent => ActorRefs.Nobody;

    public override bool IsTerminated => false;

    public override bool IsLocal => true;

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        foreach (var element in name)
        {
            if (!string.IsNullOrEmpty(element))
                return ActorRefs.Nobody;
        }

        return this;
    }

    public override void Start()
    {
    }

    public override void Resume(Exception? causedByFailure = null)
    {
    }

    public override void Suspend()
    {
    }

    public override void Restart(Exception cause)
    {
    }

    public override void Stop()
    {
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
    }
}

/// <summary>A reference to an actor that has a cell in this process.</summary>
public abstract class ActorRefWithCell : InternalActorRefBase
{
    public abstract ICell Underlying { get; }

    public abstract IEnumerable<IActorRef> Children { get; }

    public abstract IInternalActorRef GetSingleChild(string name);
}
