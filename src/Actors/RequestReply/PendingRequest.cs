using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>A request that a request role has accepted, from its acceptance to its one end.</summary>
internal sealed class PendingRequest(ulong number, Message message, IActorRef sender, TimeSpan deadline)
{
    private LinkedListNode<PendingRequest>? _byDeadline;
    private LinkedListNode<PendingRequest>? _byTryDeadline;

    public ulong Number => number;

    public Message Message => message;

    public IActorRef Sender => sender;

    /// <summary>When its time is over.</summary>
    public TimeSpan Deadline => deadline;

    /// <summary>Null when nobody listens.</summary>
    public ClientSpan? Span { get; init; }

    /// <summary>The tries so far, the one that runs included.</summary>
    public int Tries { get; private set; }

    /// <summary>When the try that runs is over, where another may follow.</summary>
    public TimeSpan TryDeadline { get; private set; }

    /// <summary>The server that has the request now; null while it waits for a try.</summary>
    public Server? Server { get; private set; }

    /// <summary>The server of the try before.</summary>
    public Server? LastServer { get; private set; }

    /// <summary>True once its sender has been answered. It may still stand in a queue, which passes over it.</summary>
    public bool Ended { get; private set; }

    public void Accepted(LinkedList<PendingRequest> byDeadline) => _byDeadline = byDeadline.AddLast(this);

    public void BeginTry(Server server)
    {
        Tries++;
        Server = server;
        Span?.Try(server.Endpoint);
    }

    /// <summary>Another try follows unless the one that runs is answered by then.</summary>
    public void TryUntil(TimeSpan at, LinkedList<PendingRequest> byTryDeadline)
    {
        TryDeadline = at;
        _byTryDeadline = byTryDeadline.AddLast(this);
    }

    public void EndTry()
    {
        Leave(ref _byTryDeadline);
        LastServer = Server;
        Server = null;
    }

    /// <param name="failure">Null for a reply.</param>
    public void End(Exception? failure)
    {
        Ended = true;
        Span?.End(Tries, failure);
        Leave(ref _byTryDeadline);
        Leave(ref _byDeadline);
    }

    private static void Leave(ref LinkedListNode<PendingRequest>? node)
    {
        node?.List!.Remove(node);
        node = null;
    }
}
