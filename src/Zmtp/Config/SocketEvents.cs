namespace Actors.Zmtp;

/// <summary>What happens to a socket's endpoints and connections, as a monitor reports it. The values are those of <c>zmq.h</c>.</summary>
[Flags]
public enum SocketEvents
{
    /// <summary>A connection to a peer stands.</summary>
    Connected = 1,

    /// <summary>A connection is being made in the background.</summary>
    ConnectDelayed = 2,

    /// <summary>Another attempt will be made after an interval.</summary>
    ConnectRetried = 4,

    /// <summary>The socket listens at an endpoint.</summary>
    Listening = 8,

    /// <summary>The socket could not listen at an endpoint.</summary>
    BindFailed = 16,

    /// <summary>A peer's connection was accepted.</summary>
    Accepted = 32,

    /// <summary>A peer's connection could not be accepted.</summary>
    AcceptFailed = 64,

    /// <summary>A listener or an unfinished attempt to connect was closed.</summary>
    Closed = 128,

    /// <summary>A listener could not be closed.</summary>
    CloseFailed = 256,

    /// <summary>A connection was lost or ended.</summary>
    Disconnected = 512,

    /// <summary>A handshake failed, and nobody said why: the peer went away, or its time was over. Not in the genuine NetMQ, as the next three, and not part of <see cref="All"/>.</summary>
    HandshakeFailedNoDetail = 0x0800,

    /// <summary>A handshake is done; messages may flow.</summary>
    HandshakeSucceeded = 0x1000,

    /// <summary>A handshake failed because a peer broke a rule, or because the two do not fit together.</summary>
    HandshakeFailedProtocol = 0x2000,

    /// <summary>A handshake failed because one end does not let the other in.</summary>
    HandshakeFailedAuth = 0x4000,

    /// <summary>The events of handshakes.</summary>
    Handshakes = HandshakeFailedNoDetail | HandshakeSucceeded | HandshakeFailedProtocol | HandshakeFailedAuth,

    /// <summary>All events of the genuine NetMQ; those of handshakes are asked for beside them.</summary>
    All = Connected | ConnectDelayed | ConnectRetried | Listening | BindFailed | Accepted | AcceptFailed | Closed | CloseFailed | Disconnected,
}
