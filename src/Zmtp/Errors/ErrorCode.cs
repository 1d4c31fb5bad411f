namespace Actors.Zmtp;

/// <summary>What failed, in the terms of the ZeroMQ API. The values are those of <c>zmq.h</c> where it has one.</summary>
public enum ErrorCode
{
    /// <summary>The value above which the codes of ZeroMQ lie, so that they do not meet those of the system.</summary>
    BaseErrorNumber = 156384712,

    /// <summary>The operation would block: no message waits, or no peer can take one.</summary>
    TryAgain = 11,

    /// <summary>The system refused the address to this user.</summary>
    AccessDenied = 13,

    /// <summary>An argument is not valid for this operation.</summary>
    Invalid = 22,

    /// <summary>There are as many open sockets as the configuration allows.</summary>
    TooManyOpenSockets = 24,

    /// <summary>A pointer or object given to the operation cannot be used.</summary>
    Fault = 14,

    /// <summary>No endpoint of this name or address is bound or connected.</summary>
    EndpointNotFound = 2,

    /// <summary>The transport or the combination of protocols is not supported.</summary>
    ProtocolNotSupported = BaseErrorNumber + 2,

    /// <summary>The system has no room for further buffers.</summary>
    NoBufferSpaceAvailable = BaseErrorNumber + 3,

    /// <summary>The network interface is down.</summary>
    NetworkDown = BaseErrorNumber + 4,

    /// <summary>Another socket is bound to the address.</summary>
    AddressAlreadyInUse = BaseErrorNumber + 5,

    /// <summary>The address belongs to none of this machine's interfaces.</summary>
    AddressNotAvailable = BaseErrorNumber + 6,

    /// <summary>Nobody listens at the address.</summary>
    ConnectionRefused = BaseErrorNumber + 7,

    /// <summary>The operation has begun and goes on in the background.</summary>
    InProgress = BaseErrorNumber + 8,

    /// <summary>The message is larger than the limit.</summary>
    MessageSize = BaseErrorNumber + 10,

    /// <summary>The address family is not supported.</summary>
    AddressFamilyNotSupported = BaseErrorNumber + 11,

    /// <summary>No route leads to the network.</summary>
    NetworkUnreachable = BaseErrorNumber + 12,

    /// <summary>This machine broke the connection off.</summary>
    ConnectionAborted = BaseErrorNumber + 13,

    /// <summary>The peer broke the connection off.</summary>
    ConnectionReset = BaseErrorNumber + 14,

    /// <summary>The socket has no connection.</summary>
    NotConnected = BaseErrorNumber + 15,

    /// <summary>The time given for the operation is over.</summary>
    TimedOut = BaseErrorNumber + 16,

    /// <summary>No route leads to the host, or to the peer that a routing id names.</summary>
    HostUnreachable = BaseErrorNumber + 17,

    /// <summary>The network dropped the connection.</summary>
    NetworkReset = BaseErrorNumber + 18,

    /// <summary>The operation does not fit the state of the socket, such as a second send of a REQ without a receive.</summary>
    FiniteStateMachine = BaseErrorNumber + 51,

    /// <summary>The context of the socket has been terminated.</summary>
    ContextTerminated = BaseErrorNumber + 53,

    /// <summary>No I/O thread is there to do the work.</summary>
    EmptyThread = BaseErrorNumber + 54,
}
