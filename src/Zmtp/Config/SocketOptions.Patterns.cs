using Actors.Zmtp.Patterns;

namespace Actors.Zmtp;

public sealed partial class SocketOptions
{
    /// <summary>For a ROUTER: sending to an unknown peer throws <see cref="HostUnreachableException"/>, and to one that cannot take the message waits; otherwise the message is dropped.</summary>
    public bool RouterMandatory
    {
        set => Pattern<RouterPattern>(nameof(RouterMandatory)).Mandatory = value;
    }

    /// <summary>For a ROUTER: a peer that comes with the routing id of another takes its place; otherwise it is turned away.</summary>
    public bool RouterHandover
    {
        set => Pattern<RouterPattern>(nameof(RouterHandover)).Handover = value;
    }

    /// <summary>For a ROUTER, before it is bound or connected: it speaks plain tcp instead of ZMTP, as a <see cref="StreamSocket"/> does.</summary>
    public bool RouterRawSocket
    {
        set
        {
            Pattern<RouterPattern>(nameof(RouterRawSocket));
            Change(s => s with { IsRaw = value || _core.Type == ZmqSocketType.Stream });
        }
    }

    /// <summary>For a ROUTER or DEALER: a message that each new peer is sent first; null for none.</summary>
    public byte[]? HelloMessage
    {
        set => Change(s => s with { HelloMessage = ForTypes(value, nameof(HelloMessage), ZmqSocketType.Router, ZmqSocketType.Dealer, ZmqSocketType.Client, ZmqSocketType.Server, ZmqSocketType.Peer) });
    }

    /// <summary>For a ROUTER: a message that it receives when a peer has gone, behind the routing id of that peer; null for none.</summary>
    public byte[]? DisconnectMessage
    {
        set => Change(s => s with { DisconnectMessage = ForTypes(value, nameof(DisconnectMessage), ZmqSocketType.Router, ZmqSocketType.Server, ZmqSocketType.Peer) });
    }

    /// <summary>
    /// For an XPUB: when the message received last began with the octet 2, which an XSUB may send, the peer that sent it
    /// does not get the next message that is sent.
    /// </summary>
    public bool XPubBroadcast
    {
        set => Pattern<XPubPattern>(nameof(XPubBroadcast)).Broadcast = value;
    }

    /// <summary>
    /// For a PUSH, PULL, PUB, SUB or DEALER: of the messages that wait for a peer, or of one, only the last is kept, and the
    /// high-water marks do not count (ZMQ_CONFLATE). A message of several
    /// frames stays whole. Over inproc it is the option of the socket that connects. Takes effect on endpoints that are bound or connected later.
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

    /// <summary>For a REQ: a number stands before each request, so that a late reply to another is recognised. The peer must send back what stands before the empty frame, as REP and ROUTER do.</summary>
    public bool Correlate
    {
        get => Pattern<ReqPattern>(nameof(Correlate)).Correlate;
        set => Pattern<ReqPattern>(nameof(Correlate)).Correlate = value;
    }

    /// <summary>For a REQ: a new request may be sent without the reply to the one before.</summary>
    public bool Relaxed
    {
        get => Pattern<ReqPattern>(nameof(Relaxed)).Relaxed;
        set => Pattern<ReqPattern>(nameof(Relaxed)).Relaxed = value;
    }

    /// <summary>For an XPUB: all subscriptions are received, not only the first of each prefix.</summary>
    public bool XPubVerbose
    {
        set => Pattern<XPubPattern>(nameof(XPubVerbose)).Verbose = value;
    }

    /// <summary>For an XPUB: subscriptions take effect only by <see cref="SubscribingSocket.Subscribe(string)"/>.</summary>
    public bool ManualPublisher
    {
        set => Pattern<XPubPattern>(nameof(ManualPublisher)).Manual = value;
    }

    /// <summary>
    /// For an XPUB or PUB: a message that one of its subscribers cannot take waits until it can, instead of being dropped
    /// for that one (ZMQ_XPUB_NODROP).
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
