using System.Buffers;
using System.Buffers.Binary;
using Actors.Grains.Calls;

namespace Actors.Grains.State;

/// <summary>
/// The last calls by id of one grain: those that run, and the results of those that have ended, so that a repeat gets the
/// first result. Used on the activation's turns only.
/// </summary>
/// <param name="capacity">The number of results that are kept; the oldest goes first.</param>
internal sealed class RecentCalls(int capacity)
{
    private const byte Version = 1;

    private readonly Dictionary<CallId, Entry> _entries = [];
    private readonly Queue<CallId> _ended = new();

    /// <summary>
    /// True when the call needs no run: its result is known and told, or the same call runs and will tell both.
    /// Otherwise it is the one that runs.
    /// </summary>
    public bool IsRepeat(GrainCall call)
    {
        if (!_entries.TryGetValue(call.Id, out var entry))
        {
            _entries[call.Id] = new Entry(call);
            return false;
        }
        if (entry.Result is { } result) call.Succeed(result);
        else if (!ReferenceEquals(entry.Call, call)) (entry.Repeats ??= []).Add(call);
        return true;
    }

    /// <summary>Keeps a result. It is told by <see cref="Tell"/>, when it is stored.</summary>
    public void SetResult(GrainCall call, ReadOnlyMemory<byte> result)
    {
        if (!_entries.TryGetValue(call.Id, out var entry)) _entries[call.Id] = entry = new Entry(call);
        entry.Result = result;
        _ended.Enqueue(call.Id);
        Trim();
    }

    /// <summary>Tells the result to the repeats that have come meanwhile.</summary>
    public void Tell(GrainCall call)
    {
        if (!_entries.TryGetValue(call.Id, out var entry)) return;
        entry.Call = null;
        if (entry.Repeats is { } repeats && entry.Result is { } result)
        {
            foreach (var repeat in repeats) repeat.Succeed(result);
            entry.Repeats = null;
        }
        Trim();
    }

    /// <summary>Takes out the repeats that have ended or whose time is up.</summary>
    public List<GrainCall> TakeOverdue(long now)
    {
        var overdue = new List<GrainCall>();
        foreach (var entry in _entries.Values)
        {
            if (entry.Repeats is null) continue;
            overdue.AddRange(entry.Repeats.Where(IsOverdue));
            entry.Repeats.RemoveAll(IsOverdue);
        }
        return overdue;

        bool IsOverdue(GrainCall call) => call.IsOver || now >= call.Deadline;
    }

    /// <summary>Forgets a call that came to nothing.</summary>
    /// <returns>Its repeats, which nobody has told anything; none when another call of this id is the one that runs.</returns>
    public IReadOnlyList<GrainCall> Forget(GrainCall call)
    {
        if (!_entries.TryGetValue(call.Id, out var entry) || !ReferenceEquals(entry.Call, call)) return [];
        _entries.Remove(call.Id);
        if (entry.Result is not null) Remove(call.Id);
        return entry.Repeats ?? [];
    }

    /// <summary>The call of an id that runs.</summary>
    public GrainCall? Running(CallId id) => _entries.TryGetValue(id, out var entry) ? entry.Call : null;

    /// <summary>The results as octets: a version, then of each, the oldest first, the id (16), the length (4) and the JSON.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        if (_ended.Count == 0) return default;
        var buffer = new ArrayBufferWriter<byte>(1 + _ended.Count * 32);
        buffer.Write([Version]);
        foreach (var id in _ended)
        {
            var result = _entries[id].Result!.Value;
            var head = buffer.GetSpan(CallId.Length + 4);
            id.Write(head);
            BinaryPrimitives.WriteInt32BigEndian(head[CallId.Length..], result.Length);
            buffer.Advance(CallId.Length + 4);
            buffer.Write(result.Span);
        }
        return buffer.WrittenMemory;
    }

    /// <summary>Takes the results that <see cref="ToBytes"/> wrote, as far as it does not know them.</summary>
    /// <exception cref="GrainStoreException">The octets are of a later version, or damaged.</exception>
    public void Take(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span[0] != Version) throw new GrainStoreException($"the stored calls have version {bytes.Span[0]}: expected {Version}");
        for (var rest = bytes[1..]; rest.Length > 0;)
        {
            var length = rest.Length < CallId.Length + 4 ? -1 : BinaryPrimitives.ReadInt32BigEndian(rest.Span[CallId.Length..]);
            if (length < 0 || length > rest.Length - CallId.Length - 4) throw new GrainStoreException("the stored calls are cut off");
            var id = CallId.Read(rest.Span);
            if (_entries.TryAdd(id, new Entry(null) { Result = rest.Slice(CallId.Length + 4, length) })) _ended.Enqueue(id);
            rest = rest[(CallId.Length + 4 + length)..];
        }
    }

    /// <summary>One whose result is not stored yet stays beyond the capacity: its repeats hang on it.</summary>
    private void Trim()
    {
        while (_ended.Count > capacity && _entries[_ended.Peek()].Call is null) _entries.Remove(_ended.Dequeue());
    }

    private void Remove(CallId id)
    {
        for (var left = _ended.Count; left > 0; left--)
        {
            var next = _ended.Dequeue();
            if (next != id) _ended.Enqueue(next);
        }
    }

    private sealed class Entry(GrainCall? call)
    {
        public GrainCall? Call { get; set; } = call;

        public ReadOnlyMemory<byte>? Result { get; set; }

        public List<GrainCall>? Repeats { get; set; }
    }
}
