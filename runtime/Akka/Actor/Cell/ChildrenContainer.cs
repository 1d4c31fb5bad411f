using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Akka.Actor.Internal;

/// <summary>Why a parent waits for children to stop.</summary>
public abstract class SuspendReason
{
    public interface IWaitingForChildren;

    /// <summary>The parent is being created again.</summary>
    public class Creation : SuspendReason, IWaitingForChildren;

    /// <summary>The parent is being restarted.</summary>
    public class Recreation : SuspendReason, IWaitingForChildren
    {
        public Recreation(Exception cause) => Cause = cause;

        public Exception Cause { get; }
    }

    /// <summary>The parent is stopping.</summary>
    public class Termination : SuspendReason
    {
        private Termination()
        {
        }

        public static Termination Instance { get; } = new();
    }

    /// <summary>The parent stopped the children and goes on itself.</summary>
    public class UserRequest : SuspendReason
    {
        private UserRequest()
        {
        }

        public static UserRequest Instance { get; } = new();
    }
}

/// <summary>The children of a cell at one moment. Each change makes another container, so that any thread may read one.</summary>
public interface IChildrenContainer
{
    IReadOnlyCollection<IInternalActorRef> Children { get; }

    IReadOnlyCollection<ChildRestartStats> Stats { get; }

    /// <summary>Whether children can be added.</summary>
    bool IsNormal { get; }

    /// <summary>Whether the parent is stopping or has stopped.</summary>
    bool IsTerminating { get; }

    IChildrenContainer Add(string name, ChildRestartStats stats);

    IChildrenContainer Remove(IActorRef child);

    IChildrenContainer Reserve(string name);

    IChildrenContainer Unreserve(string name);

    /// <summary>Remembers that a child has been told to stop.</summary>
    IChildrenContainer ShallDie(IActorRef actor);

    bool Contains(IActorRef actor);

    bool TryGetByName(string name, [NotNullWhen(true)] out IChildStats? stats);

    bool TryGetByRef(IActorRef actor, [NotNullWhen(true)] out ChildRestartStats? stats);
}

/// <summary>What containers with children have in common.</summary>
public abstract class ChildrenContainerBase : IChildrenContainer
{
    protected ChildrenContainerBase(IImmutableDictionary<string, IChildStats> children) => InternalChildren = children;

    public virtual bool IsNormal => true;

    public virtual bool IsTerminating => false;

    public IReadOnlyCollection<IInternalActorRef> Children
    {
        get
        {
            var children = new List<IInternalActorRef>(InternalChildren.Count);
            foreach (var stats in InternalChildren.Values)
            {
                if (stats is ChildRestartStats child)
                    children.Add(child.Child);
            }

            return children;
        }
    }

    public IReadOnlyCollection<ChildRestartStats> Stats => [.. InternalChildren.Values.OfType<ChildRestartStats>()];

    protected IImmutableDictionary<string, IChildStats> InternalChildren { get; }

    public abstract IChildrenContainer Add(string name, ChildRestartStats stats);

    public abstract IChildrenContainer Remove(IActorRef child);

    public abstract IChildrenContainer Reserve(string name);

    public abstract IChildrenContainer Unreserve(string name);

    public abstract IChildrenContainer ShallDie(IActorRef actor);

    public bool Contains(IActorRef actor) => TryGetByRef(actor, out _);

    public bool TryGetByName(string name, [NotNullWhen(true)] out IChildStats? stats) => InternalChildren.TryGetValue(name, out stats!);

    public bool TryGetByRef(IActorRef actor, [NotNullWhen(true)] out ChildRestartStats? childRestartStats)
    {
        if (InternalChildren.TryGetValue(actor.Path.Name, out var found) && found is ChildRestartStats child && child.Child.Equals(actor))
        {
            childRestartStats = child;
            return true;
        }

        childRestartStats = null;
        return false;
    }

    protected void ChildStatsAppender(StringBuilder sb, KeyValuePair<string, IChildStats> kvp, int index)
    {
        if (index > 0)
            sb.Append("\n        ");
        sb.Append(kvp.Value is ChildRestartStats stats ? stats.Child.ToString() : kvp.Key + ":" + kvp.Value);
    }

    private protected static void RequireFree(IImmutableDictionary<string, IChildStats> children, string name)
    {
        if (children.ContainsKey(name))
            throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
    }

    private protected string Describe(string otherwise)
    {
        if (InternalChildren.Count > 20)
            return InternalChildren.Count + " children";
        var text = new StringBuilder("Children:\n    ").Append(otherwise);
        var index = 0;
        foreach (var child in InternalChildren)
            ChildStatsAppender(text, child, index++);
        return text.ToString();
    }
}

/// <summary>No children yet.</summary>
public class EmptyChildrenContainer : IChildrenContainer
{
    private static readonly IReadOnlyCollection<IInternalActorRef> NoChildren = [];
    private static readonly IReadOnlyCollection<ChildRestartStats> NoStats = [];

    protected EmptyChildrenContainer()
    {
    }

    public static IChildrenContainer Instance { get; } = new EmptyChildrenContainer();

    public virtual bool IsNormal => true;

    public virtual bool IsTerminating => false;

    public IReadOnlyCollection<IInternalActorRef> Children => NoChildren;

    public IReadOnlyCollection<ChildRestartStats> Stats => NoStats;

