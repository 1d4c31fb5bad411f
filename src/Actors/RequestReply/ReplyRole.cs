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
/// that fails or is slow holds up only its own request. A request that the handler fails on ends at once, and one that is not
/// answered in time ends then; both are counted. The client is told when the request bears an id or came by a queue, and runs
/// into its own timeout otherwise. Replies to requests of one client that nothing else tells apart keep the order of the
/// requests. With
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
    private readonly ReplyOrder _order;
    private readonly HandlerTimes _times;
    private readonly IActorRefProvider _provider = ((ExtendedActorSystem)Context.System).Provider;

    // The socket of its own; null where all requests come from queues.
    private readonly SocketLink? _link;

    // Places of the window that held replies keep.
    private int _kept;

    public ReplyActor(ReplySettings settings, Props handler)
        : base(settings)
    {
        _handlerProps = FailedRequests.In(handler);
        _settings = settings;
        _once = settings.Once is { } once ? new OnceCache(once.Capacity, once.Age, Time) : null;
        _order = new ReplyOrder(Send);
        _times = new HandlerTimes(Name, settings.Pattern, Time);
        // The window bounds the replies, and ReleaseKept those that are held, so the queue never overflows.
        if (settings.ReplySocket is { } socket)
            _link = AddSocket(socket, new InboundLane(Self), settings.MaxInFlight, NewOutboundLane(new OutboundSettings((int)Math.Min(int.MaxValue, 3L * settings.MaxInFlight), OverflowRule.DropNewest)));
        if (settings.Queue is not { } queue) return;
        var ready = new QueueReady(QueueCodec.Version, Guid.NewGuid(), (uint)settings.MaxInFlight, queue.Heartbeat.Interval);
        foreach (var toQueue in settings.QueueSockets)
        {
            // A queue keeps to the capacity that it is told. Heartbeats have to come through even when it is used up.
            var link = AddUnboundedSocket(toQueue, 2 * settings.MaxInFlight);
            _queues.Add(new QueueMembership(Name, link, ready, queue.Heartbeat, Self, Log, Time));
        }
    }

    protected override long WaitingInRole => _awaited.Count + _order.Held;

    protected override SupervisorStrategy SupervisorStrategy() => FailedRequests.Strategy();

    protected override void PreStart()
    {
        _handler = Context.Watch(Context.ActorOf(_handlerProps, "handler"));
        Events.Subscribe(Self, typeof(DeadLetter));
        if (_settings.Queue is { } queue) BeatEvery(queue.Heartbeat.Interval);
        base.PreStart();
    }

    protected override void PostStop()
    {
        EndAll(DropReason.Stopped, "the role stopped");
        LeaveQueues();
        Flush();
        base.PostStop();
    }

    protected override void OnDraining() => LeaveQueues();

    private void LeaveQueues()
    {
        foreach (var queue in _queues) queue.Leave();
    }

    /// <summary>What the handler has not answered it never will, so who asked is told before the role stops.</summary>
    protected override void OnHandlerStopped()
    {
        EndAll(DropReason.HandlerFailed, "the handler has stopped");
        Flush();
    }

    private void EndAll(DropReason reason, string why)
    {
        while (_awaited.First is { Value: var awaited })
        {
            End(awaited);
            Unanswered(awaited, reason, why);
        }
    }

    protected override void OnSocketOpened(SocketLink link) => QueueOf(link)?.SocketOpened();

    protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        if (QueueOf(link) is { } queue) queue.PeersChanged(what);
        else if (what is PeerDisconnected { Peer.RoutingId: { Length: > 0 } routingId }) _order.PeerGone(link, routingId);
    }

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
        var span = ServerSpan.Begin(_settings, request);
        var awaited = new AwaitedReply(request, Self, Time.Elapsed() + _settings.HandlerTimeout, _provider) { Told = _times.Told(), Span = span };
        awaited.Place = _awaited.AddLast(awaited);
        if (IsOrdered(request)) _order.Begin(awaited);
        _handler.Tell(ServerSpan.BodyIn(request, span), awaited);
        DueAt(_awaited.First!.Value.Due);
    }

    /// <summary>All requests have the same time, so the oldest falls due first.</summary>
    protected override void OnDue()
    {
        var now = Time.Elapsed();
        while (_awaited.First is { Value: var oldest } && oldest.Due <= now)
        {
            End(oldest);
            Unanswered(oldest, DropReason.HandlerTimeout, $"the handler did not answer within {_settings.HandlerTimeout.TotalMilliseconds} ms");
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
            // It waited for an actor that has stopped: a routee of the handler, or one that it forwarded the request to.
            case DeadLetter { Message: Message, Sender: AwaitedReply lost }: lost.Fail(new InvalidOperationException("the actor that the request waited for has stopped")); break;
            case DeadLetter: break;
            default: base.OnOther(message); break;
        }
    }

    private void OnAnswered(AwaitedReply awaited, object? answer)
    {
        // An answer may be on its way here when its time is over.
        if (!End(awaited)) return;
        _times.Answered(awaited.Told);
        switch (answer)
        {
            case Message reply: OnAnswer(awaited, reply); break;
            case Status.Failure failure: Unanswered(awaited, DropReason.HandlerFailed, failure.Cause?.Message ?? "the handler answered with a failure", failure.Cause); break;
            default:
                Unanswered(awaited, DropReason.HandlerFailed, $"the handler replied with a {answer?.GetType().Name ?? "null"}: expected a {nameof(Message)}");
                break;
        }
    }

    private void OnAnswer(AwaitedReply awaited, Message reply)
    {
        var request = awaited.Request;
        if (awaited.Span is { } span) RoleSpan.End(span);
        if (IsOrdered(request)) _order.End(awaited, reply);
        // The envelope of a repeat that came meanwhile leads to the client's connection of now.
        else Send(_once is not null && request.Id is { } id ? _once.Answer(id, reply.WithTrace(default)) : request, reply);
        Done(awaited);
    }

    private void Unanswered(AwaitedReply awaited, DropReason reason, string why, Exception? cause = null)
    {
        var request = awaited.Request;
        var latest = _once is not null && request.Id is { } id ? _once.Fail(id) : request;
        using (Tracing.Enter(awaited.Span)) Log.Warning("{0}: a request of the peer {1} got no reply: {2}", Name, latest.Peer, why);
        ServerSpan.Fail(awaited.Span, reason, why, cause);
        latest.Link.Outbound!.Drop(1, reason, latest.Peer);
        if (QueueOf(latest.Link) is { } queue)
        {
            // A role that stops leaves its queues, which give its requests to other servers.
            if (reason != DropReason.Stopped) queue.Fail(latest, why);
        }
        else if (latest.Id is not null)
        {
            var code = reason == DropReason.Stopped ? RefusalCode.Lost : RefusalCode.Failed;
            latest.Link.Outbound.Offer(latest.Refuse(new Refusal(code, $"{Name}: {why}")), Self);
        }
        else
        {
            _order.End(awaited, null);
        }
        Done(awaited);
    }

    private void Send(ReceivedRequest request, Message reply) => request.Link.Outbound!.Offer(request.Reply(reply), Self);

    /// <summary>An id tells replies apart, and so does the number that a queue gives each request.</summary>
    private bool IsOrdered(ReceivedRequest request) => request.Id is null && QueueOf(request.Link) is null;

    private void Done(AwaitedReply awaited)
    {
        if (awaited is { IsBehind: true, Reply: not null }) _kept++;
        else Release(awaited.Request);
        ReleaseKept();
        CheckDrained();
    }

    /// <summary>
    /// A held reply keeps no place in the window, so that its client does not hold up others. Only beyond as many as may be in
    /// flight each keeps its place, so that they are bounded.
    /// </summary>
    private void ReleaseKept()
    {
        var back = _kept - Math.Max(0, _order.Held - _settings.MaxInFlight);
        if (back <= 0) return;
        _kept -= back;
        _link!.Inbound!.Release(back);
    }

    private void Flush()
    {
        _link?.Outbound!.Flush();
        foreach (var queue in _queues) queue.Link.Outbound!.Flush();
    }

    private void Release(ReceivedRequest request)
    {
        if (QueueOf(request.Link) is null) request.Link.Inbound!.Release(1);
    }

    private QueueMembership? QueueOf(SocketLink link)
    {
        foreach (var queue in _queues)
            if (queue.Link == link) return queue;
        return null;
    }
}
