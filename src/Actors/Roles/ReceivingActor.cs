using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>A role that tells its handler what it receives.</summary>
internal abstract class ReceivingActor : RoleActor
{
    private readonly InboundLane _inbound;
    private readonly SocketLink _link;
    private readonly Props _handlerProps;
    private IActorRef _handler = ActorRefs.Nobody;
    private List<object>? _beforeSocket;

    protected ReceivingActor(RoleSettings settings, SocketSpec socket, int inboundWindow, Props handler)
        : base(settings)
    {
        _handlerProps = handler;
        _inbound = new InboundLane(Self);
        _link = AddSocket(socket, _inbound, inboundWindow);
    }

    protected override SupervisorStrategy SupervisorStrategy() => HandlerSupervision.CountingFailures(Name, Events);

    protected override void PreStart()
    {
        _handler = Context.Watch(Context.ActorOf(_handlerProps, "handler"));
        base.PreStart();
    }

    protected InboundLane Inbound => _inbound;

    protected override void OnInbound(IReadOnlyList<Message> messages) => _inbound.Deliver(messages, _handler);

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
