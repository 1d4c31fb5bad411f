using Actors.Zmtp.Patterns;

namespace Actors.Zmtp;

/// <summary>REQ (RFC 28): sends a request, receives its reply, in turn. An endpoint without a sign is connected.</summary>
public sealed class RequestSocket(string? endpoints = null)
    : ZmqSocket(ZmqSocketType.Req, static core => new ReqPattern(core), endpoints, DefaultAction.Connect);

/// <summary>REP (RFC 28): receives a request, sends its reply, in turn. An endpoint without a sign is bound.</summary>
public sealed class ResponseSocket(string? endpoints = null)
    : ZmqSocket(ZmqSocketType.Rep, static core => new RepPattern(core), endpoints, DefaultAction.Bind);

/// <summary>DEALER (RFC 28): sends to its peers in turn, and receives from all. An endpoint without a sign is connected.</summary>
public sealed class DealerSocket(string? endpoints = null)
    : ZmqSocket(ZmqSocketType.Dealer, static core => new DealerPattern(core), endpoints, DefaultAction.Connect);

/// <summary>ROUTER (RFC 28): receives from all peers behind their routing id, and sends to the peer that the first frame names. An endpoint without a sign is bound.</summary>
public sealed class RouterSocket(string? endpoints = null)
    : ZmqSocket(ZmqSocketType.Router, static core => new RouterPattern(core), endpoints, DefaultAction.Bind);

/// <summary>PUSH (RFC 30): deals messages out to PULL peers, one after the other. An endpoint without a sign is connected.</summary>
public sealed class PushSocket(string? endpoints = null)
    : ZmqSocket(ZmqSocketType.Push, static core => new PushPattern(core), endpoints, DefaultAction.Connect);

/// <summary>PULL (RFC 30): gathers messages from PUSH peers, one after the other. An endpoint without a sign is bound.</summary>
public sealed class PullSocket(string? endpoints = null)
    : ZmqSocket(ZmqSocketType.Pull, static core => new PullPattern(core), endpoints, DefaultAction.Bind);

/// <summary>PAIR (RFC 31): talks to exactly one peer. An endpoint without a sign is connected.</summary>
public sealed class PairSocket(string? endpoints = null)
    : ZmqSocket(ZmqSocketType.Pair, static core => new PairPattern(core), endpoints, DefaultAction.Connect);

/// <summary>PUB (RFC 29): sends to all subscribers whose prefix a message begins with. An endpoint without a sign is bound.</summary>
public sealed class PublisherSocket(string? endpoints = null)
    : ZmqSocket(ZmqSocketType.Pub, static core => new XPubPattern(core, receives: false), endpoints, DefaultAction.Bind);
