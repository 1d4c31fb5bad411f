using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// The head of a pipeline (PUSH, RFC 30): each <see cref="Message"/> told to the role goes to one of the connected pullers, in
/// turn. While there is none, messages wait, as many as the settings allow.
/// </summary>
/// <remarks>
/// With <see cref="PushSettings.Acknowledged"/>, each message is a task: it goes to a peer with credit, and again to another
/// until one has acknowledged it. After the last try it is published as <see cref="TaskDeadLettered"/>. The ledger is in
/// memory and ends with the role. With <see cref="PushSettings.Journal"/>, a task is accepted, and sent, when it is durable;
/// a producer that can read its source again registers with the source's name, and is told where to begin.
/// </remarks>
public static class PushRole
{
    /// <summary>Props of a push role.</summary>
    /// <param name="settings">Checked here, and again when the role starts.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work, a malformed endpoint for example; the exception names it.</exception>
    public static Props Props(PushSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        return settings.Acknowledged is { } acknowledged
            ? Akka.Actor.Props.Create(() => new AcknowledgedPushActor(settings, acknowledged))
            : Akka.Actor.Props.Create(() => new PushActor(settings));
    }
}

/// <summary>A push role that sends each message once.</summary>
internal sealed class PushActor : RoleActor
{
    private readonly OutboundLane _outbound;

    public PushActor(PushSettings settings)
        : base(settings)
    {
        _outbound = NewOutboundLane(settings.Outbound);
        WaitsForPeers([AddSocket(settings.PlainSocket, outbound: _outbound)]);
    }

    protected override void OnOutbound(Message message) => _outbound.Offer(message, Sender);

    protected override void OnOutbound(MessageBatch batch) => _outbound.Offer(batch, Sender);
}
