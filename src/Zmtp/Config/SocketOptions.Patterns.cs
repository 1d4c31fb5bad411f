using Actors.Zmtp.Patterns;

namespace Actors.Zmtp;

public sealed partial class SocketOptions
{
    /// <summary>For a ROUTER: true refuses a message to an unknown peer and waits for a full one. Default false: the message is dropped and counted.</summary>
    public bool RouterMandatory
    {
        set => Pattern<RouterPattern>(nameof(RouterMandatory)).Mandatory = value;
    }

    /// <summary>For a ROUTER: true lets a peer take over the routing id of another, which is disconnected. Default false: the newcomer is turned away.</summary>
    public bool RouterHandover
    {
        set => Pattern<RouterPattern>(nameof(RouterHandover)).Handover = value;
    }

    /// <summary>For a ROUTER, before it is bound or connected: true speaks plain tcp instead of ZMTP, as a <see cref="StreamSocket"/> does. Default false.</summary>
    public bool RouterRawSocket
    {
        set
        {
            Pattern<RouterPattern>(nameof(RouterRawSocket));
            Change(s => s with { IsRaw = value || _core.Type == ZmqSocketType.Stream });
        }
    }

    /// <summary>For a ROUTER, DEALER, CLIENT, SERVER or PEER: the message that each new peer is sent first. Default null: none.</summary>
    public byte[]? HelloMessage
    {
        set => Change(s => s with { HelloMessage = ForTypes(value, nameof(HelloMessage), ZmqSocketType.Router, ZmqSocketType.Dealer, ZmqSocketType.Client, ZmqSocketType.Server, ZmqSocketType.Peer) });
    }

    /// <summary>For a ROUTER, SERVER or PEER: the message that it receives, as if from the peer, when a peer has gone. Default null: none.</summary>
    public byte[]? DisconnectMessage
    {
        set => Change(s => s with { DisconnectMessage = ForTypes(value, nameof(DisconnectMessage), ZmqSocketType.Router, ZmqSocketType.Server, ZmqSocketType.Peer) });
    }

    /// <summary>
    /// For an XPUB: true keeps the next message from the peer whose message was received last, if that began with the octet 2,
    /// which an XSUB may send. Default false.
    /// </summary>
    public bool XPubBroadcast
    {
        set => Pattern<XPubPattern>(nameof(XPubBroadcast)).Broadcast = value;
    }

    /// <summary>
    /// For a PUSH, PULL, PUB, SUB or DEALER (ZMQ_CONFLATE): true keeps only the last of the messages that wait for a peer or of
    /// one, and the high-water marks do not count; a message of several frames stays whole. Over inproc it is the option of the
    /// socket that connects. Default false.
    /// </summary>
    public bool Conflate
    {
        get => Settings.IsConflated;
        set => Change(s => s with
        {
            IsConflated = _core.Type is ZmqSocketType.Push or ZmqSocketType.Pull or ZmqSocketType.Pub or ZmqSocketType.Sub or ZmqSocketType.Dealer
                ? value
                : throw new InvalidException($"A {_core.Type} socket has no option {nameof(Conflate)}."),
        });
    }

    /// <summary>For a REQ: true puts a number before each request, so that a late reply to another one is recognised; the peer must send back what stands before the empty frame, as REP and ROUTER do. Default false.</summary>
    public bool Correlate
    {
        get => Pattern<ReqPattern>(nameof(Correlate)).Correlate;
        set => Pattern<ReqPattern>(nameof(Correlate)).Correlate = value;
    }

    /// <summary>For a REQ: true lets it send a new request without the reply to the one before. Default false.</summary>
    public bool Relaxed
    {
        get => Pattern<ReqPattern>(nameof(Relaxed)).Relaxed;
        set => Pattern<ReqPattern>(nameof(Relaxed)).Relaxed = value;
    }

    /// <summary>For an XPUB: true receives all subscriptions. Default false: the first of each prefix.</summary>
    public bool XPubVerbose
    {
        set => Pattern<XPubPattern>(nameof(XPubVerbose)).Verbose = value;
    }

    /// <summary>For an XPUB: true lets subscriptions take effect only by <see cref="SubscribingSocket.Subscribe(string)"/>. Default false.</summary>
    public bool ManualPublisher
    {
        set => Pattern<XPubPattern>(nameof(ManualPublisher)).Manual = value;
    }

    /// <summary>
    /// For an XPUB or PUB (ZMQ_XPUB_NODROP): true lets a message wait that one of its subscribers cannot take. Default false: that
    /// subscriber misses it.
    /// </summary>
    public bool XPubNoDrop
    {
        set => Pattern<XPubPattern>(nameof(XPubNoDrop)).NoDrop = value;
    }

    private byte[]? ForTypes(byte[]? value, string option, params ReadOnlySpan<ZmqSocketType> types)
        => types.Contains(_core.Type) ? (byte[]?)value?.Clone() : throw new InvalidException($"A {_core.Type} socket has no option {option}.");

    private T Pattern<T>(string option)
        where T : Pattern
        => _core.Pattern as T ?? throw new InvalidException($"A {_core.Type} socket has no option {option}.");
}
