using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// ROUTER (RFC 28): tells its handler each message as a <see cref="PeerMessage"/>, which names the peer, and sends a
/// <see cref="PeerMessage"/> that anyone tells the role to the peer that it names.
/// </summary>
/// <remarks>
/// A plain <see cref="Message"/> told to the role is sent to the peer whose routing id is its first frame. The handler is also
/// told <see cref="PeerConnected"/> and <see cref="PeerDisconnected"/>; on the engine <c>zmtp</c> they name the routing id. Who
/// told the role a message that cannot be delivered is told a <see cref="Status.Failure"/> with a
/// <see cref="PeerUnreachableException"/>: no peer of that routing id is connected, or it does not read.
/// </remarks>
public static class RouterRole
{
    /// <summary>Props of a router role.</summary>
    /// <param name="settings">Checked when the role starts, before it opens a socket.</param>
    /// <param name="handler">The actor that is told what the peers send; a child of the role.</param>
    public static Props Props(RouterSettings settings, Props handler)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(handler);
        return Akka.Actor.Props.Create(() => new RouterActor(settings, handler));
    }
}

/// <summary>A router role.</summary>
internal sealed class RouterActor(RouterSettings settings, Props handler)
    : DirectActor(settings, settings.RouterSocket, settings.InboundWindow, settings.Outbound, handler, mayTellBatches: false)
{
    protected override void OnOther(object message)
    {
        if (message is PeerMessage outbound) Send(Addressed(outbound.Peer, outbound.Message));
        else base.OnOther(message);
    }

    protected override void OnOutbound(Message message)
    {
        if (message.FrameCount > 1)
        {
            Send(settings.Delimiter ? Addressed(message[0], message.Skip(1)) : message.From(Sender));
            return;
        }
        DropMalformed(1);
        Sender.Tell(new Status.Failure(new ArgumentException($"{Name}: a message of one frame names no peer: expected the routing id, and the message behind it")), Self);
    }

    protected override void OnInbound(IReadOnlyList<Message> messages) => Inbound.Deliver(messages, Handler, Told);

    private Message Addressed(ReadOnlyMemory<byte> peer, Message message) =>
        (settings.Delimiter ? Delimited(message) : message).Prepend(peer).From(Sender);

    private PeerMessage? Told(Message message)
    {
        var frames = settings.Delimiter ? 2 : 1;
        if (message.FrameCount > frames && (frames == 1 || message[1].Length == 0)) return new PeerMessage(message[0], message.Skip(frames));
        DropMalformed(1, Convert.ToHexString(message[0].Span));
        return null;
    }
}
