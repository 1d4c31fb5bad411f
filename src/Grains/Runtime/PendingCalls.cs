using System.Collections.Concurrent;
using System.Security.Cryptography;
using Actors.Grains.Calls;

namespace Actors.Grains.Runtime;

/// <summary>
/// The calls that this node has sent by a region and that have not ended. Such a call can be lost on its way, so it is sent
/// again until it ends or its time is up. May be used from any thread.
/// </summary>
internal sealed class PendingCalls(TimeProvider time)
{
    private static readonly TimeSpan s_firstRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestRetry = TimeSpan.FromSeconds(4);

    private static readonly ulong s_process = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private static ulong s_lastId;

    private readonly ConcurrentDictionary<long, Pending> _calls = new();
    private long _last;

    public int Count => _calls.Count;

    /// <summary>Gives the call a number and, if it has none, an id. Nothing happens the second time.</summary>
    public void Add(GrainCall call)
    {
        if (call.Number != 0) return;
        if (call.Id.IsNone) call.Id = NewId();
        call.Number = Interlocked.Increment(ref _last);
        _calls[call.Number] = new Pending(call, time.GetTimestamp());
        // It may have ended before it had a number.
        if (call.IsOver) _calls.TryRemove(call.Number, out _);
    }

    public GrainCall? Find(long number) => _calls.TryGetValue(number, out var pending) ? pending.Call : null;

    public void Remove(GrainCall call) => _calls.TryRemove(call.Number, out _);

    /// <summary>Ends calls whose time is up, and sends again those that have waited long enough.</summary>
    public void Look(long now, Action<GrainCall> expire, Action<GrainCall> sendAgain)
    {
        foreach (var (_, pending) in _calls)
        {
            if (now >= pending.Call.Deadline) expire(pending.Call);
            else if (time.GetElapsedTime(pending.SentAt, now) >= pending.Retry)
            {
                pending.SentAt = now;
                pending.Retry = pending.Retry * 2 < s_longestRetry ? pending.Retry * 2 : s_longestRetry;
                sendAgain(pending.Call);
            }
        }
    }

    /// <summary>The calls to fail when the node stops.</summary>
    public IEnumerable<GrainCall> All => _calls.Values.Select(pending => pending.Call);

    /// <summary>An id that no other process makes.</summary>
    public static CallId NewId() => new(s_process, Interlocked.Increment(ref s_lastId));

    private sealed class Pending(GrainCall call, long sentAt)
    {
        public GrainCall Call => call;

        public long SentAt { get; set; } = sentAt;

        public TimeSpan Retry { get; set; } = s_firstRetry;
    }
}
