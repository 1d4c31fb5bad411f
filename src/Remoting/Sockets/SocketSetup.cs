using Actors.Remoting.Wire;
using Actors.Zmtp;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security.Zap;
using Akka.Event;

namespace Actors.Remoting.Sockets;

/// <summary>Sets the options of the sockets of a transport.</summary>
internal static class SocketSetup
{
    // Of messages, which are batches or large, on the way to a node. Fewer have throttled.
    private const int MostQueued = 1000;
    private const long QueuedBytes = 16_000_000;

    // The mechanism tells peers apart by itself; RFC 27 wants a name for where it does.
    private const string ZapDomain = "akka.remote";

    public static RouterSocket Router(ZmqRemoteSettings settings, CurveNode? curve, ILoggingAdapter log)
    {
        var router = new RouterSocket();
        Common(router.Options, settings);
        router.Options.RouterMandatory = true;
        router.Options.Backlog = settings.Backlog;
        router.Options.DisconnectMessage = [(byte)FrameKind.Gone];
        if (curve is not null)
        {
            router.Options.CurveKeys = curve.Keys;
            router.Options.CurveServer = true;
            router.Options.ZapDomain = ZapDomain;
            router.Options.ZapHandler = new ZapCallback((request, _, address, answer) => answer(Answer(curve, request, address, log)));
        }
        return router;
    }

    public static DealerSocket Dealer(ZmqRemoteSettings settings, CurveNode? curve, byte[]? serverKey)
    {
        var dealer = new DealerSocket();
        Common(dealer.Options, settings);
        // A new association gets a new socket: what was on its way to the node before must not come to its successor.
        dealer.Options.ReconnectInterval = Timeout.InfiniteTimeSpan;
        dealer.Options.ConnectTimeout = settings.ConnectionTimeout;
        if (curve is not null)
        {
            dealer.Options.CurveKeys = curve.Keys;
            dealer.Options.CurveServerKey = serverKey!;
        }
        return dealer;
    }

    private static void Common(SocketOptions options, ZmqRemoteSettings settings)
    {
        options.Linger = settings.Linger;
        options.HandshakeTimeout = settings.ConnectionTimeout;
        options.MaxMsgSize = Math.Max(settings.MaximumFrameSize, Actors.Zmtp.Pipes.BlockPool.LargeFrame);
        options.MaxReceiveBytes = Math.Max(QueuedBytes, 2 * settings.MaximumFrameSize);
        options.SendHighWatermark = (int)Math.Clamp(QueuedBytes / settings.MaximumFrameSize, 4, MostQueued);
        options.ReceiveHighWatermark = MostQueued;
    }

    /// <summary>On an I/O thread.</summary>
    private static ZapReply Answer(CurveNode curve, ZapRequest request, string address, ILoggingAdapter log)
    {
        var key = request is { Mechanism: "CURVE", Credentials: [{ Length: 32 } credential] } ? CurveKeyPair.FromPublicKey(credential).PublicKeyZ85 : "";
        if (curve.Allows(key)) return new ZapReply("200", "", key, Metadata.Empty);
        log.Warning("A node at {0} is turned away: its public key {1} is not one of curve.allowed", address, key);
        return new ZapReply("400", "the public key is not one of curve.allowed", "", Metadata.Empty);
    }
}