    public virtual IChildrenContainer Add(string name, ChildRestartStats stats) =>
        NormalChildrenContainer.Create(ImmutableDictionary.Create<string, IChildStats>(StringComparer.Ordinal).Add(name, stats));

    public IChildrenContainer Remove(IActorRef child) => this;

    public virtual IChildrenContainer Reserve(string name) =>
        NormalChildrenContainer.Create(ImmutableDictionary.Create<string, IChildStats>(StringComparer.Ordinal).Add(name, ChildNameReserved.Instance));

    public IChildrenContainer Unreserve(string name) => this;

    public IChildrenContainer ShallDie(IActorRef actor) => this;

    public bool Contains(IActorRef actor) => false;

    public bool TryGetByName(string name, [NotNullWhen(true)] out IChildStats? stats)
    {
        stats = null;
        return false;
    }

    public bool TryGetByRef(IActorRef actor, [NotNullWhen(true)] out ChildRestartStats? childRestartStats)
    {
        childRestartStats = null;
        return false;
    }

    public override string ToString() => "No children";
}

/// <summary>The parent has stopped; it has no children and takes none.</summary>
public class TerminatedChildrenContainer : EmptyChildrenContainer
{
    private TerminatedChildrenContainer()
    {
    }

    public static new IChildrenContainer Instance { get; } = new TerminatedChildrenContainer();

    public override bool IsNormal => false;

    public override bool IsTerminating => true;

    public override IChildrenContainer Add(string name, ChildRestartStats stats) => this;

    public override IChildrenContainer Reserve(string name) =>
        throw new InvalidOperationException($"Cannot reserve actor name '{name}': already terminated");

    public override string ToString() => "Terminated";
}

/// <summary>The usual state: children come and go.</summary>
public class NormalChildrenContainer : ChildrenContainerBase
{
    private NormalChildrenContainer(IImmutableDictionary<string, IChildStats> children)
        : base(children)
    {
    }

    public static IChildrenContainer Create(IImmutableDictionary<string, IChildStats> children) =>
        children.Count == 0 ? EmptyChildrenContainer.Instance : new NormalChildrenContainer(children);

    public override IChildrenContainer Add(string name, ChildRestartStats stats) => Create(InternalChildren.SetItem(name, stats));

    public override IChildrenContainer Remove(IActorRef child) => Create(InternalChildren.Remove(child.Path.Name));

    public override IChildrenContainer Reserve(string name)
    {
        RequireFree(InternalChildren, name);
        return new NormalChildrenContainer(InternalChildren.Add(name, ChildNameReserved.Instance));
    }

    public override IChildrenContainer Unreserve(string name) =>
        InternalChildren.TryGetValue(name, out var stats) && stats is ChildNameReserved ? Create(InternalChildren.Remove(name)) : this;

    public override IChildrenContainer ShallDie(IActorRef actor) =>
        new TerminatingChildrenContainer(InternalChildren, actor, SuspendReason.UserRequest.Instance);

    public override string ToString() => Describe("");
}

/// <summary>Some children have been told to stop; the reason says what happens when they have.</summary>
public class TerminatingChildrenContainer : ChildrenContainerBase
{
    public TerminatingChildrenContainer(IImmutableDictionary<string, IChildStats> children, IActorRef toDie, SuspendReason reason)
        : this(children, ImmutableHashSet.Create(toDie), reason)
    {
    }

    public TerminatingChildrenContainer(IImmutableDictionary<string, IChildStats> children, ImmutableHashSet<IActorRef> toDie, SuspendReason reason)
        : base(children)
    {
        ToDie = toDie;
        Reason = reason;
    }

    public ImmutableHashSet<IActorRef> ToDie { get; }

    public SuspendReason Reason { get; }

    public override bool IsNormal => Reason is SuspendReason.UserRequest;

    public override bool IsTerminating => Reason is SuspendReason.Termination;

    public override IChildrenContainer Add(string name, ChildRestartStats stats) =>
        new TerminatingChildrenContainer(InternalChildren.SetItem(name, stats), ToDie, Reason);

    public override IChildrenContainer Remove(IActorRef child)
    {
        var toDie = ToDie.Remove(child);
        var children = InternalChildren.Remove(child.Path.Name);
        if (!toDie.IsEmpty)
            return new TerminatingChildrenContainer(children, toDie, Reason);
        return Reason is SuspendReason.Termination ? TerminatedChildrenContainer.Instance : NormalChildrenContainer.Create(children);
    }

    public override IChildrenContainer Reserve(string name)
    {
        if (Reason is SuspendReason.Termination)
            throw new InvalidOperationException($"Cannot reserve actor name '{name}': terminating");
        RequireFree(InternalChildren, name);
        return new TerminatingChildrenContainer(InternalChildren.Add(name, ChildNameReserved.Instance), ToDie, Reason);
    }

    public override IChildrenContainer Unreserve(string name) =>
        InternalChildren.TryGetValue(name, out var stats) && stats is ChildNameReserved
            ? new TerminatingChildrenContainer(InternalChildren.Remove(name), ToDie, Reason)
            : this;

    public override IChildrenContainer ShallDie(IActorRef actor) =>
        new TerminatingChildrenContainer(InternalChildren, ToDie.Add(actor), Reason);

    public IChildrenContainer CreateCopyWithReason(SuspendReason reason) => new TerminatingChildrenContainer(InternalChildren, ToDie, reason);

    public override string ToString() => Describe(ToDie.Count + " children terminating:\n    ");
}
