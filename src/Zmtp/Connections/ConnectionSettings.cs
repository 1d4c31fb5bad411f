using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security.Curve;
using Actors.Zmtp.Security.Plain;
using Actors.Zmtp.Security.Zap;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Connections;

/// <summary>The settings of a connection, taken from the options of its socket when an endpoint is bound or connected.</summary>
internal sealed record ConnectionSettings
{
    public required ZmqSocketType SocketType { get; init; }

    public byte[] RoutingId { get; init; } = [];

    /// <summary>The largest frame that is taken from a peer, in bytes; negative for no limit.</summary>
    public long MaxMessageSize { get; init; } = -1;

    public ConnectionLimits Limits { get; init; } = ConnectionLimits.Default;

    /// <summary>The limits of the pipe from a peer.</summary>
    public InboundLimits InboundLimits => new(IsRaw ? -1 : MaxMessageSize, Limits.MaxCommandSize, Limits.MaxReceiveBytes);

    /// <summary>Time between PINGs; zero sends none.</summary>
    public TimeSpan HeartbeatInterval { get; init; }

    /// <summary>Time from a PING to the end of the connection if nothing is heard of the peer.</summary>
    public TimeSpan HeartbeatTimeout { get; init; }

    /// <summary>Time that the PING tells the peer to wait for the next one.</summary>
    public TimeSpan HeartbeatTtl { get; init; }

    public TimeSpan ReconnectInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Up to which the interval doubles; zero keeps it as it is.</summary>
    public TimeSpan ReconnectIntervalMax { get; init; }

    public int SendHighWatermark { get; init; } = 1000;

    public int ReceiveHighWatermark { get; init; } = 1000;

    /// <summary>Only the last of the messages that wait is kept.</summary>
    public bool IsConflated { get; init; }

    /// <summary>Sent messages are conflated; subscriptions and requests never are.</summary>
    public bool ConflatesSent => IsConflated && SocketType is ZmqSocketType.Push or ZmqSocketType.Pub or ZmqSocketType.Dealer;

    public bool ConflatesReceived => IsConflated && SocketType is ZmqSocketType.Pull or ZmqSocketType.Sub or ZmqSocketType.Dealer;

    public int SendLowWatermark { get; init; }

    public int ReceiveLowWatermark { get; init; }

    /// <summary>The keys of CURVE, when it was chosen.</summary>
    public CurveSettings Curve { get; init; } = new();

    /// <summary>The credentials of PLAIN, when it was chosen.</summary>
    public PlainSettings Plain { get; init; } = new();

    public ZapSettings Zap { get; init; } = new();

    /// <summary>Is asked who may connect, the handler of the process unless the socket has its own; null where there is nobody to ask, as in tests.</summary>
    public IZapHandler? Handler { get; init; }

    /// <summary>A connected endpoint that its peer has refused is tried again, at its longest interval.</summary>
    public bool RetriesRefused { get; init; }

    /// <summary>Refuses to begin with settings that do not fit together.</summary>
    public void Check(string endpoint)
    {
        if (Curve.IsChosen && Plain.IsChosen)
        {
            throw new InvalidException($"\"{endpoint}\": options of CURVE and of PLAIN are set; a socket has one security mechanism.");
        }

        if (Curve.IsChosen)
        {
            Curve.Check(endpoint);
        }

        if (Plain.IsChosen)
        {
            Plain.Check(endpoint);
        }
    }

    /// <summary>The name of the mechanism that was chosen, NULL without any.</summary>
    public string MechanismName => Curve.IsChosen ? CurveMechanism.MechanismName : Plain.IsChosen ? PlainServerMechanism.MechanismName : NullMechanism.MechanismName;

    /// <summary>A handshake with the mechanism that was chosen, NULL without any.</summary>
    public Handshake CreateHandshake(bool accepted)
    {
        HandshakeOptions options = new()
        {
            SocketType = SocketType,
            IsServer = accepted,
            RoutingId = RoutingId,
            Authenticates = Handler is not null && Zap.Asks(Curve.IsServer, Handler.HasHandler),
            MaxCommandLength = Limits.MaxCommandSize,
            MaxProperties = Limits.MaxProperties,
        };
        if (Curve.IsChosen)
        {
            return new Handshake(options, Curve.CreateMechanism(options));
        }

        return Plain.IsChosen ? new Handshake(options, Plain.CreateMechanism(options)) : new Handshake(options);
    }

    /// <summary>Is sent to each new peer as the first message.</summary>
    public byte[]? HelloMessage { get; init; }

    /// <summary>Is received when a peer goes.</summary>
    public byte[]? DisconnectMessage { get; init; }

    /// <summary>The message that the socket receives when a connection ends; of a raw one, an empty message.</summary>
    public byte[]? FarewellMessage => IsRaw ? [] : DisconnectMessage;

    /// <summary>Without ZMTP: what arrives is data as it comes.</summary>
    public bool IsRaw { get; init; }

    public TcpSettings Tcp { get; init; } = new();

    /// <summary>Subscriptions that arrive, to topics or groups, are for the socket.</summary>
    public bool TakesSubscriptions => SocketType is ZmqSocketType.Pub or ZmqSocketType.Xpub or ZmqSocketType.Radio;
}
