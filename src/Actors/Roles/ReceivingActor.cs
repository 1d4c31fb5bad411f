using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>A role that tells its handler what it receives; it may send by the same socket.</summary>
internal abstract class ReceivingActor : RoleActor
{
    private readonly InboundLane _inbound;
    private readonly SocketLink _link;
    private readonly RoleHandler _handlerOf;
    private IActorRef _handler = ActorRefs.Nobody;
    private List<object>? _beforeSocket;

    protected ReceivingActor(RoleSettings settings, SocketSpec socket, int inboundWindow, RoleHandler handler, OutboundSettings? outbound = null, bool mayTellBatches = true)
        : base(settings)
    {
        _handlerOf = handler;
        _inbound = new InboundLane(Self, mayTellBatches && handler.TellsBatches, new HandlerTimes(Name, settings.Pattern, Time));
        _link = AddSocket(socket, _inbound, inboundWindow, outbound is null ? null : NewOutboundLane(outbound));
        WorksOff(_link);
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        _inbound.TellsBatches ? HandlerSupervision.TellingFailures(Self) : HandlerSupervision.CountingFailures(Name, Events);

    protected override long WaitingInRole => _inbound.InHand;

    protected override void PreStart()
    {
        _handler = _handlerOf.Start(Context, Name);
        base.PreStart();
    }

    protected SocketLink Link => _link;

    protected InboundLane Inbound => _inbound;

    /// <summary>Null in a role that does not send.</summary>
    protected OutboundLane? Outbound => _link.Outbound;

    protected IActorRef Handler => _handler;

    protected override void OnInbound(IReadOnlyList<Message> messages) => _inbound.Deliver(messages, _handler);

    protected override void OnOther(object message)
    {
        switch (message)
        {
            case HandlerFailed failed: OnBatchFailed(failed.Cause); break;
            case HandlerEnded ended: OnHandlerEnded(ended.Worked); break;
            default: base.OnOther(message); break;
        }
    }

    private void OnHandlerEnded(long worked)
    {
        if (_inbound.Received - worked is > 0 and var lost) Events.Publish(new MessagesDropped(Name, lost, DropReason.Stopped));
        Context.Stop(Self);
    }

    /// <summary>The batch that the handler failed on is not tried again. A handler that cannot even be created had none.</summary>
    private void OnBatchFailed(Exception cause)
    {
        if (cause is ActorInitializationException || _inbound.InWork() is not (> 0 and var lost)) return;
        Events.Publish(new MessagesDropped(Name, lost, DropReason.HandlerFailed));
    }

    protected void ForwardToSocket(object message)
    {
        if (_link.Socket is { } socket) socket.Tell(message, Self);
        else (_beforeSocket ??= []).Add(message);
    }

    protected override void OnSocketOpened(SocketLink link)
    {
        if (_beforeSocket is null) return;
        foreach (var message in _beforeSocket) _link.Socket!.Tell(message, Self);
        _beforeSocket = null;
    }
}
