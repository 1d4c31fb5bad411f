using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>A request that has not ended.</summary>
internal sealed class PendingRequest(ulong number, Message message, IActorRef sender)
{
    public ulong Number => number;

    public Message Message => message;

    public IActorRef Sender => sender;

    /// <summary>The tries so far, the one that runs included.</summary>
    public int Tries { get; private set; }

    /// <summary>The server that has the request now; null while it waits for a try.</summary>
    public Server? Server { get; private set; }

    /// <summary>The server of the try before.</summary>
    public Server? LastServer { get; private set; }

    /// <summary>Whether its sender has been answered; it leaves the queue at its turn.</summary>
    public bool Ended { get; private set; }

    private ICancelable? _deadline;
    private ICancelable? _timer;

    /// <summary>The end of the request's time.</summary>
    public void EndBy(ICancelable deadline) => _deadline = deadline;

    /// <param name="server">Where the try goes.</param>
    public void BeginTry(Server server)
    {
        Tries++;
        Server = server;
        Wait(null);
    }

    public void EndTry()
    {
        LastServer = Server;
        Server = null;
        Wait(null);
    }

    /// <summary>The end of the running try, or of the wait for the next.</summary>
    public void Wait(ICancelable? timer)
    {
        _timer?.Cancel();
        _timer = timer;
    }

    public void End(object answer, IActorRef role)
    {
        Ended = true;
        _deadline?.Cancel();
        Wait(null);
        sender.Tell(answer, role);
    }
}
