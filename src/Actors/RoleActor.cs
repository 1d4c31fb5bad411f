using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// What the roles have in common: they open their sockets, know when they are ready, report their status, and stop when
/// a socket can never open.
/// </summary>
public abstract class RoleActor : UntypedActor
{
    private readonly List<SocketLink> _links = [];
    private readonly List<IActorRef> _waitingForOpen = [];
    private readonly List<IActorRef> _waitingForReady = [];
    private readonly List<IActorRef> _waitingForDrained = [];
    private readonly Action<SocketSettings, IActorRef> _open;
    private bool _isReady;

    private protected RoleActor(RoleSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        Name = settings.Name;
        _open = settings.SocketOpener ?? ZmqTransport.Of(Context.System).Open;
    }

    /// <summary>The role's name.</summary>
    protected string Name { get; }

    /// <summary>The log, with this actor as its source.</summary>
    protected ILoggingAdapter Log { get; } = Context.GetLogger();

    private protected EventStream Events { get; } = Context.System.EventStream;

    /// <summary>The clock of its ages and silences.</summary>
    private protected TimeProvider Time { get; } = RoleClock.Of(Context.System).Time;

    private bool IsOpen => _links.TrueForAll(link => link.Endpoints.Count > 0);

    private IReadOnlyList<string> Endpoints => [.. _links.SelectMany(link => link.Endpoints)];

    private protected SocketLink AddSocket(SocketSettings settings, InboundLane? inbound = null, int inboundWindow = 0, OutboundLane? outbound = null)
    {
        var link = new SocketLink(settings, inbound, inboundWindow, outbound);
        _links.Add(link);
        return link;
    }

