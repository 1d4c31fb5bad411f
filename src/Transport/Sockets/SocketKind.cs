namespace Actors.Transport;

/// <summary>The ZeroMQ socket types that the bridge opens (RFC 28 to 31).</summary>
internal enum SocketKind
{
    /// <summary>DEALER: round-robin out, fair-queued in.</summary>
    Dealer,

    /// <summary>ROUTER: the first frame is the peer's routing id.</summary>
    Router,

    /// <summary>XPUB: what PUB does, and the subscriptions arrive as messages.</summary>
    Publish,

    /// <summary>SUB: receives what its prefixes match.</summary>
    Subscribe,

    /// <summary>XSUB: receives what its prefixes match, and sends other messages to all its publishers.</summary>
    XSubscribe,

    /// <summary>PUSH: round-robin out.</summary>
    Push,

    /// <summary>PULL: fair-queued in.</summary>
    Pull,

    /// <summary>PAIR (RFC 31): one peer, both ways.</summary>
    Pair,
}
