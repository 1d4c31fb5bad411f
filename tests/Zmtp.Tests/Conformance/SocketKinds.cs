
namespace Actors.Zmtp.Tests.Conformance;

/// <summary>Sockets by the names of their types on the wire, for clauses that several types share.</summary>
internal static class SocketKinds
{
    public static ZmqSocket Create(string type)
    {
        ZmqSocket socket = type switch
        {
            "REQ" => new RequestSocket(),
            "REP" => new ResponseSocket(),
            "DEALER" => new DealerSocket(),
            "ROUTER" => new RouterSocket(),
            "PUB" => new PublisherSocket(),
            "XPUB" => new XPublisherSocket(),
            "SUB" => new SubscriberSocket(),
            "XSUB" => new XSubscriberSocket(),
            "PUSH" => new PushSocket(),
            "PULL" => new PullSocket(),
            "PAIR" => new PairSocket(),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such socket type here."),
        };
        socket.Options.Linger = TimeSpan.Zero;
        socket.Options.ReconnectInterval = TimeSpan.FromMilliseconds(20);
        if (socket is SubscriberSocket subscriber)
            subscriber.SubscribeToAnyTopic();
        return socket;
    }

    /// <summary>A type that the given one talks to.</summary>
    public static string PeerOf(string type) => type switch
    {
        "REQ" => "ROUTER",
        "REP" => "DEALER",
        "DEALER" => "ROUTER",
        "ROUTER" => "DEALER",
        "PUB" or "XPUB" => "SUB",
        "SUB" or "XSUB" => "PUB",
        "PUSH" => "PULL",
        "PULL" => "PUSH",
        _ => type,
    };
}