    private protected OutboundLane NewOutboundLane(OutboundSettings settings) => new(Name, settings, Self, Events);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        foreach (var link in _links) _open(link.Settings, Self);
    }

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        // The new instance opens sockets of its own; the endpoints of these become free first.
        foreach (var link in _links) link.Socket?.Tell(PoisonPill.Instance, Self);
        base.PreRestart(reason, message);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        foreach (var link in _links) link.Outbound?.Discard();
        var status = Status();
        Log.Info("{0} stops: received {1}, sent {2}, dropped {3}", Name, status.Received, status.Sent, status.Dropped);
        TellFailure(new RequestAbortedException(Name, "the role stopped"));
        base.PostStop();
    }

    /// <summary>Handles what is common to the roles, and hands the rest to the role.</summary>
    protected sealed override void OnReceive(object message)
    {
        switch (message)
        {
            case Message outbound: OnOutbound(outbound); break;
            case InboundBatch inbound: OnInbound(inbound.Messages); break;
            case FlushOutbound: foreach (var link in _links) link.Outbound?.Flush(); break;
            case OutboundCredit credit: OnCredit(credit); break;
            case ActorIdentity answer when _links.Exists(link => link.Inbound?.Worked(answer) == true): break;
            case SocketCreated created: OnCreated(created); break;
            case SocketOpened opened: OnOpened(opened); break;
            case SocketFailed failed: OnFailed(failed); break;
            case SocketBlocked: Log.Debug("{0}: no peer takes messages now", Name); break;
            case SocketWritable: Log.Debug("{0}: peers take messages again", Name); break;
            case PeerEvent peer: OnPeer(peer); break;
            case RegisterProducer producer when AcceptProducer(Sender, producer.Source): Context.Watch(Sender); break;
            case WhenOpen: OnWhenOpen(); break;
            case WhenReady: OnWhenReady(); break;
            case DrainRole: OnDrain(); break;
            case GetRoleStatus: Sender.Tell(Status(), Self); break;
            case Terminated ended: OnTerminated(ended.ActorRef); break;
            default: OnOther(message); break;
        }
    }

    /// <summary>A message that is to be sent.</summary>
    private protected virtual void OnOutbound(Message message) => Unhandled(message);

    /// <summary>Messages that a socket received; the sender is the socket.</summary>
    private protected virtual void OnInbound(IReadOnlyList<Message> messages) => Unhandled(messages);

    /// <summary>An actor asks to be granted demand; false when this role does not send.</summary>
    /// <param name="producer">The actor.</param>
    /// <param name="source">What it reads from, where it can begin behind a position of that.</param>
    private protected virtual bool AcceptProducer(IActorRef producer, string? source)
    {
        if (_links.Find(link => link.Outbound is not null)?.Outbound is not { } lane) return false;
        lane.Register(producer);
        return true;
    }

    /// <summary>A producer has stopped.</summary>
    private protected virtual void ForgetProducer(IActorRef producer)
    {
        foreach (var link in _links) link.Outbound?.Unregister(producer);
    }

    /// <summary>Whatever only this role understands.</summary>
    private protected virtual void OnOther(object message) => Unhandled(message);

    /// <summary>A socket of this role is open, for the first time or again.</summary>
    private protected virtual void OnSocketOpened(SocketLink link)
    {
    }

    /// <summary>Something has happened between a socket of this role and its peers.</summary>
    /// <param name="link">The socket; what it knows of its connections is up to date.</param>
    /// <param name="what">Null when the socket itself has failed, and all its connections with it.</param>
    private protected virtual void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
    }

    /// <summary>The role is to come to its end: it is asked to finish what it has.</summary>
    private protected virtual void OnDraining()
    {
    }

    /// <summary>A socket has taken messages of this role.</summary>
    private protected virtual void OnSent()
    {
    }

    /// <summary>Whether the role is to its peers what it is to be, besides having its sockets open.</summary>
    private protected virtual bool IsEstablished => true;

    /// <summary>To be called by a role when it may have become established, so that who waits for it to be ready is told.</summary>
    private protected void CheckReady()
    {
        if (_isReady || !IsOpen || !IsEstablished) return;
        _isReady = true;
        var ready = new RoleReady(Name, Endpoints);
        Log.Info("{0} is ready: {1}", Name, string.Join(", ", ready.Endpoints));
        Events.Publish(ready);
        foreach (var waiting in _waitingForReady) waiting.Tell(ready, Self);
        _waitingForReady.Clear();
    }

    /// <summary>Messages that wait outside of the lanes.</summary>
    private protected virtual long WaitingInRole => 0;

    /// <summary>To be called by a role that has no work left, so that who waits for it to drain is told.</summary>
    private protected void CheckDrained()
    {
        if (_waitingForDrained.Count == 0 || WaitingInRole > 0 || !_links.TrueForAll(link => link.Outbound?.IsDrained != false)) return;
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
        var link = _links.Find(known => known.Settings.Name == created.Name);
        if (link is null || link.Socket is not null)
        {
            // Created for the instance before a restart, which may not have known it yet.
            created.Socket.Tell(PoisonPill.Instance, Self);
            return;
        }
        Context.Watch(created.Socket);
        link.Created(created.Socket);
    }

    private void OnOpened(SocketOpened opened)
    {
        if (LinkOf(Sender) is not { } link) return;
        link.Endpoints = opened.Endpoints;
        // The connections of the socket before went with it; those of this one are reported later.
        link.Peers = 0;
        _isReady = false;
        OnSocketOpened(link);
        if (!IsOpen) return;
        var open = new RoleOpen(Name, Endpoints);
        Log.Info("{0} is open: {1}", Name, string.Join(", ", open.Endpoints));
        foreach (var waiting in _waitingForOpen) waiting.Tell(open, Self);
        _waitingForOpen.Clear();
        CheckReady();
    }

    private void OnFailed(SocketFailed failed)
    {
        if (LinkOf(Sender) is not { } link) return;
        link.Endpoints = [];
        link.Peers = 0;
        Events.Publish(new RoleFailed(Name, failed.Cause, failed.RetryIn));
        OnPeersChanged(link, null);
        if (failed.RetryIn == Timeout.InfiniteTimeSpan) GiveUp(failed.Cause);
    }

    /// <summary>Stops because of something that no further try can help, and tells who waits for the role.</summary>
    private protected void StopBecauseOf(Exception cause)
    {
        Events.Publish(new RoleFailed(Name, cause, Timeout.InfiniteTimeSpan));
        GiveUp(cause);
    }

    private void GiveUp(Exception cause)
    {
        TellFailure(cause);
        Context.Stop(Self);
    }

    private void OnPeer(PeerEvent peer)
    {
        if (LinkOf(Sender) is not { } link) return;
        if (peer is PeerConnected) link.Peers++;
        if (peer is PeerDisconnected && link.Peers > 0) link.Peers--;
        Log.Debug("{0}", peer);
        OnPeersChanged(link, peer);
    }

    private void OnWhenOpen()
    {
        if (IsOpen) Sender.Tell(new RoleOpen(Name, Endpoints), Self);
        else _waitingForOpen.Add(Sender);
    }

    private void OnWhenReady()
    {
        if (IsOpen && IsEstablished) Sender.Tell(new RoleReady(Name, Endpoints), Self);
        else _waitingForReady.Add(Sender);
    }

    private void TellFailure(Exception cause)
    {
        foreach (var waiting in _waitingForOpen.Concat(_waitingForReady)) waiting.Tell(new Status.Failure(cause), Self);
        _waitingForOpen.Clear();
        _waitingForReady.Clear();
    }

    private void OnDrain()
    {
        _waitingForDrained.Add(Sender);
        OnDraining();
        CheckDrained();
    }

    private void OnTerminated(IActorRef ended)
    {
        if (LinkOf(ended) is not null)
        {
            Log.Error("{0}: its socket has stopped, so the role stops", Name);
            Context.Stop(Self);
        }
        else if (ended.Path.Parent.Equals(Self.Path))
        {
            Log.Info("{0}: its handler has stopped, so the role stops", Name);
            Context.Stop(Self);
        }
        else
        {
            ForgetProducer(ended);
        }
    }

    private protected SocketLink? LinkOf(IActorRef socket) => _links.Find(link => socket.Equals(link.Socket));

    private RoleStatus Status() => new(
        Name,
        Endpoints,
        _links.Sum(link => link.Inbound?.Received ?? 0),
        _links.Sum(link => link.Outbound?.Sent ?? 0),
        WaitingInRole + _links.Sum(link => link.Outbound?.Waiting ?? 0),
        _links.Sum(link => link.Outbound?.Dropped ?? 0),
        _links.Sum(link => link.Peers));
}
