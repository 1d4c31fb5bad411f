using Actors.Zmtp;

namespace Actors.Host.Tap;

/// <summary>The socket types of a tap's two ends, and which way messages go.</summary>
/// <param name="Name">As <c>--type</c> has it: the type of the end that is bound, then that of the end that connects.</param>
/// <param name="Front">Of the end that is bound.</param>
/// <param name="Back">Of the end that connects.</param>
internal sealed record TapTypes(string Name, ZmqSocketType Front, ZmqSocketType Back)
{
    /// <summary>All pairs. The last names are those of the sockets that the tap stands between.</summary>
    public static IReadOnlyList<TapTypes> All { get; } =
    [
        new("pull-push", ZmqSocketType.Pull, ZmqSocketType.Push),
        new("push-pull", ZmqSocketType.Push, ZmqSocketType.Pull),
        new("xpub-xsub", ZmqSocketType.Xpub, ZmqSocketType.Xsub),
        new("xsub-xpub", ZmqSocketType.Xsub, ZmqSocketType.Xpub),
        new("router-dealer", ZmqSocketType.Router, ZmqSocketType.Dealer),
        new("dealer-router", ZmqSocketType.Dealer, ZmqSocketType.Router),
        new("pair-pair", ZmqSocketType.Pair, ZmqSocketType.Pair),
        new("pub-sub", ZmqSocketType.Xpub, ZmqSocketType.Xsub),
        new("sub-pub", ZmqSocketType.Xsub, ZmqSocketType.Xpub),
        new("rep-req", ZmqSocketType.Router, ZmqSocketType.Dealer),
        new("req-rep", ZmqSocketType.Dealer, ZmqSocketType.Router),
    ];

    /// <summary>Messages come from the bound end.</summary>
    public bool GoesForward => CanReceive(Front) && CanSend(Back);

    /// <summary>Messages come from the connecting end.</summary>
    public bool GoesBackward => CanReceive(Back) && CanSend(Front);

    /// <summary>Each message that goes one way is answered by one of the other.</summary>
    public bool HasReplies => Front is ZmqSocketType.Router or ZmqSocketType.Dealer;

    /// <summary>Messages come from a publisher, which does not wait for anybody, and subscriptions go to it.</summary>
    public bool IsNews => Front is ZmqSocketType.Xpub or ZmqSocketType.Xsub;

    public static ZmqSocket Create(ZmqSocketType type) => type switch
    {
        ZmqSocketType.Pull => new PullSocket(),
        ZmqSocketType.Push => new PushSocket(),
        ZmqSocketType.Xpub => new XPublisherSocket(),
        ZmqSocketType.Xsub => new XSubscriberSocket(),
        ZmqSocketType.Router => new RouterSocket(),
        ZmqSocketType.Dealer => new DealerSocket(),
        _ => new PairSocket(),
    };

    private static bool CanReceive(ZmqSocketType type) => type != ZmqSocketType.Push;

    private static bool CanSend(ZmqSocketType type) => type != ZmqSocketType.Pull;
}
