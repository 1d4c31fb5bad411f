using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// REQ (RFC 28): each <see cref="Message"/> told to it is a request, and ends in exactly one answer to its sender, within
/// its deadline: the reply as a <see cref="Message"/>, or a <see cref="Status.Failure"/> with a
/// <see cref="RequestTimeoutException"/>, an <see cref="OutboundOverflowException"/> (too many wait here), a
/// <see cref="RequestOverloadException"/> (too many wait at a queue), a <see cref="RequestFailedException"/> or a
/// <see cref="RequestAbortedException"/>.
/// </summary>
/// <remarks>
/// The sockets are DEALERs that send the empty delimiter of a REQ, one for each server of the connect list; a request
/// goes to those that are connected, in turn, and waits in the role while none is. A try that gets no reply in its time,
/// or whose server disconnects, is followed by the next, at another server where there is one. The last try has the rest
/// of the request's time. Without a number or an id, nothing tells a late reply from the next request's, so the socket of
/// a try that has ended is opened anew. Frames: docs/protocols/request-reply.md.
/// </remarks>
public sealed class RequestRole : RoleActor
{
    private readonly OutboundQueue<PendingRequest> _waiting;
    private readonly Dictionary<ulong, PendingRequest> _inFlight = [];
    private readonly Queue<PendingRequest> _retrying = new();
    private readonly List<Server> _servers = [];
    private readonly ServerTurn _turn;
    private readonly RequestFraming _framing;
    private readonly ProducerDemand _producers;
    private readonly RetrySettings _retry;
    private readonly TimeSpan _tryTimeout;
    private readonly TimeSpan _timeout;
    private readonly int _maxInFlight;

    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public RequestRole(RequestSettings settings)
        : base(settings)
    {
        _timeout = settings.Timeout;
        _maxInFlight = settings.MaxInFlight;
        _retry = settings.Retry;
        _tryTimeout = _retry.TryTimeoutWithin(_timeout);
        _framing = RequestFraming.For(settings);
        _waiting = new OutboundQueue<PendingRequest>(settings.Outbound.Capacity, settings.Outbound.Rule);
        _producers = new ProducerDemand(Self, unlimited: settings.Outbound.Rule != OverflowRule.Backpressure);
        foreach (var socket in Server.Sockets(settings.RequestSocket))
        {
            // No more tries than those of the requests in flight can wait here, so the queue never overflows.
            var outbound = NewOutboundLane(new OutboundSettings(int.MaxValue, OverflowRule.Fail));
            // A peer that answers more than it was asked is held back at twice what can be in flight.
            _servers.Add(new Server(AddSocket(socket, new InboundLane(Self), 2 * settings.MaxInFlight, outbound)));
        }
        _turn = new ServerTurn(_servers);
    }

    /// <summary>How to create the role.</summary>
    public static Props Props(RequestSettings settings) => Akka.Actor.Props.Create(() => new RequestRole(settings));

    private protected override bool AcceptProducer(IActorRef producer, string? source)
    {
        _producers.Add(producer);
        _producers.Grant(_waiting.Free);
        return true;
    }

    private protected override void ForgetProducer(IActorRef producer)
    {
        if (_producers.Remove(producer)) _producers.Grant(_waiting.Free);
    }

    private protected override long WaitingInRole => _waiting.Count + _inFlight.Count;

    /// <inheritdoc/>
    protected override void PostStop()
    {
        var aborted = new Status.Failure(new RequestAbortedException(Name, "the role stopped"));
        while (_waiting.TryTake(out var request))
            if (!request.Ended) request.End(aborted, Self);
        foreach (var request in _inFlight.Values) request.End(aborted, Self);
        _inFlight.Clear();
        base.PostStop();
    }

    private protected override void OnOutbound(Message message)
    {
        _producers.Used(Sender);
        var request = new PendingRequest(_framing.NextNumber(), message, Sender);
        request.EndBy(After(_timeout, new Deadline(request)));
        var result = _waiting.Offer(request, out var dropped);
        if (result == OfferResult.Refused) dropped = request;
        // An old request that has timed out made room; it has had its answer.
        if (dropped is { Ended: false })
        {
            _servers[0].Link.Outbound!.Drop(1, Reason(result));
            dropped.End(new Status.Failure(new OutboundOverflowException(Name, _waiting.Capacity)), Self);
        }
        SendNext();
    }

    private static DropReason Reason(OfferResult result) => result switch
    {
        OfferResult.Dropped => DropReason.QueueFullNewest,
        OfferResult.QueuedDroppingOldest => DropReason.QueueFullOldest,
        _ => DropReason.Refused,
    };

    /// <summary>Sends what may be sent now: first the requests that were sent before.</summary>
    private void SendNext()
    {
        while (_retrying.TryPeek(out var again))
        {
            if (!again.Ended)
            {
                if (_turn.Take(again.LastServer) is not { } server) break;
                Send(again, server);
            }
            _retrying.Dequeue();
        }
        // All requests have the same time, so those that have ended are the oldest.
        while (_waiting.Find(_ => true) is { Ended: true }) _waiting.TryTake(out _);
        while (_waiting.Count > 0 && _inFlight.Count < _maxInFlight && _turn.Take(null) is { } server && _waiting.TryTake(out var request))
        {
            _inFlight.Add(request.Number, request);
            Send(request, server);
        }
        _producers.Grant(_waiting.Free);
    }

