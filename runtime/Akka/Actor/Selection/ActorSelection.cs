using Akka.Util;

namespace Akka.Actor;

/// <summary>The actors at a path, which may hold <c>*</c>, <c>?</c>, <c>..</c> and a final <c>**</c>, as they are when a message is told.</summary>
public class ActorSelection : ICanTell
{
    public ActorSelection()
    {
        Anchor = null!;
        Path = [];
    }

    public ActorSelection(IActorRef anchor, SelectionPathElement[] path)
    {
        Anchor = anchor;
        Path = path;
    }

    public ActorSelection(IActorRef anchor, string path)
        : this(anchor, string.IsNullOrEmpty(path) ? [] : path.Split('/'))
    {
    }

    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
    {
        Anchor = anchor;
        Path = Parse(elements);
    }

    /// <summary>The reference that the path starts at.</summary>
    public IActorRef Anchor { get; }

    public SelectionPathElement[] Path { get; }

    public string PathString => "/" + string.Join('/', Path.Select(static element => element.ToString()));

    public void Tell(object message, IActorRef? sender = null)
    {
        sender ??= ActorCell.GetCurrentSelfOrNoSender();
        InvalidMessageException.ThrowIfNull(message, Anchor);
        Deliver((IInternalActorRef)Anchor, sender, new ActorSelectionMessage(message, Path, Path.Any(static element => element is SelectChildPattern or SelectChildRecursive)));
    }

    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <summary>The first actor that answers.</summary>
    /// <exception cref="ActorNotFoundException">None answered in time, or there is none.</exception>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null!), timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException($"No actor is at {this}");
        }
        catch (AskTimeoutException failure)
        {
            throw new ActorNotFoundException($"No actor at {this} answered within {timeout}", failure);
        }
    }

    public override bool Equals(object? obj) => obj is ActorSelection other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Anchor);
        foreach (var element in Path)
            hash.Add(element);
        return hash.ToHashCode();
    }

    public override string ToString() => $"ActorSelection[Anchor({Anchor.Path.ToStringWithUid()}), Path({PathString})]";

    protected bool Equals(ActorSelection other) => Equals(Anchor, other.Anchor) && Path.SequenceEqual(other.Path);

    /// <summary>Walks the path as far as references of this process go, and hands the message on.</summary>
    internal static void Deliver(IInternalActorRef anchor, IActorRef sender, ActorSelectionMessage selection)
    {
        var current = anchor;
        for (var i = 0; i < selection.Elements.Length; i++)
        {
            var last = i == selection.Elements.Length - 1;
            switch (selection.Elements[i])
            {
                case SelectParent:
                    current = current.Parent;
                    break;
                case SelectChildName child:
                    var next = SingleChild(current, child.Name);
                    if (next.IsNobody())
                    {
                        NotFound(current, selection.Elements.Skip(i)).Tell(selection, sender);
                        return;
                    }

                    current = next;
                    break;
                case SelectChildPattern pattern:
                    var matching = ChildrenOf(current).Where(child => child.Path.Name.Like(pattern.PatternStr, caseSensitive: true)).ToArray();
                    if (matching.Length == 0)
                        NotFound(current, selection.Elements.Skip(i)).Tell(selection, sender);
                    foreach (var child in matching)
                        Continue((IInternalActorRef)child, sender, selection, i, last);
                    return;
                case SelectChildRecursive:
                    foreach (var child in Descendants(current))
                        child.Tell(selection.Message, sender);
                    return;
            }
        }

        if (selection.Message is Identify or not ActorSelectionMessage)
            current.Tell(selection.Message, sender);
        else
            Deliver(current, sender, (ActorSelectionMessage)selection.Message);
    }

    private static void Continue(IInternalActorRef child, IActorRef sender, ActorSelectionMessage selection, int index, bool last)
    {
        if (last)
            child.Tell(selection.Message, sender);
        else
            Deliver(child, sender, selection.Copy(elements: selection.Elements[(index + 1)..]));
    }

    private static EmptyLocalActorRef NotFound(IInternalActorRef at, IEnumerable<SelectionPathElement> rest) =>
        new(at.Provider, at.Path / rest.Select(static element => element.ToString()!), ((ILocalEventStream)at.Provider).EventStream);

    private static IInternalActorRef SingleChild(IInternalActorRef parent, string name) => parent switch
    {
        ActorRefWithCell withCell => withCell.GetSingleChild(name),
        _ => (IInternalActorRef)parent.GetChild([name]),
    };

    private static IEnumerable<IActorRef> ChildrenOf(IInternalActorRef parent) => parent switch
    {
        ActorRefWithCell withCell => withCell.Children,
        VirtualPathContainer container => container.Children,
        _ => [],
    };

    private static IEnumerable<IActorRef> Descendants(IInternalActorRef parent)
    {
        foreach (var child in ChildrenOf(parent))
        {
            yield return child;
            foreach (var descendant in Descendants((IInternalActorRef)child))
                yield return descendant;
        }
    }

    private static SelectionPathElement[] Parse(IEnumerable<string> elements)
    {
        var parsed = new List<SelectionPathElement>();
        foreach (var element in elements)
        {
            if (string.IsNullOrEmpty(element))
                continue;
            if (parsed.Count > 0 && parsed[^1] is SelectChildRecursive)
                throw new IllegalActorNameException("Double wildcard can only appear at the last path entry");
            parsed.Add(element switch
            {
                ".." => SelectParent.Instance,
                "**" => SelectChildRecursive.Instance,
                _ when element.AsSpan().ContainsAny('*', '?') => new SelectChildPattern(element),
                _ => new SelectChildName(element),
            });
        }

        return [.. parsed];
    }
}

/// <summary>A provider that has an event stream.</summary>
internal interface ILocalEventStream
{
    Event.EventStream EventStream { get; }
}
