using Actors.Zmtp;

namespace Actors.Host.Probe;

/// <summary>The socket types as which a probe may connect without a peer giving it messages, which would be lost.</summary>
internal static class Visitor
{
    /// <summary>
    /// The types to try at a peer that tells its own last, the most likely first. None of them is given a message: what would fit a
    /// PUSH, REQ, DEALER, PAIR, CLIENT, SCATTER or CHANNEL is left out.
    /// </summary>
    public static IReadOnlyList<ZmqSocketType> Harmless { get; } =
    [
        ZmqSocketType.Req, ZmqSocketType.Push, ZmqSocketType.Sub, ZmqSocketType.Pub, ZmqSocketType.Client, ZmqSocketType.Scatter,
        ZmqSocketType.Dish, ZmqSocketType.Radio, ZmqSocketType.Peer,
    ];

    /// <summary>The types that fit the other peers, which give them messages.</summary>
    public static IReadOnlyList<ZmqSocketType> Taking { get; } =
        [ZmqSocketType.Pull, ZmqSocketType.Router, ZmqSocketType.Rep, ZmqSocketType.Pair, ZmqSocketType.Server, ZmqSocketType.Gather, ZmqSocketType.Channel];

    /// <summary>The peers that none of <see cref="Harmless"/> fits.</summary>
    public static IReadOnlyList<ZmqSocketType> Giving { get; } =
        [ZmqSocketType.Push, ZmqSocketType.Dealer, ZmqSocketType.Req, ZmqSocketType.Pair, ZmqSocketType.Client, ZmqSocketType.Scatter, ZmqSocketType.Channel];

    /// <summary>The harmless type that fits a peer; null where there is none.</summary>
    public static ZmqSocketType? Of(ZmqSocketType peer) => peer switch
    {
        ZmqSocketType.Rep or ZmqSocketType.Router => ZmqSocketType.Req,
        ZmqSocketType.Pull => ZmqSocketType.Push,
        ZmqSocketType.Pub or ZmqSocketType.Xpub => ZmqSocketType.Sub,
        ZmqSocketType.Sub or ZmqSocketType.Xsub => ZmqSocketType.Pub,
        ZmqSocketType.Server => ZmqSocketType.Client,
        ZmqSocketType.Gather => ZmqSocketType.Scatter,
        ZmqSocketType.Radio => ZmqSocketType.Dish,
        ZmqSocketType.Dish => ZmqSocketType.Radio,
        ZmqSocketType.Peer => ZmqSocketType.Peer,
        _ => null,
    };
}
