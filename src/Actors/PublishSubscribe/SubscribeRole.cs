using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// SUB (RFC 29): tells its handler each <see cref="Message"/> whose first frame begins with one of its topics.
/// <see cref="SubscribeTo"/> and <see cref="UnsubscribeFrom"/> told to the role change the topics while it runs.
/// </summary>
/// <remarks>
/// A role that connects is ready when every publisher has its subscriptions in force: publish roles of the same actor system,
/// and those that confirm subscriptions, tell it so. With any other publisher it is ready
/// <see cref="SubscribeSettings.ConfirmTimeout"/> after the connection stands, which is likely, not certain, to be enough.
/// With <see cref="SubscribeSettings.Retained"/>, the handler is also told the messages that it missed, in order and each
/// once, and a <see cref="SubscriptionGap"/> in place of those that its publisher no longer keeps. The position is kept while
/// the role lives, restarts included.
/// </remarks>
public static class SubscribeRole
{
    /// <summary>Props of a subscribe role.</summary>
    /// <param name="settings">Checked here, and again when the role starts.</param>
    /// <param name="handler">The actor that is told the messages and gaps; a child of the role.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work, a malformed endpoint for example; the exception names it.</exception>
    public static Props Props(SubscribeSettings settings, Props handler)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(handler);
        return Props(settings, (RoleHandler)handler);
    }

    /// <summary>Props of a subscribe role.</summary>
    internal static Props Props(SubscribeSettings settings, RoleHandler handler)
    {
        settings.Validate();
        return settings.Retained is { } retained
            ? Akka.Actor.Props.Create(() => new RetainedSubscribeActor(settings, retained, handler))
            : Akka.Actor.Props.Create(() => new SubscribeActor(settings, handler));
    }
}

/// <summary>A subscribe role of plain SUB.</summary>
internal sealed class SubscribeActor : ReceivingActor
{
    private readonly SubscribeSettings _settings;
    private readonly ReadOnlyMemory<byte> _readyTopic;
    private readonly HashSet<string> _confirmedBy = [];
    private bool _waitedEnough;

    public SubscribeActor(SubscribeSettings settings, RoleHandler handler)
        : this(settings, handler, ReadyTopic.New())
    {
    }

    private SubscribeActor(SubscribeSettings settings, RoleHandler handler, ReadOnlyMemory<byte> readyTopic)
        : base(settings, Asking(settings, readyTopic), settings.InboundWindow, handler)
    {
        _settings = settings;
        _readyTopic = readyTopic;
    }

    protected override bool IsEstablished => _waitedEnough || _confirmedBy.Count >= Publishers;

    /// <summary>The publishers that the role connects to. Those that connect to a bound socket come and go, and do not count.</summary>
    private int Publishers => _settings.Socket.Connect.Count;

    protected override void PreStart()
    {
        Events.Subscribe(Self, typeof(SubscriptionsInForce));
        base.PreStart();
    }

    protected override void PostStop()
    {
        Events.Unsubscribe(Self);
        base.PostStop();
    }

    protected override void OnSocketOpened(SocketLink link)
    {
        _confirmedBy.Clear();
        _waitedEnough = false;
        base.OnSocketOpened(link);
        WaitForConfirmation(link);
    }

    protected override void OnDraining()
    {
        // A publisher goes on for ever; without subscriptions it sends nothing more to this role.
        ForwardToSocket(UnsubscribeFromAll.Instance);
        base.OnDraining();
    }

    protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        if (what is PeerConnected) WaitForConfirmation(link);
    }

    protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        if (!HasConfirmation(messages))
        {
            base.OnInbound(messages);
            return;
        }
        // Confirmations, also those that other subscribers asked for, are not for the handler.
        var others = messages.Where(message => !ReadyTopic.Is(message[0])).ToList();
        foreach (var confirmation in messages.Where(message => ReadyTopic.Is(message[0]) && message.FrameCount == 2))
            OnConfirmed(confirmation[0], confirmation.Text(1));
        Inbound.Release(messages.Count - others.Count);
        base.OnInbound(others);
    }

    private static bool HasConfirmation(IReadOnlyList<Message> messages)
    {
        for (var i = 0; i < messages.Count; i++)
            if (ReadyTopic.Is(messages[i][0])) return true;
        return false;
    }

    protected override void OnOther(object message)
    {
        switch (message)
        {
            case SubscribeTo or UnsubscribeFrom: ForwardToSocket(message); break;
            case SubscriptionsInForce confirmed: OnConfirmed(confirmed.Topic, confirmed.Publisher); break;
            case ConfirmTimeoutPassed: OnConfirmTimeout(); break;
            default: base.OnOther(message); break;
        }
    }

    private static SocketSpec Asking(SubscribeSettings settings, ReadOnlyMemory<byte> readyTopic)
    {
        var socket = settings.PlainSocket;
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
