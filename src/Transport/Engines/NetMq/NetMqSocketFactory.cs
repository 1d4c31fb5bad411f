using NetMQ;
using NetMQ.Sockets;

namespace Actors.Transport;

/// <summary>Makes a NetMQ socket of settings: the type and the options, before any endpoint.</summary>
internal static class NetMqSocketFactory
{
    public static NetMQSocket Create(SocketSpec spec)
    {
        if (spec.MaxSubscriptions > 0)
            throw new SocketSettingsException(spec.Name, "max-subscriptions", $"is {spec.MaxSubscriptions}, and the engine netmq has no such limit: expected 0, or the engine zmtp");
        NetMQSocket socket = spec.Kind switch
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
            if (spec.Security is { } security) Apply(security, socket.Options);
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

    private static void Apply(SocketSettings settings, SocketOptions options)
    {
        options.SendHighWatermark = settings.SendHighWaterMark;
        options.ReceiveHighWatermark = settings.ReceiveHighWaterMark;
        options.Linger = settings.Linger;
        options.ReconnectInterval = settings.ReconnectInterval;
        options.ReconnectIntervalMax = settings.ReconnectIntervalMax;
        if (settings.HeartbeatInterval is { } interval)
        {
            options.HeartbeatInterval = interval;
            options.HeartbeatTimeout = settings.HeartbeatTimeout ?? interval;
        }
        if (settings.MaxMessageSize is { } size) options.MaxMsgSize = size;
        if (settings.RoutingId is { } id) options.Identity = id.ToArray();
    }

    private static void Apply(SocketSecurity security, SocketOptions options)
    {
        options.CurveCertificate = new NetMQCertificate(security.Keys!.SecretKey!, security.Keys.PublicKey);
        if (security.ServerKey is { } serverKey) options.CurveServerKey = serverKey;
        else options.CurveServer = true;
    }
}
