using Actors.Transport;

namespace Actors;

/// <summary>Carries out what a <see cref="RequestBook"/> decides.</summary>
internal interface IQueueOutlets
{
    /// <summary>The server gets the request.</summary>
    void Assign(QueueServer server, QueuedRequest request);

    /// <summary>The client gets its reply.</summary>
    void Reply(ReceivedRequest client, Message body);

    /// <summary>The client gets no reply.</summary>
    void Refuse(ReceivedRequest client, Refusal refusal);
}
