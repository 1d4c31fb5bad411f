using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Event;

namespace Actors.Transport;

/// <summary>
/// One ZeroMQ socket as an actor. It runs on its poller's thread, so messages from its owner and events of the socket
/// never meet; whatever fails is thrown to the supervisor, which restarts it with backoff.
/// </summary>
internal sealed class SocketActor : UntypedActor, IEngineSocketObserver
{
    private static readonly TimeSpan DropReportInterval = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    // A minute: a connection that ends may wait ten seconds for its peer, on a busy machine longer.
    private const int MostLooks = 68;

    private readonly SocketSpec _spec;
    private readonly IActorRef _owner;
    private readonly SocketMemory _memory;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly EventStream _events = Context.System.EventStream;

    // What the engine tells comes outside of a mailbox run, where there is no Context.
    private readonly IScheduler _scheduler = Context.System.Scheduler;
    private readonly IActorRef _self = Context.Self;
    private readonly ZmqTransport _transport = ZmqTransport.Of(Context.System);
    private IEngineSocket? _socket;
    private bool _receiving;
    private bool _blocked;
    private bool _awaitingPeers;
    private bool _reportDue;

    public SocketActor(SocketSpec spec, IActorRef owner, SocketMemory memory)
    {
        _spec = spec;
        _owner = owner;
        _memory = memory;
    }

    protected override void PreStart()
    {
        Context.Watch(_owner);
        _owner.Tell(new SocketCreated(_spec.Name, _self), _self);
        _owner.Tell(new OutboundCredit(_spec.Settings.OutboundWindow), _self);
        _self.Tell(Open.Instance, _self);
    }

    protected override void PreRestart(Exception reason, object message)
    {
        var wait = _memory.Failed();
        _log.Info("{0}: {1}; opening again in {2} ms (attempt {3})", _spec.Name, reason.Message, wait.TotalMilliseconds, _memory.Attempts);
        CloseSocket();
        _owner.Tell(new SocketFailed(reason, _memory.Attempts, wait), _self);
        // The new instance has no timer of this one's: the message itself reopens it.
        _scheduler.ScheduleTellOnce(wait, _self, Open.Instance, _self);
    }

    protected override void PostRestart(Exception reason)
    {
        // The base would run PreStart, which announces the socket to its owner; the owner knows it already.
    }

