using Actors.Zmtp;

namespace Actors.Transport;

/// <summary>Makes a socket of settings: the type and the options, before any endpoint.</summary>
internal static class ZmtpSocketFactory
{
    public static ZmqSocket Create(SocketSpec spec)
    {
        ZmqSocket socket = spec.Kind switch
        {
            SocketKind.Dealer => new DealerSocket(),
            SocketKind.Router => new RouterSocket(),
            SocketKind.Publish => new XPublisherSocket(),
            SocketKind.Subscribe => new SubscriberSocket(),
            SocketKind.XSubscribe => new XSubscriberSocket(),
            SocketKind.Push => new PushSocket(),
            SocketKind.Pull => new PullSocket(),
            SocketKind.Pair => new PairSocket(),
            _ => throw new SocketSettingsException(spec.Name, "kind", $"is {spec.Kind}, which is not a socket type"),
        };
        try
        {
            Apply(spec.Settings, socket.Options);
            if (spec.Security is { } security) ZmtpSecurity.Apply(security, socket.Options);
            // The peer's operator may let this end in later.
            socket.Options.RetriesRefused = true;
            if (spec.MaxSubscriptions is { } topics) Allow(topics, socket.Options);
            // A reply for a peer that is gone is counted as dropped instead of vanishing in the socket.
            if (spec.Kind == SocketKind.Router) socket.Options.RouterMandatory = true;
            if (spec.Handover) socket.Options.RouterHandover = true;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        return socket;
    }

    /// <summary>Lets the bytes of topics grow with their number.</summary>
    private static void Allow(int topics, SocketOptions options)
    {
        if (topics == 0) options.MaxSubscriptionBytes = 0;
        else if (topics > options.MaxSubscriptions) options.MaxSubscriptionBytes *= 1 + (topics / options.MaxSubscriptions);
        options.MaxSubscriptions = topics;
    }

    private static void Apply(SocketSettings settings, SocketOptions options)
    {
        options.SendHighWatermark = settings.SendHighWaterMark;
        options.ReceiveHighWatermark = settings.ReceiveHighWaterMark;
        options.Linger = settings.Linger;
        options.ReconnectInterval = settings.ReconnectInterval;
        options.ReconnectIntervalMax = settings.ReconnectIntervalMax;
        // As libzmq with ZMQ_IPV6: "*" means every address of both families, and all addresses of a name are tried.
        options.IPv4Only = false;
        if (settings.HeartbeatInterval is { } interval)
        {
            options.HeartbeatInterval = interval;
            options.HeartbeatTimeout = settings.HeartbeatTimeout ?? interval;
        }
        if (settings.MaxMessageSize is { } size) options.MaxMsgSize = size;
        if (settings.RoutingId is { } id) options.Identity = id.ToArray();
    }
}
