using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>A place in the tree for references that are no actors, such as those that wait for an answer.</summary>
internal sealed class VirtualPathContainer : MinimalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _children = new(StringComparer.Ordinal);

    public VirtualPathContainer(IActorRefProvider provider, ActorPath path, IInternalActorRef parent)
    {
        Provider = provider;
        Path = path;
        Parent = parent;
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }

    public override IInternalActorRef Parent { get; }

    public IEnumerable<IInternalActorRef> Children => _children.Values;

    public void AddChild(string name, IInternalActorRef actor) => _children[name] = actor;

    public void RemoveChild(string name) => _children.TryRemove(name, out _);

    public bool TryGetChild(string name, out IInternalActorRef child) => _children.TryGetValue(name, out child!);

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        for (var i = 0; i < name.Count; i++)
        {
            if (string.IsNullOrEmpty(name[i]))
                continue;
            if (name[i] == "..")
                return Parent.GetChild([.. name.Skip(i + 1)]);
            if (!TryGetChild(name[i], out var child))
                return ActorRefs.Nobody;
            return i == name.Count - 1 ? child : child.GetChild([.. name.Skip(i + 1)]);
        }

        return this;
    }
}
