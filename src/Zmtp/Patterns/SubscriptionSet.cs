using Actors.Zmtp.Connections;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Patterns;

/// <summary>Takes a prefix; the span is valid during the call only.</summary>
internal delegate void PrefixAction(ReadOnlySpan<byte> prefix);

/// <summary>Writes one change for a peer.</summary>
internal delegate void SubscriptionWriter(ZmtpRevision revision, ControlBuffer output, bool subscribe, ReadOnlySpan<byte> prefix);

/// <summary>
/// The prefixes or groups of a subscriber. The socket's thread changes it; I/O threads read it for new connections, and take
/// the changes since for standing ones.
/// </summary>
internal sealed class SubscriptionSet(SubscriptionWriter write)
{
    private static readonly object s_self = new();

    private readonly SubscriptionWriter _write = write;
    private readonly Lock _lock = new();
    private readonly SubscriptionTrie<object> _trie = new();
    private readonly List<Source> _sources = [];

    /// <summary>Counts a subscription; true when it is the first to this prefix.</summary>
    public bool Add(ReadOnlySpan<byte> prefix)
    {
        lock (_lock)
        {
            if (!_trie.Add(prefix, s_self))
            {
                return false;
            }

            Tell(subscribe: true, prefix.ToArray());
        }

        return true;
    }

    /// <summary>Takes a subscription back; true when it was the last to this prefix.</summary>
    public bool Remove(ReadOnlySpan<byte> prefix)
    {
        lock (_lock)
        {
            if (!_trie.Remove(prefix, s_self))
            {
                return false;
            }

            Tell(subscribe: false, prefix.ToArray());
        }

        return true;
    }

    /// <summary>On the socket's thread, which alone changes the set.</summary>
    public bool Matches(ReadOnlySpan<byte> topic) => _trie.Matches(topic);

    /// <summary>On the socket's thread.</summary>
    public void ForEach(PrefixAction action) => _trie.ForEachPrefix(static (prefix, a) => a(prefix), action);

    public ISubscriptionSource CreateSource(Session session)
    {
        Source source = new(this, session);
        lock (_lock)
        {
            _sources.Add(source);
        }

        return source;
    }

    public void RemoveSource(ISubscriptionSource source)
    {
        lock (_lock)
        {
            _sources.Remove((Source)source);
        }
    }

    private void Tell(bool subscribe, byte[] prefix)
    {
        foreach (Source source in _sources)
        {
            source.Add(subscribe, prefix);
        }
    }

    /// <summary>The subscriptions as one connection is told of them.</summary>
    private sealed class Source(SubscriptionSet set, Session session) : ISubscriptionSource
    {
        private readonly Queue<(bool Subscribe, byte[] Prefix)> _changes = new();
        private volatile bool _changed;

        /// <summary>Under the lock of the set.</summary>
        public void Add(bool subscribe, byte[] prefix)
        {
            _changes.Enqueue((subscribe, prefix));
            _changed = true;
            session.CanRead();
        }

        public void WriteAll(ZmtpRevision revision, ControlBuffer output)
        {
            lock (set._lock)
            {
                // All of it is in the set already.
                _changes.Clear();
                _changed = false;
                set._trie.ForEachPrefix(static (prefix, to) => to._write(to.revision, to.output, true, prefix), (set._write, revision, output));
            }
        }

        public void WriteChanges(ZmtpRevision revision, ControlBuffer output)
        {
            if (!_changed)
            {
                return;
            }

            lock (set._lock)
            {
                while (_changes.TryDequeue(out (bool Subscribe, byte[] Prefix) change))
                {
                    set._write(revision, output, change.Subscribe, change.Prefix);
                }

                _changed = false;
            }
        }
    }
}
