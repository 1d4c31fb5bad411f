using Actors.Transport;

namespace Actors;

/// <summary>
/// The requests in work and the replies to finished ones, by request id, so that a repeat is not worked on
/// again. Replies are kept up to a number and an age; the oldest go first.
/// </summary>
/// <param name="capacity">The most replies kept; requests in work do not count.</param>
/// <param name="age">The time that a reply is kept.</param>
/// <param name="time">The role's clock.</param>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class OnceCache(int capacity, TimeSpan age, TimeProvider time)
{
    private readonly Dictionary<RequestId, Entry> _entries = [];
    private readonly Queue<(RequestId Id, TimeSpan At)> _answered = new();

    /// <summary>Replies kept now.</summary>
    public int Count => _answered.Count;

    /// <summary>Looks a request up, and counts it as in work when it is new.</summary>
    /// <param name="id">The request's id.</param>
    /// <param name="request">The request. A repeat takes the place of the first, because it came by the connection on which its client waits now.</param>
    /// <param name="reply">The reply, where it is known.</param>
    /// <param name="replaced">The request in work whose place a repeat has taken.</param>
    public OnceState Begin(RequestId id, ReceivedRequest request, out Message? reply, out ReceivedRequest replaced)
    {
        Forget();
        reply = null;
        replaced = default;
        if (!_entries.TryGetValue(id, out var entry))
        {
            _entries.Add(id, new Entry { Request = request });
            return OnceState.New;
        }
        reply = entry.Reply;
        if (reply is not null) return OnceState.Answered;
        replaced = entry.Request;
        entry.Request = request;
        return OnceState.InWork;
    }

    /// <summary>The work is done.</summary>
    /// <returns>The request whose envelope the reply gets.</returns>
    public ReceivedRequest Answer(RequestId id, Message reply)
    {
        var entry = _entries[id];
        var request = entry.Request;
        entry.Request = default;
        entry.Reply = reply;
        _answered.Enqueue((id, time.Elapsed()));
        Forget();
        return request;
    }

    /// <summary>The work has failed, so a repeat is worked on again.</summary>
    /// <returns>The request whose client waits for the work.</returns>
    public ReceivedRequest Fail(RequestId id)
    {
        _entries.Remove(id, out var entry);
        return entry!.Request;
    }

    private void Forget()
    {
        while (_answered.TryPeek(out var oldest) && (_answered.Count > capacity || time.Elapsed() - oldest.At >= age))
        {
            _answered.Dequeue();
            _entries.Remove(oldest.Id);
        }
    }

    private sealed class Entry
    {
        public ReceivedRequest Request { get; set; }

        public Message? Reply { get; set; }
    }
}

/// <summary>What an <see cref="OnceCache"/> knows of a request.</summary>
internal enum OnceState
{
    /// <summary>It was not seen before.</summary>
    New,

    /// <summary>It is in work.</summary>
    InWork,

    /// <summary>Its reply is known.</summary>
    Answered,
}
