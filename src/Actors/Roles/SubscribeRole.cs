using System.Text;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>The settings of a <see cref="SubscribeRole"/>.</summary>
public sealed record SubscribeSettings : RoleSettings
{
    /// <summary>Where to bind or connect.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>The prefixes to receive, in UTF-8; an empty one takes all. None by default, as for a SUB socket.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>How many messages may be in the handler's hands before the publishers are held back. Default 1000.</summary>
    public int InboundWindow { get; init; } = 1000;

    /// <summary>
    /// How long a publisher that is connected may take to confirm the subscriptions, which plain ZeroMQ peers never do;
    /// then the role counts as ready. Zero does not ask. Default 200 ms.
    /// </summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromMilliseconds(200);

    internal SocketSettings SubscribeSocket =>
        SocketOf(Socket, SocketKind.Subscribe) with { Subscriptions = [.. Topics.Select(topic => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(topic))] };

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        "the handler is told what the prefixes match, in the order of each publisher",
        "what is published while it is not connected",
        "messages that the handler failed on, and what had come when the socket was closed");

    /// <inheritdoc/>
    public override void Validate()
    {
        SubscribeSocket.Validate();
        AtLeast("inbound-window", InboundWindow, 1);
        if (ConfirmTimeout != TimeSpan.Zero) Positive("confirm-timeout", ConfirmTimeout);
    }
}

/// <summary>
/// SUB (RFC 29): tells its handler each <see cref="Message"/> whose first frame begins with one of its topics.
/// <see cref="SubscribeTo"/> and <see cref="UnsubscribeFrom"/> told to the role change the topics while it runs.
/// </summary>
/// <remarks>
/// A role that connects is ready when every publisher has its subscriptions in force: it is told by publish roles of the same
/// actor system and by those that confirm subscriptions. With any other publisher it is ready
/// <see cref="SubscribeSettings.ConfirmTimeout"/> after the connection stands, which is likely, not certain, to be enough.
/// </remarks>
public sealed class SubscribeRole : ReceivingRole, IWithTimers
{
    private readonly SubscribeSettings _settings;
    private readonly ReadOnlyMemory<byte> _readyTopic;
    private readonly HashSet<string> _confirmedBy = [];
    private bool _waitedEnough;

    /// <param name="settings">Checked before anything is opened.</param>
    /// <param name="handler">The actor that is told the messages; a child of the role.</param>
    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public SubscribeRole(SubscribeSettings settings, Props handler)
        : this(settings, handler, ReadyTopic.New())
    {
    }

    private SubscribeRole(SubscribeSettings settings, Props handler, ReadOnlyMemory<byte> readyTopic)
        : base(settings, Asking(settings, readyTopic), settings.InboundWindow, handler)
    {
        _settings = settings;
        _readyTopic = readyTopic;
    }

    /// <summary>Set by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to create the role.</summary>
    public static Props Props(SubscribeSettings settings, Props handler) => Akka.Actor.Props.Create(() => new SubscribeRole(settings, handler));

    private protected override bool IsEstablished => _waitedEnough || _confirmedBy.Count >= Publishers;

    /// <summary>How many publishers are connected to; those that connect to a bound socket come and go.</summary>
    private int Publishers => _settings.Socket.Connect.Count;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Events.Subscribe(Self, typeof(SubscriptionsInForce));
        base.PreStart();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        Events.Unsubscribe(Self);
        base.PostStop();
    }

    private protected override void OnSocketOpened(SocketLink link)
    {
        _confirmedBy.Clear();
        _waitedEnough = false;
        base.OnSocketOpened(link);
        WaitForConfirmation(link);
    }

    private protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        if (what is PeerConnected) WaitForConfirmation(link);
    }

    private protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        if (!messages.Any(message => ReadyTopic.Is(message[0])))
        {
            base.OnInbound(messages);
            return;
        }
        // The confirmations are not for the handler, nor are those that others asked for.
        var others = messages.Where(message => !ReadyTopic.Is(message[0])).ToList();
        foreach (var confirmation in messages.Where(message => ReadyTopic.Is(message[0]) && message.FrameCount == 2))
            OnConfirmed(confirmation[0], confirmation.Text(1));
        Inbound.Release(messages.Count - others.Count);
        base.OnInbound(others);
    }

    private protected override void OnOther(object message)
    {
        switch (message)
        {
            case SubscribeTo or UnsubscribeFrom: ForwardToSocket(message); break;
            case SubscriptionsInForce confirmed: OnConfirmed(confirmed.Topic, confirmed.Publisher); break;
            case ConfirmTimeoutPassed: OnConfirmTimeout(); break;
            default: base.OnOther(message); break;
        }
    }

    private static SocketSettings Asking(SubscribeSettings settings, ReadOnlyMemory<byte> readyTopic)
    {
        var socket = settings.SubscribeSocket;
        return settings.ConfirmTimeout == TimeSpan.Zero || socket.Connect.Count == 0 ? socket : socket with { Subscriptions = [.. socket.Subscriptions, readyTopic] };
    }

    private void WaitForConfirmation(SocketLink link)
    {
        // In one process there are no connections to wait for.
        var inProcess = _settings.Socket.Connect.Count(endpoint => endpoint.StartsWith("inproc:", StringComparison.Ordinal));
        if (IsEstablished || link.Peers + inProcess < Publishers) return;
        if (_settings.ConfirmTimeout == TimeSpan.Zero) OnConfirmTimeout();
        else Timers.StartSingleTimer(nameof(ConfirmTimeoutPassed), ConfirmTimeoutPassed.Instance, _settings.ConfirmTimeout);
    }

    private void OnConfirmed(ReadOnlyMemory<byte> topic, string publisher)
    {
        if (IsEstablished || !topic.Span.SequenceEqual(_readyTopic.Span) || !_confirmedBy.Add(publisher)) return;
        CheckReady();
    }

    private void OnConfirmTimeout()
    {
        if (IsEstablished) return;
        _waitedEnough = true;
        Log.Info("{0}: {1} of {2} publishers have confirmed the subscriptions; the others cannot be known to have them in force", Name, _confirmedBy.Count, Publishers);
        CheckReady();
    }

    private sealed record ConfirmTimeoutPassed
    {
        public static ConfirmTimeoutPassed Instance { get; } = new();
    }
}
