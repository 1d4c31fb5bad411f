using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>A role that tells its handler what it receives; it may send by the same socket.</summary>
internal abstract class ReceivingActor : RoleActor
{
    private readonly InboundLane _inbound;
    private readonly SocketLink _link;
    private readonly Props _handlerProps;
    private IActorRef _handler = ActorRefs.Nobody;
    private List<object>? _beforeSocket;

    protected ReceivingActor(RoleSettings settings, SocketSpec socket, int inboundWindow, Props handler, OutboundSettings? outbound = null, bool mayTellBatches = true)
        : base(settings)
    {
        _handlerProps = handler;
        _inbound = new InboundLane(Self, mayTellBatches && IReceiveBatches.IsImplementedBy(handler), new HandlerTimes(Name, settings.Pattern, Time));
        _link = AddSocket(socket, _inbound, inboundWindow, outbound is null ? null : NewOutboundLane(outbound));
        WorksOff(_link);
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        _inbound.TellsBatches ? HandlerSupervision.TellingFailures(Self) : HandlerSupervision.CountingFailures(Name, Events);

    protected override long WaitingInRole => _inbound.InHand;

    protected override void PreStart()
    {
        _handler = Context.Watch(Context.ActorOf(_handlerProps, "handler"));
        MessagesAtStop.Of(Context.System).Watch(_handler, Name);
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
        if (message is HandlerFailed failed) OnBatchFailed(failed.Cause);
        else base.OnOther(message);
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
