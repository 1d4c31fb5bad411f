using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// REP (RFC 28): tells each request to its handler as a <see cref="Message"/>, and sends back the <see cref="Message"/> that the
/// handler tells its sender. Requests of several peers are handled at once.
/// </summary>
/// <remarks>
/// The socket is a ROUTER that keeps the envelope of each request and returns it with the reply, as a REP does, so a handler
/// that fails or is slow holds up only its own request. A request that is not answered in time is dropped and counted. Its
/// client is told when the request bears an id or came by a queue, and runs into its own timeout otherwise. With
/// <see cref="ReplySettings.Once"/>, a repeat of a request that was answered gets the same reply, and one that comes while the
/// request is worked on gets its reply when it is there; a request that failed is worked on again. With
/// <see cref="ReplySettings.Queue"/>, the role is a server behind queues, by a DEALER to each. Asked to drain, it leaves them.
/// Frames: docs/protocols/request-reply.md and queue.md.
/// </remarks>
public static class ReplyRole
{
    /// <summary>Props of a reply role.</summary>
    /// <param name="settings">Checked here, and again when the role starts.</param>
    /// <param name="handler">The actor that answers; a child of the role.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work, a malformed endpoint for example; the exception names it.</exception>
    public static Props Props(ReplySettings settings, Props handler)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(handler);
        settings.Validate();
        return Akka.Actor.Props.Create(() => new ReplyActor(settings, handler));
    }
}

/// <summary>A reply role, with its own clients and those of the queues that it joins.</summary>
internal sealed class ReplyActor : RoleActor
{
    private readonly List<QueueMembership> _queues = [];
    private readonly ReplySettings _settings;
    private readonly Props _handlerProps;
    private readonly OnceCache? _once;
    private IActorRef _handler = ActorRefs.Nobody;

    // What the handler has not answered; the oldest first.
    private readonly LinkedList<AwaitedReply> _awaited = new();
    private readonly IActorRefProvider _provider = ((ExtendedActorSystem)Context.System).Provider;

    public ReplyActor(ReplySettings settings, Props handler)
        : base(settings)
    {
        _handlerProps = handler;
        _settings = settings;
        _once = settings.Once is { } once ? new OnceCache(once.Capacity, once.Age, Time) : null;
        // There are never more replies than requests in hand, so the queue never overflows.
        if (settings.ReplySocket is { } socket)
            AddSocket(socket, new InboundLane(Self), settings.MaxInFlight, NewOutboundLane(new OutboundSettings(settings.MaxInFlight, OverflowRule.DropNewest)));
        if (settings.Queue is not { } queue) return;
        var ready = new QueueReady(QueueCodec.Version, Guid.NewGuid(), (uint)settings.MaxInFlight, queue.Heartbeat.Interval);
        foreach (var toQueue in settings.QueueSockets)
        {
            // A queue keeps to the capacity that it is told. Heartbeats have to come through even when it is used up.
            var link = AddUnboundedSocket(toQueue, 2 * settings.MaxInFlight);
            _queues.Add(new QueueMembership(Name, link, ready, queue.Heartbeat, Self, Log, Time));
        }
    }

    protected override long WaitingInRole => _awaited.Count;

    protected override void PreStart()
    {
        _handler = Context.Watch(Context.ActorOf(_handlerProps, "handler"));
        if (_settings.Queue is { } queue) BeatEvery(queue.Heartbeat.Interval);
        base.PreStart();
    }

    protected override void PostStop()
    {
        LeaveQueues();
        foreach (var queue in _queues) queue.Link.Outbound!.Flush();
        foreach (var awaited in _awaited) awaited.End();
        base.PostStop();
    }

    protected override void OnDraining() => LeaveQueues();

    private void LeaveQueues()
    {
        foreach (var queue in _queues) queue.Leave();
    }

    protected override void OnSocketOpened(SocketLink link) => QueueOf(link)?.SocketOpened();

    protected override void OnPeersChanged(SocketLink link, PeerEvent? what) => QueueOf(link)?.PeersChanged(what);

    protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        if (LinkOf(Sender) is not { } link) return;
        link.Inbound!.Count(messages);
        if (QueueOf(link) is { } queue)
        {
            link.Inbound.Release(messages.Count);
            foreach (var message in messages)
                if (queue.TryTake(message, out var request)) OnRequest(request);
            return;
        }
        foreach (var message in messages)
        {
            var request = new ReceivedRequest(message, link);
            if (request.IsWellFormed)
            {
                OnRequest(request);
                continue;
            }
            // RFC 28: a message without an envelope that ends in an empty frame, or without a body, is discarded.
            link.Outbound!.Drop(1, DropReason.Malformed, request.Peer);
            link.Inbound.Release(1);
        }
    }

    private void OnRequest(ReceivedRequest request)
    {
        if (request.Id is not { } id || _once is null)
        {
            Work(request);
            return;
        }
        switch (_once.Begin(id, request, out var reply, out var replaced))
        {
            case OnceState.New:
                Work(request);
                return;
            case OnceState.Answered:
                request.Link.Outbound!.Offer(request.Reply(reply!), Self);
                break;
            case OnceState.InWork when !replaced.IsSameAs(request):
                QueueOf(replaced.Link)?.Fail(replaced, "the request came again by another way, and is answered there");
                break;
        }
        Events.Publish(new RequestRepeated(Name, reply is not null));
        Release(request);
    }

    private void Work(ReceivedRequest request)
    {
        var awaited = new AwaitedReply(request, Self, Time.Elapsed() + _settings.HandlerTimeout, _provider);
        awaited.Place = _awaited.AddLast(awaited);
        _handler.Tell(request.Body, awaited);
        DueAt(_awaited.First!.Value.Due);
    }

    /// <summary>All requests have the same time, so the oldest falls due first.</summary>
    protected override void OnDue()
    {
        var now = Time.Elapsed();
        while (_awaited.First is { Value: var oldest } && oldest.Due <= now)
        {
            End(oldest);
            Unanswered(oldest.Request, new TimeoutException($"the handler did not answer within {_settings.HandlerTimeout.TotalMilliseconds} ms"));
        }
        DueAt(_awaited.First?.Value.Due);
    }

    private bool End(AwaitedReply awaited)
    {
        if (awaited.Place is not { List: not null } place) return false;
        awaited.End();
        _awaited.Remove(place);
        return true;
    }

    protected override void OnBeat()
    {
        foreach (var queue in _queues) queue.Tick();
    }

    protected override void OnOther(object message)
    {
        switch (message)
        {
            case HandlerAnswered answered: OnAnswered(answered.Awaited, answered.Answer); break;
            default: base.OnOther(message); break;
        }
    }

    private void OnAnswered(AwaitedReply awaited, object? answer)
    {
        // An answer may be on its way here when its time is over.
        if (!End(awaited)) return;
        switch (answer)
        {
            case Message reply: OnAnswer(awaited.Request, reply); break;
            case Status.Failure failure: Unanswered(awaited.Request, failure.Cause); break;
            default:
                Unanswered(awaited.Request, new InvalidOperationException($"the handler replied with a {answer?.GetType().Name ?? "null"}: expected a {nameof(Message)}"));
                break;
        }
    }

    private void OnAnswer(ReceivedRequest request, Message reply)
    {
        // The envelope of a repeat that came meanwhile leads to the client's connection of now.
        var latest = _once is not null && request.Id is { } id ? _once.Answer(id, reply) : request;
        latest.Link.Outbound!.Offer(latest.Reply(reply), Self);
        Done(request);
    }

    private void Unanswered(ReceivedRequest request, Exception cause)
    {
        var latest = _once is not null && request.Id is { } id ? _once.Fail(id) : request;
        var reason = cause is TimeoutException ? DropReason.HandlerTimeout : DropReason.HandlerFailed;
        Log.Warning("{0}: a request got no reply: {1}", Name, cause.Message);
        latest.Link.Outbound!.Drop(1, reason, latest.Peer);
        if (QueueOf(latest.Link) is { } queue) queue.Fail(latest, cause.Message);
        else if (latest.Id is not null) latest.Link.Outbound.Offer(latest.Refuse(new Refusal(RefusalCode.Failed, $"{Name}: {cause.Message}")), Self);
        Done(request);
    }

    private void Done(ReceivedRequest request)
    {
        Release(request);
        CheckDrained();
    }

    private void Release(ReceivedRequest request)
    {
        if (QueueOf(request.Link) is null) request.Link.Inbound!.Release(1);
    }

    private QueueMembership? QueueOf(SocketLink link) => _queues.Find(queue => queue.Link == link);
}
