using System.Diagnostics.CodeAnalysis;
using Akka.Actor.Internal;

namespace Akka.Actor;

public partial class ActorCell
{
    // Children are made by the actor and, below the guardians, by any thread; the lock orders them.
    private readonly Lock _childrenGate = new();
    private IChildrenContainer _children = EmptyChildrenContainer.Instance;
    private long _nextRandomName = -1;

    public IChildrenContainer ChildrenContainer => Volatile.Read(ref _children);

    protected bool IsNormal => ChildrenContainer.IsNormal;

    protected bool IsTerminating => ChildrenContainer.IsTerminating;

    private bool IsWaitingForChildren =>
        ChildrenContainer is TerminatingChildrenContainer { Reason: SuspendReason.IWaitingForChildren };

    public virtual IActorRef ActorOf(Props props, string? name = null) => MakeChild(props, name, isSystemService: false, async: false);

    public virtual IActorRef AttachChild(Props props, bool isSystemService, string? name = null) =>
        MakeChild(props, name, isSystemService, async: true);

    public IEnumerable<IInternalActorRef> GetChildren() => ChildrenContainer.Children;

    IEnumerable<IActorRef> IActorContext.GetChildren() => ChildrenContainer.Children;

    IActorRef IActorContext.Child(string name) => TryGetChild(name, out var child) ? child : ActorRefs.Nobody;

    public IInternalActorRef GetChildByName(string name) => TryGetChild(name, out var child) ? child : null!;

    /// <summary>The child of a name, optionally with <c>#uid</c>; nobody when there is none.</summary>
    public IInternalActorRef GetSingleChild(string name)
    {
        var hash = name.IndexOf('#', StringComparison.Ordinal);
        if (hash < 0)
            return TryGetChild(name, out var child) ? child : ActorRefs.Nobody;
        return long.TryParse(name.AsSpan(hash + 1), out var uid) && TryGetChild(name[..hash], out var incarnation) && incarnation.Path.Uid == uid
            ? incarnation
            : ActorRefs.Nobody;
    }

    public bool TryGetChildStatsByName(string name, [NotNullWhen(true)] out IChildStats? child) => ChildrenContainer.TryGetByName(name, out child);

    bool ICell.TryGetChildStatsByName(string name, out IChildStats child) => ChildrenContainer.TryGetByName(name, out child!);

    public void Stop(IActorRef child)
    {
        if (ChildrenContainer.TryGetByRef(child, out _))
        {
            // A child that is not started yet stops as well, once it starts.
            UpdateChildren(child, static (children, child) => children.ShallDie(child));
        }

        ((IInternalActorRef)child).Stop();
    }

    public void ReserveChild(string name) => UpdateChildren(name, static (children, name) => children.Reserve(name));

    /// <summary>Takes a child whose name is reserved among the children. Null when the name is not.</summary>
    public ChildRestartStats InitChild(IInternalActorRef actor)
    {
        lock (_childrenGate)
        {
            if (!_children.TryGetByName(actor.Path.Name, out var known))
                return null!;
            if (known is ChildRestartStats already)
                return already;
            var stats = new ChildRestartStats(actor);
            Volatile.Write(ref _children, _children.Add(actor.Path.Name, stats));
            return stats;
        }
    }

    protected void UnreserveChild(string name) => UpdateChildren(name, static (children, name) => children.Unreserve(name));

    protected bool TryGetChildStatsByRef(IActorRef actor, [NotNullWhen(true)] out ChildRestartStats? child) =>
        ChildrenContainer.TryGetByRef(actor, out child);

    /// <summary>Says why the stop of the children is waited for. False when there is none to wait for.</summary>
    protected bool SetChildrenTerminationReason(SuspendReason reason)
    {
        lock (_childrenGate)
        {
            if (_children is not TerminatingChildrenContainer terminating)
                return false;
            Volatile.Write(ref _children, terminating.CreateCopyWithReason(reason));
            return true;
        }
    }

    protected void SetTerminated() => Volatile.Write(ref _children, TerminatedChildrenContainer.Instance);

    /// <summary>Removes a child that has stopped. The reason when it was the last one that was waited for, else null.</summary>
    protected SuspendReason? RemoveChildAndGetStateChange(IActorRef child)
    {
        lock (_childrenGate)
        {
            var before = _children;
            var after = before.Remove(child);
            Volatile.Write(ref _children, after);
            return before is TerminatingChildrenContainer terminating && after is not TerminatingChildrenContainer
                ? terminating.Reason
                : null;
        }
    }

    private void UpdateChildren<T>(T argument, Func<IChildrenContainer, T, IChildrenContainer> change)
    {
        lock (_childrenGate)
            Volatile.Write(ref _children, change(_children, argument));
    }

    private bool TryGetChild(string name, [NotNullWhen(true)] out IInternalActorRef? child)
    {
        child = ChildrenContainer.TryGetByName(name, out var stats) && stats is ChildRestartStats { Child: var found } ? found : null;
        return child is not null;
    }

    private IInternalActorRef MakeChild(Props props, string? name, bool isSystemService, bool async)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (name is null)
            name = RandomChildName();
        else
            CheckName(name);

        // A terminated cell refuses in Reserve, with an error that says so.
        ReserveChild(name);
        IInternalActorRef child;
        try
        {
            var path = new ChildActorPath(Self.Path, name, NewUid());
            child = _systemImpl.Provider.ActorOf(_systemImpl, props, _self, path, isSystemService, null!, lookupDeploy: true, async);
        }
        catch
        {
            UnreserveChild(name);
            throw;
        }

        if (Volatile.Read(ref _mailbox) is { IsSuspended: true } mailbox && ReferenceEquals(Current, this))
        {
            // A parent that is suspended will resume its children as often as it suspended them.
            for (var i = mailbox.SuspendCount; i > 0; i--)
                child.Suspend();
        }

        InitChild(child);
        child.Start();
        return child;
    }

    private string RandomChildName() => "$" + Base64Name(Interlocked.Increment(ref _nextRandomName));

    internal static string Base64Name(long number)
    {
        const string digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";
        Span<char> text = stackalloc char[11];
        var length = 0;
        do
        {
            text[length++] = digits[(int)(number & 63)];
            number = (long)((ulong)number >> 6);
        }
        while (number != 0);
        return new string(text[..length]);
    }

    internal static long NewUid()
    {
        long uid;
        do
        {
            uid = Random.Shared.Next();
        }
        while (uid == UndefinedUid);
        return uid;
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0)
            throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters and can only contain these special characters: {ActorPath.ValidSymbols}.");
        }
    }
}
