using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>The settings of a <see cref="ReplyRole"/>.</summary>
public sealed record ReplySettings : RoleSettings
{
    /// <summary>Where to bind or connect.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>How many requests may be in the handler's hands at once; further ones wait at the peers. Default 256.</summary>
    public int MaxInFlight { get; init; } = 256;

    /// <summary>How long the handler may take for a request. Default 30 s.</summary>
    public TimeSpan HandlerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether a request that bears an id (<see cref="Delivery.Acknowledged"/>) and comes again is answered from a cache
    /// instead of being worked on again. Default false.
    /// </summary>
    public bool Once { get; init; }

    /// <summary>The most replies in the cache; the oldest go first. Default 10000.</summary>
    public int OnceCapacity { get; init; } = 10_000;

    /// <summary>How long a reply stays in the cache; clients should not retry for longer. Default 5 min.</summary>
    public TimeSpan OnceAge { get; init; } = TimeSpan.FromMinutes(5);

    internal SocketSettings ReplySocket => SocketOf(Socket, SocketKind.Router);

    /// <inheritdoc/>
    public override void Validate()
    {
        ReplySocket.Validate();
        AtLeast("max-in-flight", MaxInFlight, 1);
        Positive("handler-timeout", HandlerTimeout);
        AtLeast("once-capacity", OnceCapacity, 1);
        Positive("once-age", OnceAge);
    }
}

/// <summary>
/// REP (RFC 28): tells each request to its handler as a <see cref="Message"/> and sends back the <see cref="Message"/>
/// that the handler tells its sender. Requests of several peers are handled at once.
/// </summary>
/// <remarks>
/// The socket is a ROUTER that keeps the envelope of each request and returns it with the reply, as a REP does, so a
/// handler that fails or is slow holds up only its own request. A request that is not answered in time is dropped and
/// counted; its peer runs into its own timeout. With <see cref="ReplySettings.Once"/>, a repeat of a request that was
/// answered gets the same reply, and one that comes while the request is worked on gets its reply when it is there;
/// a request that failed is worked on again. Frames: docs/protocols/request-reply.md.
/// </remarks>
public sealed class ReplyRole : RoleActor
{
    private readonly InboundLane _inbound;
    private readonly OutboundLane _outbound;
    private readonly Props _handlerProps;
    private readonly TimeSpan _handlerTimeout;
    private readonly OnceCache? _once;
    private IActorRef _handler = ActorRefs.Nobody;
    private int _inHand;

    /// <param name="settings">Checked before anything is opened.</param>
    /// <param name="handler">The actor that answers; a child of the role.</param>
    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public ReplyRole(ReplySettings settings, Props handler)
        : base(settings)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handlerProps = handler;
        _handlerTimeout = settings.HandlerTimeout;
        var clock = Context.System.Scheduler;
        _once = settings.Once ? new OnceCache(settings.OnceCapacity, settings.OnceAge, () => clock.MonotonicClock) : null;
        _inbound = new InboundLane(Self);
        // As many replies as requests can be on their way, so the queue never overflows.
        _outbound = NewOutboundLane(new OutboundSettings(settings.MaxInFlight, OverflowRule.DropNewest));
        AddSocket(settings.ReplySocket, _inbound, settings.MaxInFlight, _outbound);
    }

    /// <summary>How to create the role.</summary>
    public static Props Props(ReplySettings settings, Props handler) => Akka.Actor.Props.Create(() => new ReplyRole(settings, handler));

    private protected override long WaitingInRole => _inHand;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _handler = Context.Watch(Context.ActorOf(_handlerProps, "handler"));
        base.PreStart();
    }

    private protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        _inbound.Count(messages);
        foreach (var message in messages)
        {
            var request = new ReceivedRequest(message);
            if (!request.IsWellFormed)
            {
                // RFC 28: a message without an envelope that ends in an empty frame, or without a body, is discarded.
                _outbound.Drop(1, DropReason.Malformed, request.Peer);
                _inbound.Release(1);
                continue;
            }
            OnRequest(request);
        }
    }

    private void OnRequest(ReceivedRequest request)
    {
        if (request.Id is not { } id || _once is null)
        {
            Work(request);
            return;
        }
        switch (_once.Begin(id, request.Message, out var reply))
        {
            case OnceState.New:
                Work(request);
                return;
            case OnceState.Answered:
                _outbound.Offer(request.Reply(reply!), Self);
                break;
        }
        Events.Publish(new RequestRepeated(Name, reply is not null));
        _inbound.Release(1);
    }

    private void Work(ReceivedRequest request)
    {
        _inHand++;
        _handler.Ask<object>(request.Body, _handlerTimeout).PipeTo(
            Self,
            Self,
            reply => new Answered(request, reply),
            failure => new NotAnswered(request, failure));
    }

    private protected override void OnOther(object message)
    {
        switch (message)
        {
            case Answered { Reply: Message reply } answered: OnAnswer(answered.Request, reply); break;
            case Answered { Reply: Status.Failure failure } answered: Unanswered(answered.Request, failure.Cause); break;
            case Answered answered:
                Unanswered(answered.Request, new InvalidOperationException($"the handler replied with a {answered.Reply?.GetType().Name ?? "null"}: expected a {nameof(Message)}"));
                break;
            case NotAnswered unanswered: Unanswered(unanswered.Request, unanswered.Cause); break;
            default: base.OnOther(message); break;
        }
    }

    private void OnAnswer(ReceivedRequest request, Message reply)
    {
        // A repeat that came meanwhile has the envelope that leads to the client now.
        var latest = _once is not null && request.Id is { } id ? new ReceivedRequest(_once.Answer(id, reply)) : request;
        _outbound.Offer(latest.Reply(reply), Self);
        Done();
    }

    private void Unanswered(ReceivedRequest request, Exception cause)
    {
        if (_once is not null && request.Id is { } id) _once.Fail(id);
        var reason = cause is AskTimeoutException or TimeoutException ? DropReason.HandlerTimeout : DropReason.HandlerFailed;
        Log.Warning("{0}: a request got no reply: {1}", Name, cause.Message);
        _outbound.Drop(1, reason, request.Peer);
        Done();
    }

    private void Done()
    {
        _inHand--;
        _inbound.Release(1);
        CheckDrained();
    }

    private sealed record Answered(ReceivedRequest Request, object? Reply);

    private sealed record NotAnswered(ReceivedRequest Request, Exception Cause);
}
