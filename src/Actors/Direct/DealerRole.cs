using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// DEALER (RFC 28): each <see cref="Message"/> told to the role goes to one of the connected peers, in turn, and each message of a
/// peer is told to the handler, fairly among the peers. Nothing ties a message to another: what comes back when is up to the peers.
/// </summary>
/// <remarks>
/// What the handler tells its sender is sent as well. The handler is also told <see cref="PeerConnected"/> and
/// <see cref="PeerDisconnected"/>. A slow handler holds the peers back, and so does a handler whose answers nobody takes.
/// </remarks>
public static class DealerRole
{
    /// <summary>Props of a dealer role.</summary>
    /// <param name="settings">Checked when the role starts, before it opens a socket.</param>
    /// <param name="handler">The actor that is told what comes back; a child of the role.</param>
    public static Props Props(DealerSettings settings, Props handler)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(handler);
        return Akka.Actor.Props.Create(() => new DealerActor(settings, handler));
    }
}

/// <summary>A dealer role.</summary>
internal sealed class DealerActor(DealerSettings settings, Props handler)
    : DirectActor(settings, settings.DealerSocket, settings.InboundWindow, settings.Outbound, handler)
{
    protected override void OnOutbound(Message message) => Send(settings.Delimiter ? Delimited(message) : message);

    protected override void OnOutbound(MessageBatch batch) => Send(settings.Delimiter ? new MessageBatch([.. batch.Select(Delimited)]) : batch);

    protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        if (!settings.Delimiter)
        {
            base.OnInbound(messages);
            return;
        }
        Message[] bodies = [.. messages.Where(message => message.FrameCount > 1 && message[0].Length == 0).Select(message => message.Skip(1))];
        var malformed = messages.Count - bodies.Length;
        if (malformed > 0)
        {
            DropMalformed(malformed);
            Inbound.Pass(messages.Where(message => message.FrameCount == 1 || message[0].Length > 0).ToList());
        }
        base.OnInbound(bodies);
    }
}
