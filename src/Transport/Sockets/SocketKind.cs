namespace Actors.Transport;

/// <summary>The ZeroMQ socket types that the bridge opens (RFC 28, 29, 30).</summary>
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

    /// <summary>PUSH: round-robin out.</summary>
    Push,

    /// <summary>PULL: fair-queued in.</summary>
    Pull,
}
