using System.Buffers;
using System.Runtime.InteropServices;

namespace Actors.Zmtp.Protocol;

/// <summary>Told of a prefix; the span is valid during the call only.</summary>
internal delegate void PrefixVisitor<in TState>(ReadOnlySpan<byte> prefix, TState state);

/// <summary>
/// The prefixes that are subscribed to, and by whom. Subscriptions are additive and counted: subscribing twice to a prefix takes two
/// cancels to undo (https://rfc.zeromq.org/spec/37/, "The Publish-Subscribe Pattern"). The prefixes form a tree in which a
/// node carries all octets that no subscription tells apart. Matching allocates nothing. For one thread.
/// </summary>
internal sealed class SubscriptionTrie<TSubscriber>
    where TSubscriber : notnull
{
    private readonly Node _root = new([]);
    private readonly Dictionary<TSubscriber, Subscriber> _subscribers = [];
    private readonly List<TSubscriber> _matches = [];
    private Node? _matched;
    private long _match;

    /// <summary>Number of different prefixes that anybody subscribes to.</summary>
    public int PrefixCount { get; private set; }

    public bool IsEmpty => PrefixCount == 0;

    /// <summary>To how many different prefixes a subscriber subscribes, and how many octets they have.</summary>
    public (int Prefixes, long Octets) CountOf(TSubscriber subscriber)
        => _subscribers.TryGetValue(subscriber, out var entry) ? (entry.Counts.Count, entry.Octets) : default;

    /// <summary>Counts a subscription; true when nobody had subscribed to this prefix before.</summary>
    public bool Add(ReadOnlySpan<byte> prefix, TSubscriber subscriber)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_subscribers, subscriber, out _);
        entry ??= new Subscriber(subscriber);
        var node = FindOrInsert(prefix);
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(entry.Counts, node, out var known);
        count++;
        if (known)
            return false;

        entry.Octets += prefix.Length;
        node.Subscribers.Add(entry);
        _matched = null;
        if (node.Subscribers.Count > 1)
            return false;
        PrefixCount++;
        return true;
    }

    /// <summary>Takes a subscription back; true when that was the last of this prefix. One that was never made changes nothing.</summary>
    public bool Remove(ReadOnlySpan<byte> prefix, TSubscriber subscriber)
    {
        if (!_subscribers.TryGetValue(subscriber, out var entry) || Find(prefix) is not { } node)
            return false;
        ref var count = ref CollectionsMarshal.GetValueRefOrNullRef(entry.Counts, node);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref count) || --count > 0)
            return false;

        entry.Counts.Remove(node);
        entry.Octets -= prefix.Length;
        if (entry.Counts.Count == 0)
            _subscribers.Remove(subscriber);
        return RemoveFrom(node, entry);
    }

    /// <summary>Takes all subscriptions of a subscriber back, and tells of each prefix that nobody is left for.</summary>
    public void RemoveAll<TState>(TSubscriber subscriber, PrefixVisitor<TState> vanished, TState state)
    {
        if (!_subscribers.Remove(subscriber, out var entry))
            return;
        foreach (var node in entry.Counts.Keys)
        {
            if (node.Subscribers.Count == 1)
                Visit(node, vanished, state);
            RemoveFrom(node, entry);
        }
    }

    /// <inheritdoc cref="RemoveAll{TState}"/>
    public void RemoveAll(TSubscriber subscriber) => RemoveAll<object?>(subscriber, static (_, _) => { }, null);

    /// <summary>
    /// Each subscriber, once, with a prefix that the topic begins with; valid until the next call. The longest of these
    /// prefixes decides which others there are, so as long as it stays the same, so do the subscribers.
    /// </summary>
    public ReadOnlySpan<TSubscriber> Match(ReadOnlySpan<byte> topic)
    {
        if (Longest(topic) is not { } node)
            return [];
        if (_matched != node)
        {
            Collect(node);
            _matched = node;
        }

        return CollectionsMarshal.AsSpan(_matches);
    }

    /// <summary>True if anybody subscribes to a prefix of the topic.</summary>
    public bool Matches(ReadOnlySpan<byte> topic) => Longest(topic) is not null;

    /// <summary>
    /// Tells of each prefix that somebody subscribed to, in the order of their octets: who subscribes last to a prefix behind all
    /// others knows, when that one is answered, that the others are in force.
    /// </summary>
    public void ForEachPrefix<TState>(PrefixVisitor<TState> visitor, TState state)
    {
        var pending = new Stack<Node>();
        pending.Push(_root);
        while (pending.TryPop(out var node))
        {
            if (node.Subscribers.Count > 0)
                Visit(node, visitor, state);
            for (var i = node.Children.Length - 1; i >= 0; i--)
                pending.Push(node.Children[i]);
        }
    }

    /// <summary>The node of the longest prefix that somebody subscribed to.</summary>
    private Node? Longest(ReadOnlySpan<byte> topic)
    {
        var node = _root;
        Node? longest = null;
        while (true)
        {
            if (node.Subscribers.Count > 0)
                longest = node;
            if (topic.IsEmpty || node.ChildOf(topic[0]) is not { } child || !topic.StartsWith(child.Label))
                return longest;
            topic = topic[child.Label.Length..];
            node = child;
        }
    }

    private void Collect(Node longest)
    {
        _matches.Clear();
        // The number of the matching tells the subscribers that are in the list from those that are not yet.
        var match = ++_match;
        for (var node = longest; node != null; node = node.Parent)
        {
            foreach (var entry in CollectionsMarshal.AsSpan(node.Subscribers))
            {
                if (entry.LastMatch == match)
                    continue;
                entry.LastMatch = match;
                _matches.Add(entry.Value);
            }
        }
    }

    private Node? Find(ReadOnlySpan<byte> prefix)
    {
        var node = _root;
        while (!prefix.IsEmpty)
        {
            if (node.ChildOf(prefix[0]) is not { } child || !prefix.StartsWith(child.Label))
                return null;
            prefix = prefix[child.Label.Length..];
            node = child;
        }

        return node;
    }

    private Node FindOrInsert(ReadOnlySpan<byte> prefix)
    {
        var node = _root;
        while (!prefix.IsEmpty)
        {
            var child = node.ChildOf(prefix[0]);
            if (child == null)
                return node.AddChild(prefix.ToArray());
            var common = prefix.CommonPrefixLength(child.Label);
            node = common == child.Label.Length ? child : child.SplitAbove(common);
            prefix = prefix[common..];
        }

        return node;
    }

    /// <summary>Takes the subscriber from the node; true, and the node goes, when it was the last one.</summary>
    private bool RemoveFrom(Node node, Subscriber entry)
    {
        _matched = null;
        var index = node.Subscribers.IndexOf(entry);
        node.Subscribers[index] = node.Subscribers[^1];
        node.Subscribers.RemoveAt(node.Subscribers.Count - 1);
        if (node.Subscribers.Count > 0)
            return false;

        PrefixCount--;
        node.Prune();
        return true;
    }

    private static void Visit<TState>(Node node, PrefixVisitor<TState> visitor, TState state)
    {
        var length = 0;
        for (var at = node; at != null; at = at.Parent)
            length += at.Label.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var end = length;
        for (var at = node; at != null; at = at.Parent)
        {
            end -= at.Label.Length;
            at.Label.CopyTo(buffer, end);
        }

        visitor(buffer.AsSpan(0, length), state);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private sealed class Subscriber(TSubscriber value)
    {
        public readonly TSubscriber Value = value;
        public readonly Dictionary<Node, int> Counts = [];
        public long LastMatch;
        public long Octets;
    }

    /// <summary>A prefix: the labels from the root to here. A node that subscribers hold keeps its identity when neighbours split or merge.</summary>
    private sealed class Node(byte[] label)
    {
        public byte[] Label = label;
        public Node? Parent;
        public Node[] Children = [];
        public readonly List<Subscriber> Subscribers = [];

        /// <summary>The child whose label begins with the octet. The children are sorted by it.</summary>
        public Node? ChildOf(byte first)
        {
            var index = IndexOf(first);
            return index < 0 ? null : Children[index];
        }

        public Node AddChild(byte[] label)
        {
            var child = new Node(label) { Parent = this };
            var at = ~IndexOf(label[0]);
            var children = new Node[Children.Length + 1];
            Children.AsSpan(0, at).CopyTo(children);
            children[at] = child;
            Children.AsSpan(at).CopyTo(children.AsSpan(at + 1));
            Children = children;
            return child;
        }

        /// <summary>Puts a new node between this one and its parent, which takes the first octets of the label.</summary>
        public Node SplitAbove(int length)
        {
            var upper = new Node(Label[..length]) { Parent = Parent, Children = [this] };
            Parent!.Children[Parent.IndexOf(Label[0])] = upper;
            Parent = upper;
            Label = Label[length..];
            return upper;
        }

        /// <summary>Drops this node if nothing needs it any more, and then the parent, if it was there for this node only.</summary>
        public void Prune()
        {
            var node = this;
            if (node.Parent == null || node.Subscribers.Count > 0)
                return;
            if (node.Children.Length == 0)
            {
                var parent = node.Parent;
                parent.RemoveChild(node);
                node = parent;
                if (node.Parent == null || node.Subscribers.Count > 0)
                    return;
            }

            if (node.Children.Length == 1)
                node.MergeIntoChild();
        }

        private void MergeIntoChild()
        {
            var child = Children[0];
            child.Label = [.. Label, .. child.Label];
            child.Parent = Parent;
            Parent!.Children[Parent.IndexOf(Label[0])] = child;
        }

        private void RemoveChild(Node child)
        {
            var at = IndexOf(child.Label[0]);
            var children = new Node[Children.Length - 1];
            Children.AsSpan(0, at).CopyTo(children);
            Children.AsSpan(at + 1).CopyTo(children.AsSpan(at));
            Children = children;
        }

        private int IndexOf(byte first)
        {
            int low = 0, high = Children.Length - 1;
            while (low <= high)
            {
                var middle = (low + high) >>> 1;
                var label = Children[middle].Label[0];
                if (label == first)
                    return middle;
                if (label < first)
                    low = middle + 1;
                else
                    high = middle - 1;
            }

            return ~low;
        }
    }
}
