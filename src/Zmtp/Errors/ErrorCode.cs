namespace Actors.Zmtp;

/// <summary>The kind of an error, in the terms of the ZeroMQ API.</summary>
public enum ErrorCode
{
    /// <summary>The operation would block: no message waits, or no peer can take one.</summary>
    TryAgain,

    /// <summary>The system refused the address to this user.</summary>
    AccessDenied,

    /// <summary>An argument is not valid for this operation.</summary>
    Invalid,

    /// <summary>There are as many open sockets as the configuration allows.</summary>
    TooManyOpenSockets,

    /// <summary>A pointer or object given to the operation cannot be used.</summary>
    Fault,

    /// <summary>No endpoint of this name or address is bound or connected.</summary>
    EndpointNotFound,

    /// <summary>The transport or the combination of protocols is not supported.</summary>
    ProtocolNotSupported,

    /// <summary>The system has no room for further buffers.</summary>
    NoBufferSpaceAvailable,

    /// <summary>The network interface is down.</summary>
    NetworkDown,

    /// <summary>Another socket is bound to the address.</summary>
    AddressAlreadyInUse,

    /// <summary>The address belongs to none of this machine's interfaces.</summary>
    AddressNotAvailable,

    /// <summary>Nobody listens at the address.</summary>
    ConnectionRefused,

    /// <summary>The operation has begun and goes on in the background.</summary>
    InProgress,

    /// <summary>The message is larger than the limit.</summary>
    MessageSize,

    /// <summary>The address family is not supported.</summary>
    AddressFamilyNotSupported,

    /// <summary>No route leads to the network.</summary>
    NetworkUnreachable,

    /// <summary>This machine broke the connection off.</summary>
    ConnectionAborted,

    /// <summary>The peer broke the connection off.</summary>
    ConnectionReset,

    /// <summary>The socket has no connection.</summary>
    NotConnected,

    /// <summary>The time given for the operation is over.</summary>
    TimedOut,

    /// <summary>No route leads to the host, or to the peer that a routing id names.</summary>
    HostUnreachable,

    /// <summary>The network dropped the connection.</summary>
    NetworkReset,

    /// <summary>The operation does not fit the state of the socket, such as a second send of a REQ without a receive.</summary>
    FiniteStateMachine,

    /// <summary>The context of the socket has been terminated.</summary>
    ContextTerminated,
}
