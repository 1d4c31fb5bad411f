using System.Buffers;
using System.Buffers.Binary;
using System.Text;
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
    private const uint FailureBit = 0x8000_0000;

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
        // While its call is known, a result is not stored yet: the write may be refused, and then the call runs anew.
        if (entry is { Call: null, Result: not null }) entry.End(call);
        else if (!ReferenceEquals(entry.Call, call)) (entry.Repeats ??= []).Add(call);
        return true;
    }

    /// <summary>Keeps a result. It is told by <see cref="Tell"/>, when it is stored.</summary>
    /// <param name="call">The call.</param>
    /// <param name="result">JSON; of a failure, its message in UTF-8.</param>
    /// <param name="isFailure">Whether the method threw.</param>
    public void SetResult(GrainCall call, ReadOnlyMemory<byte> result, bool isFailure = false)
    {
        if (!_entries.TryGetValue(call.Id, out var entry)) _entries[call.Id] = entry = new Entry(call);
        entry.Result = result;
        entry.IsFailure = isFailure;
        _ended.Enqueue(call.Id);
        Trim();
    }

    /// <summary>Tells the result to the repeats that have come meanwhile.</summary>
    public void Tell(GrainCall call)
    {
        if (!_entries.TryGetValue(call.Id, out var entry)) return;
        entry.Call = null;
        if (entry.Repeats is { } repeats && entry.Result is not null)
        {
            foreach (var repeat in repeats) entry.End(repeat);
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

    /// <summary>The results as octets: a version, then of each, the oldest first, the id (16), the length (4, the highest bit set for a failure) and the JSON or message.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        if (_ended.Count == 0) return default;
        var buffer = new ArrayBufferWriter<byte>(1 + _ended.Count * 32);
        buffer.Write([Version]);
        foreach (var id in _ended)
        {
            var entry = _entries[id];
            var result = entry.Result!.Value;
            var head = buffer.GetSpan(CallId.Length + 4);
            id.Write(head);
            BinaryPrimitives.WriteUInt32BigEndian(head[CallId.Length..], (uint)result.Length | (entry.IsFailure ? FailureBit : 0));
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
            var head = rest.Length < CallId.Length + 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(rest.Span[CallId.Length..]);
            var length = (int)(head & ~FailureBit);
            if (length > rest.Length - CallId.Length - 4) throw new GrainStoreException("the stored calls are cut off");
            var id = CallId.Read(rest.Span);
            if (_entries.TryAdd(id, new Entry(null) { Result = rest.Slice(CallId.Length + 4, length), IsFailure = (head & FailureBit) != 0 })) _ended.Enqueue(id);
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

        public bool IsFailure { get; set; }

        public List<GrainCall>? Repeats { get; set; }

        /// <summary>Ends a repeat as the call has ended.</summary>
        public void End(GrainCall repeat)
        {
            if (IsFailure) repeat.Fail(new GrainException(GrainError.Failed, Encoding.UTF8.GetString(Result!.Value.Span)));
            else repeat.Succeed(Result!.Value);
        }
    }
}
