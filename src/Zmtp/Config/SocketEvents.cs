namespace Actors.Zmtp;

/// <summary>
/// The kinds of <see cref="SocketEvent"/>, and as a combination those that a handler of <see cref="ZmqSocket.Monitor"/>
/// is told. Those that <c>zmq_socket_monitor(3)</c> has, have its values.
/// </summary>
[Flags]
public enum SocketEvents
{
    /// <summary>No event.</summary>
    None = 0,

    /// <summary>The socket has connected to a peer. Over tcp, ipc and ws the handshake follows.</summary>
    Connected = 0x0001,

    /// <summary>The socket begins an attempt to connect, in the background.</summary>
    ConnectDelayed = 0x0002,

    /// <summary>The socket tries to connect again after <see cref="SocketEvent.Interval"/>.</summary>
    ConnectRetried = 0x0004,

    /// <summary>The socket listens at an endpoint. Comes before the first <see cref="Accepted"/> of the endpoint.</summary>
    Listening = 0x0008,

    /// <summary>The socket could not listen at an endpoint; <see cref="SocketEvent.Error"/> says why.</summary>
    BindFailed = 0x0010,

    /// <summary>A peer has connected to the socket. Over tcp, ipc and ws the handshake follows.</summary>
    Accepted = 0x0020,

    /// <summary>The connection of a peer could not be accepted, or was one too many; <see cref="SocketEvent.Error"/> says why.</summary>
    AcceptFailed = 0x0040,

    /// <summary>A listener was closed, or an attempt to connect has failed.</summary>
    Closed = 0x0080,

    /// <summary>A listener left something behind when it was closed; <see cref="SocketEvent.Error"/> says why.</summary>
    CloseFailed = 0x0100,

    /// <summary>A connection has ended, after its handshake or in it; <see cref="SocketEvent.Reason"/> says why.</summary>
    Disconnected = 0x0200,

    /// <summary>The peer went away in the handshake, or did not finish it in time.</summary>
    HandshakeFailedNoDetail = 0x0800,

    /// <summary>The handshake is done, and messages may flow.</summary>
    HandshakeSucceeded = 0x1000,

    /// <summary>The peer broke a rule of the handshake, or the two sockets do not fit together.</summary>
    HandshakeFailedProtocol = 0x2000,

    /// <summary>One end does not let the other in.</summary>
    HandshakeFailedAuth = 0x4000,

    /// <summary>The socket dropped <see cref="SocketEvent.Count"/> messages; <see cref="SocketEvent.DropReason"/> says why.</summary>
    MessagesDropped = 0x1_0000,

    /// <summary>A peer that was at its high-water mark when the socket wanted to send to it has room again.</summary>
    PeerWritable = 0x2_0000,

    /// <summary>The three ways in which a handshake fails.</summary>
    HandshakeFailed = HandshakeFailedNoDetail | HandshakeFailedProtocol | HandshakeFailedAuth,

    /// <summary>The events of handshakes.</summary>
    Handshakes = HandshakeSucceeded | HandshakeFailed,

    /// <summary>The events of endpoints and connections, without those of handshakes.</summary>
    Connections = Connected | ConnectDelayed | ConnectRetried | Listening | BindFailed | Accepted | AcceptFailed | Closed | CloseFailed | Disconnected,

    /// <summary>All events.</summary>
    All = Connections | Handshakes | MessagesDropped | PeerWritable,
}
