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

    internal SocketSettings ReplySocket => SocketOf(Socket, SocketKind.Router);

    /// <inheritdoc/>
    public override void Validate()
    {
        ReplySocket.Validate();
        AtLeast("max-in-flight", MaxInFlight, 1);
        Positive("handler-timeout", HandlerTimeout);
    }
}

/// <summary>
/// REP (RFC 28): tells each request to its handler as a <see cref="Message"/> and sends back the <see cref="Message"/>
/// that the handler tells its sender. Requests of several peers are handled at once.
/// </summary>
/// <remarks>
/// The socket is a ROUTER that keeps the envelope of each request and returns it with the reply, as a REP does, so a
/// handler that fails or is slow holds up only its own request. A request that is not answered in time is dropped and
/// counted; its peer runs into its own timeout.
/// </remarks>
public sealed class ReplyRole : RoleActor
{
    private readonly InboundLane _inbound;
    private readonly OutboundLane _outbound;
    private readonly Props _handlerProps;
    private readonly TimeSpan _handlerTimeout;
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
            var delimiter = DelimiterOf(message);
            if (delimiter < 0 || delimiter == message.FrameCount - 1)
            {
                // RFC 28: a message without an envelope that ends in an empty frame, or without a body, is discarded.
                _outbound.Drop(1, DropReason.Malformed, Convert.ToHexString(message[0].Span));
                _inbound.Release(1);
                continue;
            }
            _inHand++;
            var self = Self;
            _handler.Ask<object>(message.Skip(delimiter + 1), _handlerTimeout).PipeTo(
                self,
                self,
                reply => new Answered(message, delimiter + 1, reply),
                failure => new NotAnswered(message, failure));
        }
    }

    private protected override void OnOther(object message)
    {
        switch (message)
        {
            case Answered { Reply: Message reply } answered:
                _outbound.Offer(answered.Request.TakeThen(answered.EnvelopeFrames, reply), Self);
                Done();
                break;
            case Answered { Reply: Status.Failure failure } answered: Unanswered(answered.Request, failure.Cause); break;
            case Answered answered:
                Unanswered(answered.Request, new InvalidOperationException($"the handler replied with a {answered.Reply?.GetType().Name ?? "null"}: expected a {nameof(Message)}"));
                break;
            case NotAnswered unanswered: Unanswered(unanswered.Request, unanswered.Cause); break;
            default: base.OnOther(message); break;
        }
    }

    private void Unanswered(Message request, Exception cause)
    {
        var reason = cause is AskTimeoutException or TimeoutException ? DropReason.HandlerTimeout : DropReason.HandlerFailed;
        Log.Warning("{0}: a request got no reply: {1}", Name, cause.Message);
        _outbound.Drop(1, reason, Convert.ToHexString(request[0].Span));
        Done();
    }

    private void Done()
    {
        _inHand--;
        _inbound.Release(1);
        CheckDrained();
    }

    /// <summary>The index of the empty frame that ends the envelope, behind the routing id; -1 when there is none.</summary>
    private static int DelimiterOf(Message message)
    {
        for (var i = 1; i < message.FrameCount; i++)
            if (message[i].Length == 0) return i;
        return -1;
    }

    private sealed record Answered(Message Request, int EnvelopeFrames, object? Reply);

    private sealed record NotAnswered(Message Request, Exception Cause);
}
