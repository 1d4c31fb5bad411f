using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// The base of all roles: opens the sockets, knows when the role is ready, reports its status, and stops it when a socket
/// can never open.
/// </summary>
internal abstract class RoleActor : UntypedActor, IWithTimers
{
    // Who starts a role and then asks for it has asked by then.
    private static readonly TimeSpan FailureRemembered = TimeSpan.FromSeconds(1);

    private readonly List<SocketLink> _links = [];
    private readonly RoleWaiters _waiters;
    private readonly List<IActorRef> _waitingForDrained = [];
    private readonly Action<SocketSpec, IActorRef> _open;
    private readonly InboundDrain _inboundDrain;
    private readonly RolePeers _peers;
    private bool _isReady;
    private bool _wasOpen;
    private TimeSpan? _dueAt;

    protected RoleActor(RoleSettings settings)
    {
        settings.Validate();
        Name = settings.Name;
        _inboundDrain = new InboundDrain(Self);
        _waiters = new RoleWaiters(Self);
        _open = RoleSockets.Of(Context.System).Open;
        Counters = new RoleCounters(Name, settings.Pattern, _links, () => WaitingInRole);
        _peers = new RolePeers(Time, Log, wait => Timers.StartSingleTimer(nameof(PeersDue), PeersDue.Instance, wait));
    }

    /// <summary>Set by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    protected string Name { get; }

    protected RoleCounters Counters { get; }

    protected ILoggingAdapter Log { get; } = Context.GetLogger();

    protected EventStream Events { get; } = Context.System.EventStream;

    /// <summary>The clock for timeouts, ages and silences.</summary>
    protected TimeProvider Time { get; } = RoleClock.Of(Context.System).Time;

    private bool IsOpen => _links.TrueForAll(link => link.Endpoints.Count > 0);

    private IReadOnlyList<string> Endpoints => [.. _links.SelectMany(link => link.Endpoints)];

    /// <summary>A socket that a protocol's credit bounds, so that its lanes need no bounds of their own.</summary>
    protected SocketLink AddUnboundedSocket(SocketSpec spec, int inboundWindow = int.MaxValue) =>
        AddSocket(spec, new InboundLane(Self), inboundWindow, NewOutboundLane(OutboundSettings.Unbounded));

    /// <summary>An inbound window as large as the socket's own queue.</summary>
    protected static int WindowOf(SocketSpec spec) => spec.Settings.ReceiveHighWaterMark is > 0 and var mark ? mark : int.MaxValue;

    protected SocketLink AddSocket(SocketSpec spec, InboundLane? inbound = null, int inboundWindow = 0, OutboundLane? outbound = null)
    {
        var link = new SocketLink(spec, inbound, inboundWindow, outbound);
        _links.Add(link);
        return link;
    }

    /// <summary>The role is not drained before what this socket has received is worked on.</summary>
    protected void WorksOff(SocketLink link) => _inboundDrain.Add(link);

    /// <summary>The log tells when messages wait for long because none of these sockets has a peer.</summary>
    /// <param name="links">The sockets.</param>
    /// <param name="waiting">How many messages wait for a peer; absent, those of the sockets' lanes.</param>
    protected void WaitsForPeers(IReadOnlyList<SocketLink> links, Func<long>? waiting = null) =>
        _peers.Await(links.Count == 1 ? links[0].Spec.Name : Name, links, waiting ?? (() => links.Sum(link => link.WaitingForPeer)));

    protected OutboundLane NewOutboundLane(OutboundSettings settings) => new(Name, settings, Self, Events);

    /// <summary>Has <see cref="OnBeat"/> called once in each interval, from now on.</summary>
    protected void BeatEvery(TimeSpan interval) => Timers.StartPeriodicTimer(nameof(Beat), Beat.Instance, interval);

