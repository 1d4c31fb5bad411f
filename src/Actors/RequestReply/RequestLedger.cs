using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// The account of the requests of a request role: each waits, is with a server, waits for its next try, or has ended, once.
/// </summary>
/// <remarks>
/// It decides, and its outlets act. Call <see cref="Expire"/> at <see cref="NextDue"/>. Belongs to one role actor; not
/// safe for concurrent use.
/// </remarks>
internal sealed class RequestLedger
{
    private readonly string _role;
    private readonly RequestSettings _settings;
    private readonly RetrySettings _retry;
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _tryTimeout;
    private readonly int _maxInFlight;
    private readonly RequestFraming _framing;
    private readonly IReadOnlyList<Server> _servers;
    private readonly ServerTurn _turn;
    private readonly TimeProvider _time;
    private readonly IRequestOutlets _outlets;
    private readonly OutboundQueue<PendingRequest> _waiting;
    private readonly Dictionary<ulong, PendingRequest> _inFlight = [];

    // All requests have the same time, and all tries but the last: so they fall due in the order in which they began.
    private readonly LinkedList<PendingRequest> _byDeadline = new();
    private readonly LinkedList<PendingRequest> _byTryDeadline = new();
    private readonly PriorityQueue<PendingRequest, TimeSpan> _byRetry = new();
    private readonly Queue<PendingRequest> _retrying = new();

    public RequestLedger(RequestSettings settings, IReadOnlyList<Server> servers, TimeProvider time, IRequestOutlets outlets)
    {
        _role = settings.Name;
        _settings = settings;
        _retry = settings.Retry;
        _timeout = settings.Timeout;
        _tryTimeout = _retry.TryTimeoutWithin(_timeout);
        _maxInFlight = settings.MaxInFlight;
        _framing = RequestFraming.For(settings);
        _servers = servers;
        _turn = new ServerTurn(servers);
        _time = time;
        _outlets = outlets;
        _waiting = new OutboundQueue<PendingRequest>(settings.Outbound.Capacity, settings.Outbound.Rule);
    }

    /// <summary>Requests that have not ended, and ended ones that still take a place in the queue.</summary>
    public int Open => _waiting.Count + _inFlight.Count;

    /// <summary>The places that are free for further requests.</summary>
    public int Free => _waiting.Free;

