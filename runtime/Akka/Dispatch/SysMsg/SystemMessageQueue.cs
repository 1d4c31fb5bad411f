namespace Akka.Dispatch.SysMsg;

/// <summary>
/// Many threads push, one takes all at once: a linked stack, reversed when taken.
/// Once closed it takes nothing more, and says so to whoever pushes.
/// </summary>
internal struct SystemMessageQueue
{
    private static readonly NoMessage Closed = new();

    private SystemMessage? _top;

    public readonly bool HasMessages
    {
        get
        {
            var top = Volatile.Read(in _top);
            return top is not null && !ReferenceEquals(top, Closed);
        }
    }

    /// <summary>False when the queue is closed.</summary>
    public bool TryPush(SystemMessage message)
    {
        var top = Volatile.Read(ref _top);
        while (true)
        {
            if (ReferenceEquals(top, Closed))
                return false;
            message.Next = top;
            var seen = Interlocked.CompareExchange(ref _top, message, top);
            if (ReferenceEquals(seen, top))
                return true;
            top = seen;
        }
    }

    /// <summary>Takes all messages, oldest first, linked by <see cref="SystemMessage.Next"/>.</summary>
    public SystemMessage? TakeAll()
    {
        var top = Volatile.Read(ref _top);
        while (top is not null && !ReferenceEquals(top, Closed))
        {
            var seen = Interlocked.CompareExchange(ref _top, null, top);
            if (ReferenceEquals(seen, top))
                return Reverse(top);
            top = seen;
        }

        return null;
    }

    /// <summary>Takes all messages and closes the queue.</summary>
    public SystemMessage? Close()
    {
        var top = Interlocked.Exchange(ref _top, Closed);
        return top is null || ReferenceEquals(top, Closed) ? null : Reverse(top);
    }

    private static SystemMessage Reverse(SystemMessage top)
    {
        SystemMessage? reversed = null;
        for (var message = top; message is not null;)
        {
            var next = message.Next;
            message.Next = reversed;
            reversed = message;
            message = next;
        }

        return reversed!;
    }
}