    protected override void PostStop()
    {
        if (_socket is not null) _memory.Backlog?.Flush(TrySendNow);
        ReportDrops();
        CloseSocket();
        var waiting = _memory.Waiting.Count + (_memory.Backlog?.Count ?? 0);
        if (waiting == 0) return;
        _events.Publish(new MessagesDropped(_spec.Name, waiting, DropReason.Stopped));
        _memory.Waiting.Clear();
        _memory.Backlog?.Clear();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OutboundBatch outbound: Send(MessageBatch.Of(outbound.Messages)); break;
            case InboundCredit credit: Grant(credit.Messages); break;
            case LookInbound: _owner.Tell(new InboundLooked(Look()), _self); break;
            case UnsubscribeFromAll: foreach (var prefix in _memory.Subscriptions.ToList()) Unsubscribe(prefix); break;
            case SubscribeTo subscribe: Subscribe(subscribe.Prefix); break;
            case UnsubscribeFrom unsubscribe: Unsubscribe(unsubscribe.Prefix); break;
            case ReportDue: ReportDrops(); break;
            case PeerGone gone: FlushGone(gone); break;
            case Open when _socket is null: OpenSocket(); break;
            case Open: break;
            case ReopenSocket: Reopen(); break;
            case SocketFault fault: ExceptionDispatchInfo.Throw(fault.Cause); break;
            case Terminated: Context.Stop(_self); break;
            default: Unhandled(message); break;
        }
    }

    private void OpenSocket()
    {
        _socket = ((PollerDispatcher)Context.Dispatcher).Poller.Open(_spec, _memory.Subscriptions, this);
        _memory.Opened();
        _owner.Tell(new SocketOpened(_socket.Endpoints, _memory.Restarts), _self);
        Receive(_memory.InboundCredit > 0);
        Flush();
        OnPeerWritable(null);
    }

    private void Reopen()
    {
        var discarded = _memory.Waiting.Count;
        _memory.Waiting.Clear();
        if (discarded > 0) _owner.Tell(new OutboundCredit(discarded), _self);
        ReportDrops();
        _memory.Backlog?.Clear();
        // A socket that waits for its restart opens at its own time.
        if (_socket is null) return;
        CloseSocket();
        OpenSocket();
    }

    private void CloseSocket()
    {
        _socket?.Close(_transport.LongestLinger);
        _socket = null;
        _receiving = false;
        _blocked = false;
        _awaitingPeers = false;
    }

    // ---- outbound

    private void Send(MessageBatch batch)
    {
        var sent = 0;
        foreach (var message in batch.Messages)
        {
            if (_socket is not null && _memory.Waiting.Count == 0 && TrySend(message)) sent++;
            else _memory.Waiting.Enqueue(message);
        }
        Sent(sent);
    }

    /// <summary>Sends what waits, as far as the socket takes it; it goes on when the socket is writable again.</summary>
    private void Flush()
    {
        var sent = 0;
        while (_memory.Waiting.TryPeek(out var next) && TrySend(next))
        {
            _memory.Waiting.Dequeue();
            sent++;
        }
        Sent(sent);
    }

    private void Sent(int count)
    {
        if (count > 0) _owner.Tell(new OutboundCredit(count), _self);
        if (_socket is null) return;
        var blocked = _memory.Waiting.Count > 0;
        if (blocked == _blocked) return;
        _blocked = blocked;
        _socket.OnWritable(blocked ? Flush : null);
        _owner.Tell(blocked ? SocketBlocked.Instance : SocketWritable.Instance, _self);
    }

    /// <summary>False when the message has to wait, and all others with it; true when it was taken, or can never be.</summary>
    private bool TrySend(Message message)
    {
        if (_memory.Backlog is not { } backlog) return TrySendNow(message);
        if (!backlog.Has(message[0]) && TrySendNow(message)) return true;
        if (!backlog.Add(message)) TellSender(message, DropReason.PeerFull);
        AwaitPeers();
        ReportDropsSoon(backlog);
        return true;
    }

    /// <summary>Goes on when a peer has room again, as long as something waits for single peers.</summary>
    private void AwaitPeers()
    {
        var wanted = _memory.Backlog is { IsEmpty: false };
        if (wanted == _awaitingPeers || _socket is null) return;
        _awaitingPeers = wanted;
        _socket.OnPeerWritable(wanted ? OnPeerWritable : null);
    }

    private void OnPeerWritable(ReadOnlyMemory<byte>? routingId)
    {
        if (_memory.Backlog is not { } backlog) return;
        if (routingId is { } peer) backlog.Flush(peer, TrySendNow);
        else backlog.Flush(TrySendNow);
        AwaitPeers();
    }

    /// <summary>
    /// What waits for a peer that has gone can no longer be routed. A socket may know the peer for a moment longer than it tells
    /// of it, so it is asked again, later each time; who is there after that has come back under the same routing id.
    /// </summary>
    private void FlushGone(PeerGone gone)
    {
        if (_socket is null || _memory.Backlog?.Has(gone.RoutingId) != true) return;
        OnPeerWritable(gone.RoutingId);
        if (gone.Looks == MostLooks || !_memory.Backlog.Has(gone.RoutingId)) return;
        _scheduler.ScheduleTellOnce(Backoff.After(FirstLook, LongestLook, gone.Looks), _self, gone with { Looks = gone.Looks + 1 }, _self);
    }

    /// <summary>Drops for peers that do not read may be many, so they are reported in sums.</summary>
    private void ReportDropsSoon(PeerBacklog backlog)
    {
        if (_reportDue || !backlog.HasDropped) return;
        _reportDue = true;
        _scheduler.ScheduleTellOnce(DropReportInterval, _self, ReportDue.Instance, _self);
    }

    private void ReportDrops()
    {
        _reportDue = false;
        if (_memory.Backlog is not { } backlog) return;
        foreach (var (routingId, count) in backlog.TakeDropped())
            _events.Publish(new MessagesDropped(_spec.Name, count, DropReason.PeerFull, Convert.ToHexString(routingId.Span)));
    }

    /// <summary>False when the socket would block; true when the message was taken, or can never be.</summary>
    private bool TrySendNow(Message message)
    {
        switch (_socket!.TrySend(message))
        {
            case SendResult.Full:
                return false;
            case SendResult.Unroutable:
                _events.Publish(new MessagesDropped(_spec.Name, 1, DropReason.Unroutable, Convert.ToHexString(message[0].Span)));
                TellSender(message, DropReason.Unroutable);
                return true;
            default:
                return true;
        }
    }

    private void TellSender(Message message, DropReason reason) =>
        message.Sender?.Tell(new Status.Failure(new PeerUnreachableException(_spec.Name, message[0], message.FrameCount > 1 ? message.Skip(1) : message, reason)), _owner);

    // ---- inbound

    private void Grant(int messages)
    {
        _memory.InboundCredit += messages;
        Receive(_memory.InboundCredit > 0);
    }

    private void Receive(bool on)
    {
        if (_socket is null || on == _receiving) return;
        _receiving = on;
        _socket.OnReadable(on ? OnReadable : null);
    }

    private void OnReadable() => Deliver();

    /// <summary>Delivers what waits; true when nothing did. Without credit, it cannot be known.</summary>
    private bool Look() => _socket is null || (_memory.InboundCredit > 0 && !Deliver());

    /// <summary>Hands a batch of what has come to the owner; false when nothing has.</summary>
    private bool Deliver()
    {
        var batch = _socket!.ReceiveBatch(_memory.InboundCredit);
        if (batch.Length == 0) return false;
        _memory.InboundCredit -= batch.Length;
        Receive(_memory.InboundCredit > 0);
        _owner.Tell(new InboundBatch(MessageBatch.Of(batch)), _self);
        return true;
    }

    // ---- subscriptions

    private void Subscribe(ReadOnlyMemory<byte> prefix)
    {
        _memory.AddSubscription(prefix);
        _socket?.Subscribe(prefix);
    }

    private void Unsubscribe(ReadOnlyMemory<byte> prefix)
    {
        if (_memory.RemoveSubscription(prefix)) _socket?.Unsubscribe(prefix);
        else _log.Warning("{0}: asked to end the subscription to {1}, which it does not have", _spec.Name, Convert.ToHexString(prefix.Span));
    }

    // ---- what the engine tells, outside of a mailbox run

    void IEngineSocketObserver.OnPeer(PeerEvent what)
    {
        // What the peer had sent before it left comes before the news that it has left.
        while (what is PeerDisconnected && _receiving && Deliver())
        {
        }
        _owner.Tell(what, _self);
        _events.Publish(what);
        if (what is PeerDisconnected { Peer.RoutingId: { } gone }) FlushGone(new PeerGone(gone, Looks: 1));
    }

    void IEngineSocketObserver.OnDropped(MessagesDropped dropped)
    {
        if (_spec.ReportsLosses) _transport.Dropped(dropped);
    }

    void IEngineSocketObserver.OnFailed(Exception cause) => _self.Tell(new SocketFault(cause), _self);

    private sealed record Open
    {
        public static Open Instance { get; } = new();
    }

    private sealed record ReportDue
    {
        public static ReportDue Instance { get; } = new();
    }

    private sealed record PeerGone(ReadOnlyMemory<byte> RoutingId, int Looks);

    private sealed record SocketFault(Exception Cause);
}
