namespace Actors.Zmtp.Protocol;

/// <summary>The revision of ZMTP that both ends of a connection agreed on. Higher compares as greater.</summary>
internal enum ZmtpRevision
{
    /// <summary>ZMTP 2.0 (https://rfc.zeromq.org/spec/15/): no commands; subscriptions are messages; no heartbeats.</summary>
    Zmtp20 = 20,

    /// <summary>ZMTP 3.0 (https://rfc.zeromq.org/spec/23/): subscriptions are messages; no heartbeats.</summary>
    Zmtp30 = 30,

    /// <summary>ZMTP 3.1 (https://rfc.zeromq.org/spec/37/): SUBSCRIBE, CANCEL, PING and PONG are commands.</summary>
    Zmtp31 = 31,
}