    /// <summary>
    /// Has <see cref="OnDue"/> called at that time of the role's clock, or before. There is one timer for whatever falls due
    /// next, so a request that ends in time costs none.
    /// </summary>
    protected void DueAt(TimeSpan? due)
    {
        if (due is not { } next || next >= _dueAt) return;
        _dueAt = next;
        var wait = next - Time.Elapsed();
        Timers.StartSingleTimer(nameof(Due), Due.Instance, wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    protected override void PreStart()
    {
        RoleTelemetry.Of(Context.System).Started(Counters);
        if (_links.Exists(link => link.Spec.ReportsLosses && link.Outbound is not null)) MessagesAtStop.Of(Context.System).WatchRole(Self, Name);
        try
        {
            foreach (var link in _links) _open(link.Spec, Self);
        }
        catch (SocketSettingsException mistake)
        {
            // An engine cannot do what the settings ask for. The supervisor could only log it; the caller is told.
            Log.Error("{0}: {1}", Name, mistake.Message);
            StopBecauseOf(mistake);
        }
    }

    protected override void PreRestart(Exception reason, object message)
    {
        // The new instance opens sockets of its own; the endpoints of these become free first.
        foreach (var link in _links) link.Socket?.Tell(PoisonPill.Instance, Self);
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        foreach (var link in _links) link.Outbound?.Discard();
        _peers.End();
        var status = Status();
        Log.Info("{0} stops: received {1}, sent {2}, dropped {3}", Name, status.Received, status.Sent, status.Dropped);
        _waiters.Failed(new RequestAbortedException(Name, "the role stopped"));
        RoleTelemetry.Of(Context.System).Ended(Counters);
        base.PostStop();
    }

    /// <summary>Handles what all roles have in common, and hands the rest to the role.</summary>
    protected sealed override void OnReceive(object message)
    {
        switch (message)
        {
            case Message outbound: OnOutbound(outbound); break;
            case MessageBatch outbound: OnOutbound(outbound); break;
            case InboundBatch inbound: OnInbound(inbound.Messages); break;
            case FlushOutbound: foreach (var link in _links) link.Outbound?.Flush(); break;
            case OutboundCredit credit: OnCredit(credit); break;
            case ActorIdentity answer when _links.Exists(link => link.Inbound?.Worked(answer) == true): CheckDrained(); break;
            case SocketCreated created: OnCreated(created); break;
            case SocketOpened opened: OnOpened(opened); break;
            case SocketFailed failed: OnFailed(failed); break;
            case SocketBlocked: Log.Debug("{0}: no peer takes messages now", Name); break;
            case SocketWritable: Log.Debug("{0}: peers take messages again", Name); break;
            case InboundLooked looked: OnLooked(looked); break;
            case PeerEvent peer: OnPeer(peer); break;
            case RegisterProducer producer when AcceptProducer(Sender, producer.Source): Context.Watch(Sender); break;
            case WhenOpen: OnWhenOpen(); break;
            case WhenReady: OnWhenReady(); break;
            case DrainRole: OnDrain(); break;
            case LookAgain: OnLookAgain(); break;
            case GetRoleStatus: Sender.Tell(Describe(Status()), Self); break;
            case GetSocketsInForce: Sender.Tell(SocketsInForce.Of(Name, _links), Self); break;
            case Beat: OnBeat(); break;
            case PeersDue: _peers.Due(); break;
            case FailureForgotten: Context.Stop(Self); break;
            case Due:
                _dueAt = null;
                OnDue();
                break;
            case Terminated ended: OnTerminated(ended.ActorRef); break;
            default: OnOther(message); break;
        }
        _peers.Look();
    }

    /// <summary>An actor told the role a message to send.</summary>
    protected virtual void OnOutbound(Message message) => Unhandled(message);

    /// <summary>An actor told the role messages to send, at once. A role that does not say otherwise takes them one by one.</summary>
    protected virtual void OnOutbound(MessageBatch batch)
    {
        foreach (var message in batch.Messages) OnOutbound(message);
    }

    /// <summary>A socket, the sender, received messages.</summary>
    protected virtual void OnInbound(IReadOnlyList<Message> messages) => Unhandled(messages);

    /// <summary>An actor asks to be granted demand; false when this role does not send.</summary>
    /// <param name="producer">The actor.</param>
    /// <param name="source">The name of its source, where it can begin behind a position.</param>
    protected virtual bool AcceptProducer(IActorRef producer, string? source)
    {
        if (_links.Find(link => link.Outbound is not null)?.Outbound is not { } lane) return false;
        lane.Register(producer);
        return true;
    }

    /// <summary>A producer has stopped.</summary>
    protected virtual void ForgetProducer(IActorRef producer)
    {
        foreach (var link in _links) link.Outbound?.Unregister(producer);
    }

    /// <summary>A heartbeat interval has passed.</summary>
    protected virtual void OnBeat()
    {
    }

    /// <summary>The time that was asked for by <see cref="DueAt"/> has come.</summary>
    protected virtual void OnDue()
    {
    }

    /// <summary>Adds to the status what only this role has.</summary>
    protected virtual RoleStatus Describe(RoleStatus status) => status;

    /// <summary>A message that only this kind of role understands.</summary>
    protected virtual void OnOther(object message) => Unhandled(message);

    /// <summary>A socket of this role is open, for the first time or again.</summary>
    protected virtual void OnSocketOpened(SocketLink link)
    {
    }

    /// <summary>Something has happened between a socket of this role and its peers.</summary>
    /// <param name="link">The socket, whose count of connections includes the event.</param>
    /// <param name="what">Null when the socket itself has failed, and all its connections with it.</param>
    protected virtual void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
    }

    /// <summary>The role is asked to finish what it has, and to take nothing new that it can refuse.</summary>
    protected virtual void OnDraining()
    {
    }

    /// <summary>The handler has stopped, and the role is about to.</summary>
    protected virtual void OnHandlerStopped()
    {
    }

    /// <summary>A socket has taken messages of this role.</summary>
    protected virtual void OnSent()
    {
    }

    /// <summary>True once the role can do its work over its open sockets; for a subscriber, once its subscriptions are in force.</summary>
    protected virtual bool IsEstablished => true;

    /// <summary>Call this when the role may have become ready. It answers the actors that wait for <see cref="RoleReady"/>.</summary>
    protected void CheckReady()
    {
        if (_isReady || !IsOpen || !IsEstablished) return;
        _isReady = true;
        var ready = new RoleReady(Name, Endpoints);
        Log.Info("{0} is ready: {1}", Name, string.Join(", ", ready.Endpoints));
        Events.Publish(ready);
        _waiters.Ready(ready);
    }

    /// <summary>Messages that wait outside of the lanes. Read from any thread: a number that the role keeps, and nothing that it enumerates.</summary>
    protected virtual long WaitingInRole => 0;

    /// <summary>Call this when the role may have no work left. It answers the actors that wait for <see cref="RoleDrained"/>.</summary>
    protected void CheckDrained()
    {
        if (_waitingForDrained.Count == 0 || WaitingInRole > 0 || _inboundDrain.IsWaiting || !_links.TrueForAll(link => link.Outbound?.IsDrained != false)) return;
        foreach (var waiting in _waitingForDrained) waiting.Tell(new RoleDrained(Name), Self);
        _waitingForDrained.Clear();
    }

    private void OnCredit(OutboundCredit credit)
    {
        LinkOf(Sender)?.Granted(credit.Messages);
        OnSent();
        CheckDrained();
    }

    private void OnCreated(SocketCreated created)
    {
        var link = _links.Find(known => known.Spec.Name == created.Name);
        if (link is null || link.Socket is not null)
        {
            // Created for the instance before a restart, which may not have heard of it.
            created.Socket.Tell(PoisonPill.Instance, Self);
            return;
        }
        Context.Watch(created.Socket);
        if (link.Spec.ReportsLosses) MessagesAtStop.Of(Context.System).WatchSocket(created.Socket, Name);
        link.Created(created.Socket);
    }

    private void OnOpened(SocketOpened opened)
    {
        if (LinkOf(Sender) is not { } link) return;
        link.Endpoints = opened.Endpoints;
        // The connections of the last socket ended with it; those of this one are reported later.
        link.Reset();
        _isReady = false;
        OnSocketOpened(link);
        if (!IsOpen) return;
        _wasOpen = true;
        var open = new RoleOpen(Name, Endpoints);
        Log.Info("{0} is open: {1}", Name, string.Join(", ", open.Endpoints));
        _waiters.Opened(open);
        CheckReady();
    }

    private void OnFailed(SocketFailed failed)
    {
        if (LinkOf(Sender) is not { } link) return;
        link.Endpoints = [];
        link.Reset();
        _inboundDrain.Failed(link);
        Events.Publish(new RoleFailed(Name, failed.Cause, failed.RetryIn));
        OnPeersChanged(link, null);
        if (failed.RetryIn == Timeout.InfiniteTimeSpan) GiveUp(failed.Cause);
    }

    /// <summary>Stops for a cause that no further try can cure, and tells the actors that wait for the role.</summary>
    protected void StopBecauseOf(Exception cause)
    {
        Events.Publish(new RoleFailed(Name, cause, Timeout.InfiniteTimeSpan));
        GiveUp(cause);
    }

    private void GiveUp(Exception cause)
    {
        var isAwaited = _waiters.Any;
        _waiters.Failed(cause);
        if (isAwaited || _wasOpen)
        {
            Context.Stop(Self);
            return;
        }
        _waiters.Remember(cause);
        Timers.StartSingleTimer(nameof(FailureForgotten), FailureForgotten.Instance, FailureRemembered);
    }

    private void OnPeer(PeerEvent peer)
    {
        if (LinkOf(Sender) is not { } link) return;
        _peers.Happened(link, peer);
        OnPeersChanged(link, peer);
    }

    private void OnWhenOpen()
    {
        if (_waiters.AnswerFailure(Sender)) Context.Stop(Self);
        else if (IsOpen) Sender.Tell(new RoleOpen(Name, Endpoints), Self);
        else _waiters.AddForOpen(Sender);
    }

    private void OnWhenReady()
    {
        if (_waiters.AnswerFailure(Sender)) Context.Stop(Self);
        else if (IsOpen && IsEstablished) Sender.Tell(new RoleReady(Name, Endpoints), Self);
        else _waiters.AddForReady(Sender);
    }

    private void OnDrain()
    {
        _waitingForDrained.Add(Sender);
        if (_waitingForDrained.Count == 1)
        {
            OnDraining();
            if (_inboundDrain.Begin()) Timers.StartPeriodicTimer(nameof(LookAgain), LookAgain.Instance, TimeSpan.Zero, InboundDrain.Interval);
        }
        CheckDrained();
    }

    private void OnLookAgain()
    {
        if (WaitingInRole == 0) _inboundDrain.Look();
        if (!_inboundDrain.IsWaiting) Timers.Cancel(nameof(LookAgain));
        CheckDrained();
    }

    private void OnLooked(InboundLooked looked)
    {
        if (LinkOf(Sender) is { } link) _inboundDrain.Looked(link, looked.WasEmpty);
        CheckDrained();
    }

    private void OnTerminated(IActorRef ended)
    {
        if (LinkOf(ended) is not null)
        {
            if (_waiters.HasFailure) return;
            Log.Error("{0}: its socket has stopped, so the role stops", Name);
            Context.Stop(Self);
        }
        else if (ended.Path.Parent.Equals(Self.Path))
        {
            Log.Info("{0}: its handler has stopped, so the role stops", Name);
            OnHandlerStopped();
            Context.Stop(Self);
        }
        else
        {
            ForgetProducer(ended);
        }
    }

    protected SocketLink? LinkOf(IActorRef socket) => _links.Find(link => socket.Equals(link.Socket));

    private RoleStatus Status() =>
        new(Name, Endpoints, Counters.Received, Counters.Sent, Counters.Waiting, _links.Sum(link => link.Outbound?.Dropped ?? 0), Counters.Peers) { MayHaveUnread = _inboundDrain.MayHaveUnread };
}
