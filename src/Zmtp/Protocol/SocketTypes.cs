namespace Actors.Zmtp.Protocol;

/// <summary>The socket types as ZMTP names them, and which may talk to which.</summary>
internal static class SocketTypes
{
    private const byte UnknownCode = 0xFF;

    /// <summary>The value of the Socket-Type property (https://rfc.zeromq.org/spec/37/, "The Socket-Type Property").</summary>
    public static string WireName(ZmqSocketType type) => type switch
    {
        ZmqSocketType.Req => "REQ",
        ZmqSocketType.Rep => "REP",
        ZmqSocketType.Dealer => "DEALER",
        ZmqSocketType.Router => "ROUTER",
        ZmqSocketType.Pub => "PUB",
        ZmqSocketType.Xpub => "XPUB",
        ZmqSocketType.Sub => "SUB",
        ZmqSocketType.Xsub => "XSUB",
        ZmqSocketType.Push => "PUSH",
        ZmqSocketType.Pull => "PULL",
        ZmqSocketType.Pair => "PAIR",
        ZmqSocketType.Client => "CLIENT",
        ZmqSocketType.Server => "SERVER",
        ZmqSocketType.Radio => "RADIO",
        ZmqSocketType.Dish => "DISH",
        ZmqSocketType.Scatter => "SCATTER",
        ZmqSocketType.Gather => "GATHER",
        ZmqSocketType.Peer => "PEER",
        ZmqSocketType.Channel => "CHANNEL",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, $"The socket type {type} has no name in ZMTP."),
    };

    /// <summary>The socket type of a Socket-Type value; false when it is none that this implementation knows.</summary>
    public static bool TryParse(ReadOnlySpan<byte> wireName, out ZmqSocketType type)
    {
        foreach (var candidate in Named)
        {
            if (System.Text.Ascii.Equals(wireName, WireName(candidate)))
            {
                type = candidate;
                return true;
            }
        }

        type = ZmqSocketType.None;
        return false;
    }

    /// <summary>
    /// True if the two may be connected: the table of https://rfc.zeromq.org/spec/37/ ("The Socket-Type Property"),
    /// which gathers those of RFCs 28 (request-reply), 29 (publish-subscribe), 30 (pipeline), 31 (pair),
    /// 41 (client-server), 48 (radio-dish), 49 (scatter-gather), 51 (peer-to-peer) and 52 (channel). It is symmetric.
    /// </summary>
    public static bool AreCompatible(ZmqSocketType one, ZmqSocketType other) => one switch
    {
        ZmqSocketType.Req => other is ZmqSocketType.Rep or ZmqSocketType.Router,
        ZmqSocketType.Rep => other is ZmqSocketType.Req or ZmqSocketType.Dealer,
        ZmqSocketType.Dealer => other is ZmqSocketType.Rep or ZmqSocketType.Dealer or ZmqSocketType.Router,
        ZmqSocketType.Router => other is ZmqSocketType.Req or ZmqSocketType.Dealer or ZmqSocketType.Router,
        ZmqSocketType.Pub or ZmqSocketType.Xpub => other is ZmqSocketType.Sub or ZmqSocketType.Xsub,
        ZmqSocketType.Sub or ZmqSocketType.Xsub => other is ZmqSocketType.Pub or ZmqSocketType.Xpub,
        ZmqSocketType.Push => other is ZmqSocketType.Pull,
        ZmqSocketType.Pull => other is ZmqSocketType.Push,
        ZmqSocketType.Pair => other is ZmqSocketType.Pair,
        ZmqSocketType.Client => other is ZmqSocketType.Server,
        ZmqSocketType.Server => other is ZmqSocketType.Client,
        ZmqSocketType.Radio => other is ZmqSocketType.Dish,
        ZmqSocketType.Dish => other is ZmqSocketType.Radio,
        ZmqSocketType.Scatter => other is ZmqSocketType.Gather,
        ZmqSocketType.Gather => other is ZmqSocketType.Scatter,
        ZmqSocketType.Peer => other is ZmqSocketType.Peer,
        ZmqSocketType.Channel => other is ZmqSocketType.Channel,
        _ => false,
    };

    /// <summary>
    /// True if a socket tells its identity even when it is empty, as in the worked example of RFC 37.
    /// A ROUTER tells it only when it has one; for all other types the property has no meaning.
    /// </summary>
    public static bool AnnouncesIdentity(ZmqSocketType type, int identityLength)
    {
        return type is ZmqSocketType.Req or ZmqSocketType.Dealer || (type == ZmqSocketType.Router && identityLength > 0);
    }

    /// <summary>
    /// The socket type octet of ZMTP 2.0 (https://rfc.zeromq.org/spec/15/). XPUB and XSUB are PUB and SUB there
    /// ("XPUB and XSUB are API constructs only"); false for types that ZMTP 2.0 does not have.
    /// </summary>
    public static bool TryGetZmtp20Code(ZmqSocketType type, out byte code)
    {
        code = type switch
        {
            ZmqSocketType.Pair => 0,
            ZmqSocketType.Pub or ZmqSocketType.Xpub => 1,
            ZmqSocketType.Sub or ZmqSocketType.Xsub => 2,
            ZmqSocketType.Req => 3,
            ZmqSocketType.Rep => 4,
            ZmqSocketType.Dealer => 5,
            ZmqSocketType.Router => 6,
            ZmqSocketType.Pull => 7,
            ZmqSocketType.Push => 8,
            _ => UnknownCode,
        };
        return code != UnknownCode;
    }

    /// <summary>
    /// The socket type of an octet of ZMTP 2.0. The octets 9 and 10 are not in RFC 15; peers of that generation
    /// do send them for XPUB and XSUB, whose numbers in the API they are, and are understood.
    /// </summary>
    public static bool TryParseZmtp20(byte code, out ZmqSocketType type)
    {
        type = code switch
        {
            0 => ZmqSocketType.Pair,
            1 => ZmqSocketType.Pub,
            2 => ZmqSocketType.Sub,
            3 => ZmqSocketType.Req,
            4 => ZmqSocketType.Rep,
            5 => ZmqSocketType.Dealer,
            6 => ZmqSocketType.Router,
            7 => ZmqSocketType.Pull,
            8 => ZmqSocketType.Push,
            9 => ZmqSocketType.Xpub,
            10 => ZmqSocketType.Xsub,
            _ => ZmqSocketType.None,
        };
        return type != ZmqSocketType.None;
    }

    private static ReadOnlySpan<ZmqSocketType> Named =>
    [
        ZmqSocketType.Req, ZmqSocketType.Rep, ZmqSocketType.Dealer, ZmqSocketType.Router,
        ZmqSocketType.Pub, ZmqSocketType.Xpub, ZmqSocketType.Sub, ZmqSocketType.Xsub,
        ZmqSocketType.Push, ZmqSocketType.Pull, ZmqSocketType.Pair,
        ZmqSocketType.Client, ZmqSocketType.Server, ZmqSocketType.Radio, ZmqSocketType.Dish,
        ZmqSocketType.Scatter, ZmqSocketType.Gather, ZmqSocketType.Peer, ZmqSocketType.Channel,
    ];
}
