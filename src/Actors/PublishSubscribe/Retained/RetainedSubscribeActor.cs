using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>A subscribe role with a session and a position at each publisher that retains.</summary>
internal sealed class RetainedSubscribeActor : RoleActor
{
    private readonly RetainedSubscription _retained;
    private readonly RoleHandler _handlerOf;
    private readonly List<SubscribingEnd> _ends = [];
    private readonly List<ReadOnlyMemory<byte>> _prefixes;
    // How much the handler was told before each barrier that it has not answered; the oldest first.
    private readonly Queue<(int Messages, long Told)> _inWork = new();
    private readonly HandlerTimes _times;

    // When the handler was told the first message behind the last barrier.
    private long _told;
    private readonly bool _tellsBatches;
    private IActorRef _handler = ActorRefs.Nobody;

    public RetainedSubscribeActor(SubscribeSettings settings, RetainedSubscription retained, RoleHandler handler)
        : base(settings)
    {
        _retained = retained;
        _handlerOf = handler;
        _tellsBatches = handler.TellsBatches;
        _prefixes = [.. settings.Prefixes];
        _times = new HandlerTimes(Name, settings.Pattern, Time);
        foreach (var socket in settings.RetainedSockets)
            _ends.Add(new SubscribingEnd(settings, retained.Heartbeat, () => [.. _prefixes], AddUnboundedSocket(socket), Self, Log, Events, Time, TellHandler, _tellsBatches));
        Resume(retained.ResumeFrom);
    }

    protected override bool IsEstablished => _ends.TrueForAll(end => end.IsInForce);

    private SubscriptionStatus Subscription => new(
        [.. _ends.Select(end => end.Position)],
        _ends.Sum(end => end.Received),
        _ends.Sum(end => end.Gaps),
        _ends.Sum(end => end.Repeats));

    protected override SupervisorStrategy SupervisorStrategy() =>
        _tellsBatches ? HandlerSupervision.TellingFailures(Self) : HandlerSupervision.CountingFailures(Name, Events);

    protected override long WaitingInRole => _ends.Sum(end => (long)end.InHand);

    protected override void PreStart()
    {
        _handler = _handlerOf.Start(Context, Name);
        BeatEvery(_retained.Heartbeat.Interval);
        base.PreStart();
    }

    protected override void PreRestart(Exception reason, object message)
    {
        // The new instance reads it before its sockets are open.
        Self.Tell(new ResumeSubscription(Subscription.Positions, [.. _prefixes]));
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        foreach (var end in _ends) end.Stop();
        var counts = Subscription;
        Log.Info("{0}: received {1}, gaps {2}, repeats dropped {3}", Name, counts.Received, counts.Gaps, counts.Repeats);
        base.PostStop();
    }

    protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        if (EndOf(LinkOf(Sender)) is not { } end) return;
        end.Link.Inbound!.Pass(messages);
        end.Take(messages);
        CheckReady();
    }

    protected override void OnDraining()
    {
        foreach (var end in _ends) end.Drain();
    }

    protected override void OnSocketOpened(SocketLink link) => EndOf(link)?.SocketOpened();

    protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        EndOf(link)?.PeerChanged(what);
        CheckReady();
    }

    protected override RoleStatus Describe(RoleStatus status) => status with { Subscription = Subscription };

    protected override void OnBeat()
    {
        foreach (var end in _ends) end.Tick();
    }

    protected override void OnOther(object message)
    {
        switch (message)
        {
            // The dead letters answer for a handler that has stopped: that is not done, and the role stops.
            case ActorIdentity { MessageId: HandlerWorked, Subject: null }: break;
            case ActorIdentity { MessageId: HandlerWorked worked }:
                if (_inWork.TryDequeue(out var done)) _times.Worked(done.Told, done.Messages);
                worked.End.Worked(worked.Count);
                CheckDrained();
                break;
            case HandlerFailed { Cause: not ActorInitializationException }:
                if (_inWork.TryPeek(out var lost)) Events.Publish(new MessagesDropped(Name, lost.Messages, DropReason.HandlerFailed));
                break;
            case HandlerFailed: break;
            case HandlerEnded ended:
                if (Subscription.Received - ended.Worked is > 0 and var unworked) Events.Publish(new MessagesDropped(Name, unworked, DropReason.Stopped));
                Context.Stop(Self);
                break;
            case SubscribeTo subscribe:
                _prefixes.Add(subscribe.Prefix);
                Renew();
                break;
            case UnsubscribeFrom unsubscribe: Unsubscribe(unsubscribe.Prefix); break;
            case ResumeSubscription resume:
                _prefixes.Clear();
                _prefixes.AddRange(resume.Prefixes);
                Resume(resume.Positions);
                break;
            default: base.OnOther(message); break;
        }
    }

    private void TellHandler(object message)
    {
        if (_told == 0) _told = _times.Told();
        if (message is Identify { MessageId: HandlerWorked worked })
        {
            _inWork.Enqueue((worked.Count, _told));
            _told = 0;
        }
        _handler.Tell(message, Self);
    }

    private void Unsubscribe(ReadOnlyMemory<byte> prefix)
    {
        var index = _prefixes.FindIndex(known => known.Span.SequenceEqual(prefix.Span));
        if (index < 0)
        {
            Log.Warning("{0}: asked to end the subscription to {1}, which it does not have", Name, Convert.ToHexString(prefix.Span));
            return;
        }
        _prefixes.RemoveAt(index);
        Renew();
    }

    private void Renew()
    {
        foreach (var end in _ends) end.Renew();
    }

    private void Resume(IReadOnlyList<PublisherPosition> positions)
    {
        foreach (var position in positions)
            if (_ends.Find(end => end.Position.Publisher == position.Publisher) is { } end) end.Position = position;
    }

    private SubscribingEnd? EndOf(SocketLink? link) => _ends.Find(end => end.Link == link);

    /// <summary>To the next instance of this role: where to go on.</summary>
    private sealed record ResumeSubscription(IReadOnlyList<PublisherPosition> Positions, IReadOnlyList<ReadOnlyMemory<byte>> Prefixes);
}