    /// <summary>When <see cref="Expire"/> is due; null while nothing waits for a time.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            if (_byDeadline.First is not { } first) return null;
            var due = first.Value.Deadline;
            if (_byTryDeadline.First is { } trying && trying.Value.TryDeadline < due) due = trying.Value.TryDeadline;
            if (_byRetry.TryPeek(out _, out var retry) && retry < due) due = retry;
            return due;
        }
    }

    /// <summary>The request as it goes on the wire.</summary>
    public Message Wrap(PendingRequest request) => _framing.Wrap(request);

    /// <summary>Takes a request, or ends it, or an older one, because the queue is full.</summary>
    public void Accept(Message message, IActorRef sender)
    {
        var number = _framing.NextNumber();
        var request = new PendingRequest(number, message, sender, _time.Elapsed() + _timeout) { Span = ClientSpan.Begin(_settings, message, _framing.IdOf(number)) };
        request.Accepted(_byDeadline);
        var result = _waiting.Offer(request, out var dropped);
        if (result == OfferResult.Refused) dropped = request;
        // An old request that has timed out made room; it has had its answer.
        if (dropped is { Ended: false })
        {
            _outlets.Drop(_servers[0], Reason(result));
            End(dropped, new OutboundOverflowException(_role, _waiting.Capacity));
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
        while (_waiting.TryPeek(out var oldest) && oldest.Ended) _waiting.TryTake(out _);
        while (_waiting.Count > 0 && _inFlight.Count < _maxInFlight && _turn.Take(null) is { } server && _waiting.TryTake(out var request))
        {
            _inFlight.Add(request.Number, request);
            Send(request, server);
        }
    }

    private void Send(PendingRequest request, Server server)
    {
        request.BeginTry(server);
        _outlets.Send(server, request);
        if (request.Tries <= _retry.Retries) request.TryUntil(_time.Elapsed() + _tryTimeout, _byTryDeadline);
    }

    // ---- replies

    /// <summary>Messages have come from a server.</summary>
    public void Take(Server server, IReadOnlyList<Message> messages)
    {
        for (var i = 0; i < messages.Count; i++) OnReply(server, messages[i]);
        SendNext();
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
            _outlets.Drop(server, DropReason.Malformed);
            return;
        }
        // A number finds its request in whatever try it is; without one, the only request must be at this server.
        var request = _framing.Numbers
            ? _inFlight.GetValueOrDefault(number)
            : _inFlight.Values.SingleOrDefault(sent => sent.Server == server && server.IsConnected);
        if (request is null)
        {
            _outlets.Drop(server, DropReason.LateReply);
            return;
        }
        _inFlight.Remove(request.Number);
        request.End(failure: null);
        _outlets.End(request, RequestEnd.Replied(reply));
    }

    private void OnRefusal(Server server, ulong number, Refusal refusal)
    {
        var request = _inFlight.GetValueOrDefault(number);
        // What another server says does not concern the try that runs.
        if (request?.Server != server)
        {
            _outlets.Drop(server, DropReason.LateReply);
        }
        else if (refusal.Code != RefusalCode.Overload && request.Tries <= _retry.Retries)
        {
            EndTry(request, refusal.Reason);
        }
        else
        {
            _inFlight.Remove(number);
            End(request, refusal.Code == RefusalCode.Overload ? new RequestOverloadException(_role, refusal.Reason) : new RequestFailedException(_role, refusal.Reason));
        }
    }

    // ---- servers

    /// <summary>A server may have come or gone: what it had is tried elsewhere, and what waits may go to it.</summary>
    public void ServerChanged(Server server)
    {
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
        if (moved > 0 && stay == 0) _outlets.Reopen(server);
    }

    // ---- time

    /// <summary>Ends what has outrun its time, ends tries that took too long, and begins those whose wait is over.</summary>
    public void Expire()
    {
        var now = _time.Elapsed();
        while (_byDeadline.First is { } late && late.Value.Deadline <= now) OnDeadline(late.Value);
        while (_byTryDeadline.First is { } slow && slow.Value.TryDeadline <= now) EndTry(slow.Value, $"no reply within {_tryTimeout.TotalMilliseconds} ms");
        while (_byRetry.TryPeek(out var waited, out var due) && due <= now)
        {
            _byRetry.Dequeue();
            if (!waited.Ended) _retrying.Enqueue(waited);
        }
        SendNext();
    }

    private void OnDeadline(PendingRequest request)
    {
        if (_inFlight.Remove(request.Number) && !_framing.Numbers && request.Server is { } server) _outlets.Reopen(server);
        End(request, new RequestTimeoutException(_role, _timeout, request.Tries));
    }

    /// <summary>The try has failed, and another one follows.</summary>
    private void EndTry(PendingRequest request, string why)
    {
        var server = request.Server!;
        request.EndTry();
        if (!_framing.Numbers) _outlets.Reopen(server);
        var wait = _retry.WaitAfter(request.Tries);
        request.Span?.Retry(request.Tries, server.Endpoint, why);
        _outlets.Retry(request, server, why, wait);
        _byRetry.Enqueue(request, _time.Elapsed() + wait);
    }

    /// <summary>Ends every request, because the role stops.</summary>
    public void Stop()
    {
        while (_byDeadline.First is { } open) End(open.Value, new RequestAbortedException(_role, "the role stopped"));
        _inFlight.Clear();
        while (_waiting.TryTake(out _))
        {
        }
    }

    private void End(PendingRequest request, Exception failure)
    {
        request.End(failure);
        _outlets.End(request, RequestEnd.Failed(failure));
    }
}
