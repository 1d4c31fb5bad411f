using System.Text;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>The settings of a <see cref="RetainedSubscribeRole"/>.</summary>
public sealed record RetainedSubscribeSettings : RoleSettings
{
    /// <summary>The publishers to connect to: the endpoints of their <see cref="RetainedSettings"/>.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>The prefixes to receive, in UTF-8; an empty one takes all. None by default, as for a SUB socket.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>How many messages of each publisher may be in the handler's hands. Default 1000.</summary>
    public int InboundWindow { get; init; } = 1000;

    /// <summary>Where to begin, at publishers whose position was kept from an earlier run. None by default.</summary>
    public IReadOnlyList<PublisherPosition> ResumeFrom { get; init; } = [];

    /// <summary>How often each publisher is told that the subscriber is there. Default 1 s.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a publisher may be silent before its session ends, and how long an answer is waited for. Default 5 s.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A DEALER for each publisher, because commands go to one of them.</summary>
    internal IEnumerable<SocketSettings> Sockets =>
        Socket.Connect.Select((endpoint, index) => Socket with { Name = index == 0 ? Name : $"{Name}.{index + 1}", Kind = SocketKind.Dealer, Connect = [endpoint], ReportsLosses = false });

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        "the handler is told what the prefixes match, each message once and in order, after a cut of the connection too, or the exact gap",
        "what its publisher no longer keeps",
        "gaps, with the numbers of what is missing");

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Socket.Bind.Count > 0) throw new SocketSettingsException(Name, "bind", "is set: expected only \"connect\", because a subscriber with retained delivery connects");
        SocketOf(Socket, SocketKind.Dealer).Validate();
        AtLeast("inbound-window", InboundWindow, 1);
        if (Topics.Count > BroadcastCodec.MaxPrefixes) throw new SocketSettingsException(Name, "topics", $"has {Topics.Count} prefixes: expected at most {BroadcastCodec.MaxPrefixes}");
        BroadcastHeartbeat.Validate(Name, HeartbeatInterval, HeartbeatTimeout);
    }
}

/// <summary>
/// A subscriber of publish roles that retain (docs/protocols/broadcast.md): tells its handler each <see cref="Message"/> whose
/// first frame begins with one of its topics, also those that it missed, in order and each once; and a
/// <see cref="SubscriptionGap"/> in place of those that are not there any more. <see cref="SubscribeTo"/> and
/// <see cref="UnsubscribeFrom"/> told to the role change the topics while it runs. It is ready when its subscription is in
/// force at every publisher.
/// </summary>
/// <remarks>
/// The position is kept while the role lives, restarts included. It ends with the process: then
/// <see cref="RetainedSubscribeSettings.ResumeFrom"/> takes what <see cref="GetSubscription"/> told.
/// </remarks>
public sealed class RetainedSubscribeRole : RoleActor, IWithTimers
{
    private readonly RetainedSubscribeSettings _settings;
    private readonly Props _handlerProps;
    private readonly List<SubscribingEnd> _ends = [];
    private readonly List<ReadOnlyMemory<byte>> _prefixes;
    private IActorRef _handler = ActorRefs.Nobody;

    /// <param name="settings">Checked before anything is opened.</param>
    /// <param name="handler">The actor that is told the messages and gaps; a child of the role.</param>
    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public RetainedSubscribeRole(RetainedSubscribeSettings settings, Props handler)
        : base(settings)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _settings = settings;
        _handlerProps = handler;
        _prefixes = [.. settings.Topics.Select(topic => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(topic))];
        foreach (var socket in settings.Sockets)
        {
            // The protocol's credit bounds what comes and goes, so the lanes need no bounds of their own.
            var link = AddSocket(socket, new InboundLane(Self), int.MaxValue, NewOutboundLane(new OutboundSettings(int.MaxValue, OverflowRule.Backpressure)));
            _ends.Add(new SubscribingEnd(settings, () => [.. _prefixes], link, Self, Log, Events, Time, message => _handler.Tell(message, Self)));
        }
        Resume(settings.ResumeFrom);
    }

    /// <summary>Set by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to create the role.</summary>
    public static Props Props(RetainedSubscribeSettings settings, Props handler) => Akka.Actor.Props.Create(() => new RetainedSubscribeRole(settings, handler));

    private protected override bool IsEstablished => _ends.TrueForAll(end => end.IsInForce);

    private SubscriptionStatus Subscription => new(
        Name,
        [.. _ends.Select(end => end.Position)],
        _ends.Sum(end => end.Received),
        _ends.Sum(end => end.Gaps),
        _ends.Sum(end => end.Repeats));

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => HandlerSupervision.CountingFailures(Name, Events);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _handler = Context.Watch(Context.ActorOf(_handlerProps, "handler"));
        Timers.StartPeriodicTimer(nameof(Beat), Beat.Instance, _settings.HeartbeatInterval);
        base.PreStart();
    }

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        // The new instance reads it before its sockets are open.
        Self.Tell(new ResumeSubscription(Subscription.Positions, [.. _prefixes]));
        base.PreRestart(reason, message);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        foreach (var end in _ends) end.Stop();
        var counts = Subscription;
        Log.Info("{0}: received {1}, gaps {2}, repeats dropped {3}", Name, counts.Received, counts.Gaps, counts.Repeats);
        base.PostStop();
    }

    private protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        if (EndOf(LinkOf(Sender)) is not { } end) return;
        end.Link.Inbound!.Count(messages);
        end.Link.Inbound.Release(messages.Count);
        end.Take(messages);
        CheckReady();
    }

    private protected override void OnSocketOpened(SocketLink link) => EndOf(link)?.SocketOpened();

    private protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        EndOf(link)?.PeerChanged(what);
        CheckReady();
    }

    private protected override void OnOther(object message)
    {
        switch (message)
        {
            case Beat:
                foreach (var end in _ends) end.Tick();
                break;
            case ActorIdentity { MessageId: HandlerWorked worked }: worked.End.Worked(worked.Count); break;
            case GetSubscription: Sender.Tell(Subscription, Self); break;
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

    private sealed record Beat
    {
        public static Beat Instance { get; } = new();
    }
}
