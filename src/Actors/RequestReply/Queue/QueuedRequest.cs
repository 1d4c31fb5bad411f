namespace Actors;

/// <summary>A request that a queue has accepted and that has not ended.</summary>
internal sealed class QueuedRequest(ulong number, ReceivedRequest client, TimeSpan deadline)
{
    public ulong Number => number;

    public RequestId? Id { get; } = client.Id;

    /// <summary>The request as it came last, with the envelope that leads to its client.</summary>
    public ReceivedRequest Client { get; set; } = client;

    public TimeSpan Deadline => deadline;

    /// <summary>The times that it was given to a server.</summary>
    public int Tries { get; private set; }

    /// <summary>The server that has it now; null while it waits.</summary>
    public QueueServer? Server { get; private set; }

    /// <summary>The server that had it before.</summary>
    public QueueServer? LastServer { get; private set; }

    public TimeSpan TryDeadline { get; private set; }

    /// <summary>True once a connection has ended by which it may have gone, so that nobody knows whether its server has it.</summary>
    public bool IsInDoubt { get; set; }

    private LinkedListNode<QueuedRequest>? _byDeadline;
    private LinkedListNode<QueuedRequest>? _place;

    public void Accepted(LinkedList<QueuedRequest> byDeadline) => _byDeadline = byDeadline.AddLast(this);

    /// <summary>The request waits in that list, at its end.</summary>
    public void WaitIn(LinkedList<QueuedRequest> list) => _place = list.AddLast(this);

    /// <summary>The request waits in that list, in front of all others.</summary>
    public void WaitInFrontOf(LinkedList<QueuedRequest> list) => _place = list.AddFirst(this);

    public void GiveTo(QueueServer server)
    {
        Leave(ref _place);
        Tries++;
        Server = server;
        IsInDoubt = false;
        server.InHand.Add(this);
    }

    /// <summary>The request is taken back unless it is answered by then.</summary>
    public void TryUntil(TimeSpan at, LinkedList<QueuedRequest> tries)
    {
        TryDeadline = at;
        _place = tries.AddLast(this);
    }

    /// <summary>Takes it from its server.</summary>
    public void TakeBack()
    {
        Leave(ref _place);
        if (Server is null) return;
        Server.InHand.Remove(this);
        LastServer = Server;
        Server = null;
    }

    public void End()
    {
        TakeBack();
        Leave(ref _byDeadline);
    }

    private static void Leave(ref LinkedListNode<QueuedRequest>? node)
    {
        node?.List?.Remove(node);
        node = null;
    }
}
