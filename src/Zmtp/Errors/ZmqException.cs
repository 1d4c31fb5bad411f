using System.Net.Sockets;

namespace Actors.Zmtp;

/// <summary>The base of the exceptions that this library throws. <see cref="ErrorCode"/> says what failed.</summary>
public class ZmqException : Exception
{
    /// <summary>An exception with a code, a text for people and the exception that caused it.</summary>
    public ZmqException(ErrorCode errorCode, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorCode = errorCode;
    }

    /// <summary>The kind of error.</summary>
    public ErrorCode ErrorCode { get; }

    /// <summary>The exception of the type that fits an error of the system's socket layer.</summary>
    internal static ZmqException Of(SocketError error, string message, Exception? cause = null) => SocketErrors.ToErrorCode(error) switch
    {
        ErrorCode.AddressAlreadyInUse => new AddressAlreadyInUseException(message, cause),
        ErrorCode.EndpointNotFound => new EndpointNotFoundException(message, cause),
        ErrorCode.HostUnreachable => new HostUnreachableException(message, cause),
        ErrorCode.Invalid => new InvalidException(message, cause),
        ErrorCode.ProtocolNotSupported => new ProtocolNotSupportedException(message, cause),
        ErrorCode code => new ZmqException(code, message, cause),
    };
}

/// <summary>Somebody listens at the endpoint already.</summary>
public sealed class AddressAlreadyInUseException(string message, Exception? innerException = null)
    : ZmqException(ErrorCode.AddressAlreadyInUse, message, innerException);

/// <summary>The socket has no such endpoint, or the path of an ipc endpoint does not exist.</summary>
public sealed class EndpointNotFoundException(string message, Exception? innerException = null)
    : ZmqException(ErrorCode.EndpointNotFound, message, innerException);

/// <summary>The value was not initialised, or was closed before.</summary>
public sealed class FaultException(string message)
    : ZmqException(ErrorCode.Fault, message);

/// <summary>The operation does not fit the state of the socket, such as a second send of a REQ without a receive (RFC 28).</summary>
public sealed class FiniteStateMachineException(string message)
    : ZmqException(ErrorCode.FiniteStateMachine, message);

/// <summary>No peer has the routing id that a message names, or the host has no address.</summary>
public sealed class HostUnreachableException(string message, Exception? innerException = null)
    : ZmqException(ErrorCode.HostUnreachable, message, innerException);

/// <summary>An endpoint, an option or a message is not valid for the socket.</summary>
public sealed class InvalidException(string message, Exception? innerException = null)
    : ZmqException(ErrorCode.Invalid, message, innerException);

/// <summary>The transport or the combination of protocols is not supported.</summary>
public sealed class ProtocolNotSupportedException(string message, Exception? innerException = null)
    : ZmqException(ErrorCode.ProtocolNotSupported, message, innerException);

/// <summary><see cref="ZmqContext.Terminate"/> was called while the socket was open.</summary>
public sealed class TerminatingException(string message)
    : ZmqException(ErrorCode.ContextTerminated, message);
