using Actors.Grains.Calls;

namespace Actors.Grains.Runtime;

/// <summary>
/// The inbox: a linked list whose head is swapped, so that a post costs one compare-and-swap and an idle activation has no
/// queue. The head tells the state as well: asleep (nothing to do, no thread), null (a thread works, nothing new), closed.
/// </summary>
internal sealed partial class Activation : IThreadPoolWorkItem
{
    private const int RoundsOfOneTurn = 16;

    private static readonly WorkItem s_asleep = new Step(static _ => { });
    private static readonly WorkItem s_closed = new Step(static _ => { });

    private WorkItem? _inbox = s_asleep;

    public bool IsBusy => _begun.Count > 0 || !ReferenceEquals(Volatile.Read(ref _inbox), s_asleep);

    public bool IsClosed => ReferenceEquals(Volatile.Read(ref _inbox), s_closed);

    /// <summary>Gives the activation something to do. May be called from any thread.</summary>
    /// <returns>False when it is closed.</returns>
    public bool Post(WorkItem item)
    {
        var head = Volatile.Read(ref _inbox);
        while (!ReferenceEquals(head, s_closed))
        {
            item.Next = ReferenceEquals(head, s_asleep) ? null : head;
            var seen = Interlocked.CompareExchange(ref _inbox, item, head);
            if (ReferenceEquals(seen, head))
            {
                if (ReferenceEquals(head, s_asleep)) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
                return true;
            }
            head = seen;
        }
        return false;
    }

    /// <summary>
    /// Gives the activation a call that is sent again until it ends. One that an inbox holds stays where it is: it is its own link, so
    /// it cannot be there twice.
    /// </summary>
    /// <returns>False when it is closed.</returns>
    public bool PostOnce(GrainCall call)
    {
        if (!call.TryEnterInbox()) return true;
        if (Post(call)) return true;
        call.LeaveInbox();
        return false;
    }

    void IThreadPoolWorkItem.Execute()
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            for (var round = 0; round < RoundsOfOneTurn; round++)
            {
                var newest = Interlocked.Exchange(ref _inbox, null);
                if (newest is null)
                {
                    if (Interlocked.CompareExchange(ref _inbox, s_asleep, null) is null) return;
                    continue;
                }
                if (!RunInOrder(newest)) return;
            }
            // Others get the thread.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Continuations of a grain's code.</summary>
    public override void Post(SendOrPostCallback callback, object? state)
    {
        // Behind the end, a grain has only what it never awaited.
        var rest = new Continuation(callback, state);
        if (!Post(rest)) ThreadPool.UnsafeQueueUserWorkItem(static behind => behind.Activation.Run(behind.Item), (Activation: this, Item: rest), preferLocal: false);
    }

    public override void Send(SendOrPostCallback callback, object? state) => throw new NotSupportedException("a grain's synchronization context takes no Send: expected Post");

    public override SynchronizationContext CreateCopy() => this;

    /// <returns>False when the inbox was closed meanwhile.</returns>
    private bool RunInOrder(WorkItem newest)
    {
        var oldest = InOrder(newest);
        while (oldest is not null)
        {
            var item = oldest;
            oldest = item.Next;
            item.Next = null;
            if (_phase == Phase.Closed && item is GrainCall call)
            {
                call.LeaveInbox();
                GiveBack(call);
                continue;
            }
            Run(item);
        }
        return _phase != Phase.Closed;
    }

    /// <summary>A fault here is one of an <c>async void</c> method of the grain, or ours: it must not end the process.</summary>
    private void Run(WorkItem item)
    {
        try
        {
            item.Run(this);
        }
        catch (Exception failure)
        {
            _host.Runtime.Log.TurnFailed(Id, failure);
        }
    }

    private WorkItem? CloseInbox() => Interlocked.Exchange(ref _inbox, s_closed) is { } left && !ReferenceEquals(left, s_asleep) ? InOrder(left) : null;

    private static WorkItem InOrder(WorkItem newest)
    {
        WorkItem? done = null;
        for (var item = newest; ;)
        {
            var next = item.Next;
            item.Next = done;
            done = item;
            if (next is null) return done;
            item = next;
        }
    }
}

/// <summary>A step of an activation's own life.</summary>
internal sealed class Step(Action<Activation> does) : WorkItem
{
    internal override void Run(Activation activation) => does(activation);
}

/// <summary>The rest of an async method of a grain.</summary>
internal sealed class Continuation(SendOrPostCallback callback, object? state) : WorkItem
{
    internal override void Run(Activation activation) => callback(state);
}
