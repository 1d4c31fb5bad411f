using System.Buffers.Binary;
using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>The settings of a <see cref="RequestRole"/>.</summary>
public sealed record RequestSettings : RoleSettings
{
    /// <summary>Where to bind or connect.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>How long a request may take, waiting included. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many requests may be unanswered at once. Default 1, as for a REQ socket. With more, each request carries a
    /// frame with its number in front of the empty delimiter; REP peers return it, and so must ROUTER peers.
    /// </summary>
    public int MaxInFlight { get; init; } = 1;

    /// <summary>By default 1000 requests wait for their turn, and producers wait for demand.</summary>
    public OutboundSettings Outbound { get; init; } = new(1000, OverflowRule.Backpressure);

    internal SocketSettings RequestSocket => SocketOf(Socket, SocketKind.Dealer);

    /// <inheritdoc/>
    public override void Validate()
    {
        RequestSocket.Validate();
        Outbound.Validate(Name);
        AtLeast("max-in-flight", MaxInFlight, 1);
        Positive("timeout", Timeout);
    }
}

/// <summary>
/// REQ (RFC 28): each <see cref="Message"/> told to it is a request, and ends in exactly one answer to its sender: the
/// reply as a <see cref="Message"/>, or a <see cref="Status.Failure"/> with a <see cref="RequestTimeoutException"/>,
/// an <see cref="OutboundOverflowException"/> or a <see cref="RequestAbortedException"/>.
/// </summary>
/// <remarks>
/// The socket is a DEALER that sends the empty delimiter of a REQ. With one request in flight, nothing tells a late
/// reply from the next request's, so after a timeout the socket is opened anew.
/// </remarks>
public sealed class RequestRole : RoleActor
{
    private readonly OutboundQueue<Request> _waiting;
    private readonly Dictionary<uint, Request> _inFlight = [];
    private readonly SocketLink _link;
    private readonly OutboundLane _outbound;
    private readonly InboundLane _inbound;
    private readonly ProducerDemand _producers;
    private readonly TimeSpan _timeout;
    private readonly int _maxInFlight;
    private uint _lastId;
    private bool _reopening;

    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public RequestRole(RequestSettings settings)
        : base(settings)
    {
        _timeout = settings.Timeout;
        _maxInFlight = settings.MaxInFlight;
        _waiting = new OutboundQueue<Request>(settings.Outbound.Capacity, settings.Outbound.Rule);
        _producers = new ProducerDemand(Self, unlimited: settings.Outbound.Rule != OverflowRule.Backpressure);
        _outbound = NewOutboundLane(new OutboundSettings(settings.MaxInFlight, OverflowRule.Fail));
        _inbound = new InboundLane(Self);
        // A peer that answers more than it was asked is held back at twice what can be in flight.
        _link = AddSocket(settings.RequestSocket, _inbound, 2 * settings.MaxInFlight, _outbound);
    }

    /// <summary>How to create the role.</summary>
    public static Props Props(RequestSettings settings) => Akka.Actor.Props.Create(() => new RequestRole(settings));

    private bool Correlates => _maxInFlight > 1;

    private protected override bool AcceptProducer(IActorRef producer)
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
        while (_waiting.TryTake(out var request)) End(request, Aborted());
        foreach (var request in _inFlight.Values) End(request, Aborted());
        _inFlight.Clear();
        base.PostStop();
    }

    private protected override void OnOutbound(Message message)
    {
        _producers.Used(Sender);
        var id = ++_lastId;
        var deadline = Context.System.Scheduler.ScheduleTellOnceCancelable(_timeout, Self, new Deadline(id), Self);
        var request = new Request(id, message, Sender, deadline);
        var result = _waiting.Offer(request, out var dropped);
        if (result == OfferResult.Refused) dropped = request;
        if (dropped is not null)
        {
            _outbound.Drop(1, Reason(result));
            End(dropped, new Status.Failure(new OutboundOverflowException(Name, _waiting.Capacity)));
        }
        SendNext();
    }

    private static DropReason Reason(OfferResult result) => result switch
    {
        OfferResult.Dropped => DropReason.QueueFullNewest,
        OfferResult.QueuedDroppingOldest => DropReason.QueueFullOldest,
        _ => DropReason.Refused,
    };

    private void SendNext()
    {
        while (!_reopening && _inFlight.Count < _maxInFlight && _waiting.TryTake(out var request))
        {
            if (request.Ended) continue;
            _inFlight.Add(request.Id, request);
            var framed = request.Message.Prepend(ReadOnlyMemory<byte>.Empty);
            _outbound.Offer(Correlates ? framed.Prepend(Number(request.Id)) : framed, Self);
        }
        _producers.Grant(_waiting.Free);
    }

    private protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        _inbound.Count(messages);
        _inbound.Release(messages.Count);
        foreach (var message in messages) OnReply(message);
        SendNext();
        CheckDrained();
    }

    private void OnReply(Message message)
    {
        var delimiter = Correlates ? 1 : 0;
        if (message.FrameCount < delimiter + 2 || message[delimiter].Length > 0 || (Correlates && message[0].Length != sizeof(uint)))
        {
            _outbound.Drop(1, DropReason.Malformed);
            return;
        }
        var id = Correlates ? BinaryPrimitives.ReadUInt32BigEndian(message[0].Span) : _inFlight.Keys.SingleOrDefault();
        if (_reopening || !_inFlight.Remove(id, out var request))
        {
            _outbound.Drop(1, DropReason.LateReply);
            return;
        }
        End(request, message.Skip(delimiter + 1));
    }

    private protected override void OnOther(object message)
    {
        if (message is Deadline deadline) OnDeadline(deadline.Id);
        else base.OnOther(message);
    }

    private void OnDeadline(uint id)
    {
        var timeout = new Status.Failure(new RequestTimeoutException(Name, _timeout));
        if (_inFlight.Remove(id, out var request))
        {
            End(request, timeout);
            if (Correlates)
            {
                SendNext();
            }
            else if (_link.Endpoints.Count > 0)
            {
                // Until the socket is open again, whatever arrives belongs to the request that has just ended.
                _reopening = true;
                _link.Socket!.Tell(ReopenSocket.Instance, Self);
            }
        }
        else if (_waiting.Find(waiting => waiting.Id == id) is { } late)
        {
            End(late, timeout);
        }
        CheckDrained();
    }

    private protected override void OnSocketOpened()
    {
        _reopening = false;
        SendNext();
    }

    private void End(Request request, object answer)
    {
        request.Ended = true;
        request.Deadline.Cancel();
        request.Sender.Tell(answer, Self);
    }

    private Status.Failure Aborted() => new(new RequestAbortedException(Name, "the role stopped"));

    private static byte[] Number(uint id)
    {
        var frame = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(frame, id);
        return frame;
    }

    private sealed record Deadline(uint Id);

    private sealed class Request(uint id, Message message, IActorRef sender, ICancelable deadline)
    {
        public uint Id => id;

        public Message Message => message;

        public IActorRef Sender => sender;

        public ICancelable Deadline => deadline;

        /// <summary>Answered while it waited; it leaves the queue at its turn.</summary>
        public bool Ended { get; set; }
    }
}