    private void Send(PendingRequest request, Server server)
    {
        request.BeginTry(server);
        server.Link.Outbound!.Offer(_framing.Wrap(request), Self);
        if (request.Tries <= _retry.Retries) request.Wait(After(_tryTimeout, new TryOver(request, request.Tries)));
    }

    private protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        if (_servers.Find(known => known.Link.Socket?.Equals(Sender) == true) is not { } server) return;
        server.Link.Inbound!.Count(messages);
        server.Link.Inbound.Release(messages.Count);
        foreach (var message in messages) OnReply(server, message);
        SendNext();
        CheckDrained();
    }

    private void OnReply(Server server, Message message)
    {
        if (_framing.TryReadRefusal(message, out var refused, out var refusal))
        {
            OnRefusal(server, refused, refusal);
            return;
        }
        if (!_framing.TryUnwrap(message, out var number, out var reply))
        {
            server.Link.Outbound!.Drop(1, DropReason.Malformed, server.Endpoint);
            return;
        }
        // A number finds its request in whatever try it is; without one, the only request must be at this server.
        var request = _framing.Numbers
            ? _inFlight.GetValueOrDefault(number)
            : _inFlight.Values.SingleOrDefault(sent => sent.Server == server && server.IsConnected);
        if (request is null)
        {
            server.Link.Outbound!.Drop(1, DropReason.LateReply, server.Endpoint);
            return;
        }
        _inFlight.Remove(request.Number);
        request.End(reply, Self);
    }

    private void OnRefusal(Server server, ulong number, Refusal refusal)
    {
        var request = _inFlight.GetValueOrDefault(number);
        // What another server says does not concern the try that runs.
        if (request?.Server != server)
        {
            server.Link.Outbound!.Drop(1, DropReason.LateReply, server.Endpoint);
        }
        else if (refusal.Code != RefusalCode.Overload && request.Tries <= _retry.Retries)
        {
            EndTry(request, refusal.Reason);
        }
        else
        {
            _inFlight.Remove(number);
            request.End(new Status.Failure(refusal.Code == RefusalCode.Overload ? new RequestOverloadException(Name, refusal.Reason) : new RequestFailedException(Name, refusal.Reason)), Self);
        }
    }

    private protected override void OnOther(object message)
    {
        switch (message)
        {
            case Deadline deadline: OnDeadline(deadline.Request); break;
            case TryOver over when over.Request is { Ended: false, Server: not null } && over.Request.Tries == over.Try:
                EndTry(over.Request, $"no reply within {_tryTimeout.TotalMilliseconds} ms");
                break;
            case TryOver: break;
            case RetryDue { Request.Ended: true }: break;
            case RetryDue due:
                _retrying.Enqueue(due.Request);
                SendNext();
                break;
            default: base.OnOther(message); break;
        }
    }

    /// <summary>The try has failed, and another one follows.</summary>
    private void EndTry(PendingRequest request, string why)
    {
        var server = request.Server!;
        request.EndTry();
        if (!_framing.Numbers) server.Reopen(Self);
        var wait = _retry.WaitAfter(request.Tries);
        Events.Publish(new RequestRetried(Name, request.Tries, server.Endpoint, why, wait));
        request.Wait(After(wait, new RetryDue(request)));
    }

    private protected override void OnSocketOpened(SocketLink link)
    {
        ServerOf(link).Opened();
        SendNext();
    }

    private protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        if (what is not (null or PeerConnected or PeerDisconnected)) return;
        var server = ServerOf(link);
        if (!server.IsConnected) OnServerGone(server);
        SendNext();
    }

    private void OnServerGone(Server server)
    {
        var moved = 0;
        var stay = 0;
        foreach (var request in _inFlight.Values.Where(sent => sent.Server == server))
        {
            if (request.Tries > _retry.Retries)
            {
                // A last try waits for the server to come back, as in ZeroMQ.
                stay++;
                continue;
            }
            EndTry(request, "the server has disconnected");
            moved++;
        }
        // What has not left yet is tried elsewhere, so it must not go out when the server comes back.
        if (moved > 0 && stay == 0) server.Reopen(Self);
    }

    private Server ServerOf(SocketLink link) => _servers.Find(server => server.Link == link)!;

    private void OnDeadline(PendingRequest request)
    {
        if (request.Ended) return;
        if (_inFlight.Remove(request.Number) && !_framing.Numbers) request.Server?.Reopen(Self);
        request.End(new Status.Failure(new RequestTimeoutException(Name, _timeout, request.Tries)), Self);
        SendNext();
        CheckDrained();
    }

    private ICancelable After(TimeSpan wait, object message) => Context.System.Scheduler.ScheduleTellOnceCancelable(wait, Self, message, Self);

    private sealed record Deadline(PendingRequest Request);

    private sealed record TryOver(PendingRequest Request, int Try);

    private sealed record RetryDue(PendingRequest Request);
}
