using Actors.Transport;

namespace Actors;

/// <summary>Carries out what a <see cref="RequestLedger"/> decides.</summary>
internal interface IRequestOutlets
{
    /// <summary>The server gets the request.</summary>
    void Send(Server server, PendingRequest request);

    /// <summary>The server's socket is opened anew, so that nothing of what was sent by it can be answered.</summary>
    void Reopen(Server server);

    /// <summary>The request has ended.</summary>
    /// <param name="request">Its sender gets the answer.</param>
    /// <param name="answer">The reply, or why there is none.</param>
    void End(PendingRequest request, RequestEnd answer);

    /// <summary>A try has ended without a reply, and another follows.</summary>
    void Retry(PendingRequest request, Server server, string why, TimeSpan wait);

    /// <summary>A message was dropped.</summary>
    /// <param name="server">Where it was to go, or came from.</param>
    /// <param name="reason">Why.</param>
    void Drop(Server server, DropReason reason);
}

/// <summary>How a request ended: exactly one of the two is there.</summary>
internal readonly record struct RequestEnd(Message? Reply, Exception? Failure)
{
    public static RequestEnd Replied(Message reply) => new(reply, null);

    public static RequestEnd Failed(Exception failure) => new(null, failure);
}
