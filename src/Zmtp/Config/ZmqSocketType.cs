namespace Actors.Zmtp;

/// <summary>The socket types of ZMTP. The values are those of <c>zmq.h</c>.</summary>
public enum ZmqSocketType
{
    /// <summary>No type.</summary>
    None = -1,

    /// <summary>PAIR (RFC 31).</summary>
    Pair = 0,

    /// <summary>PUB (RFC 29).</summary>
    Pub = 1,

    /// <summary>SUB (RFC 29).</summary>
    Sub = 2,

    /// <summary>REQ (RFC 28).</summary>
    Req = 3,

    /// <summary>REP (RFC 28).</summary>
    Rep = 4,

    /// <summary>DEALER (RFC 28).</summary>
    Dealer = 5,

    /// <summary>ROUTER (RFC 28).</summary>
    Router = 6,

    /// <summary>PULL (RFC 30).</summary>
    Pull = 7,

    /// <summary>PUSH (RFC 30).</summary>
    Push = 8,

    /// <summary>XPUB (RFC 29).</summary>
    Xpub = 9,

    /// <summary>XSUB (RFC 29).</summary>
    Xsub = 10,

    /// <summary>STREAM: raw TCP.</summary>
    Stream = 11,

    /// <summary>SERVER (RFC 41).</summary>
    Server = 12,

    /// <summary>CLIENT (RFC 41).</summary>
    Client = 13,

    /// <summary>RADIO (RFC 48).</summary>
    Radio = 14,

    /// <summary>DISH (RFC 48).</summary>
    Dish = 15,

    /// <summary>GATHER (RFC 49).</summary>
    Gather = 16,

    /// <summary>SCATTER (RFC 49).</summary>
    Scatter = 17,

    /// <summary>PEER (RFC 51).</summary>
    Peer = 19,

    /// <summary>CHANNEL (RFC 52).</summary>
    Channel = 20,
}
