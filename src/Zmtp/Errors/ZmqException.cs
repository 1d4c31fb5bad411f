using System.Net.Sockets;
using System.Runtime.Serialization;

namespace Actors.Zmtp;

/// <summary>The base of the exceptions that this library throws. <see cref="ErrorCode"/> says what failed.</summary>
[Serializable]
public class ZmqException : Exception
{
    /// <summary>An exception without message and with <see cref="ErrorCode"/> zero.</summary>
    public ZmqException()
    {
    }

    /// <inheritdoc cref="ZmqException()"/>
    public ZmqException(string? message)
        : base(message)
    {
    }

    /// <inheritdoc cref="ZmqException()"/>
    public ZmqException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An exception with a code; the message falls back to the text of the code.</summary>
    protected ZmqException(Exception? innerException, string? message, ErrorCode errorCode)
        : base(message ?? ErrorText.Of(errorCode), innerException)
    {
        ErrorCode = errorCode;
    }

    /// <summary>Restores a serialized exception.</summary>
    protected ZmqException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
        ErrorCode = (ErrorCode)info.GetInt32(nameof(ErrorCode));
    }

    /// <inheritdoc/>
    public override void GetObjectData(SerializationInfo info, StreamingContext context)
    {
        base.GetObjectData(info, context);
        info.AddValue(nameof(ErrorCode), (int)ErrorCode);
    }

    /// <summary>What failed; zero when nobody said.</summary>
    public ErrorCode ErrorCode { get; }

    /// <summary>The exception for an error of the system's socket layer.</summary>
    public static ZmqException Create(SocketException innerException)
    {
        ArgumentNullException.ThrowIfNull(innerException);
        return Create(innerException.SocketErrorCode, innerException);
    }

    /// <inheritdoc cref="Create(SocketException)"/>
    public static ZmqException Create(SocketError error, Exception? innerException = null)
    {
        return Create(SocketErrors.ToErrorCode(error), innerException, ErrorText.Of(error));
    }

    /// <summary>The exception of the type that fits the code.</summary>
    public static ZmqException Create(ErrorCode errorCode, Exception? innerException)
    {
        return Create(errorCode, innerException, ErrorText.Of(errorCode));
    }

    /// <inheritdoc cref="Create(ErrorCode, Exception)"/>
    public static ZmqException Create(ErrorCode errorCode)
    {
        return Create(errorCode, null, ErrorText.Of(errorCode));
    }

    /// <inheritdoc cref="Create(ErrorCode, Exception)"/>
    public static ZmqException Create(string message, ErrorCode errorCode)
    {
        return Create(errorCode, null, message);
    }

    /// <inheritdoc cref="Create(ErrorCode, Exception)"/>
    internal static ZmqException Create(ErrorCode errorCode, Exception? innerException, string message)
    {
        return errorCode switch
        {
            ErrorCode.AddressAlreadyInUse => new AddressAlreadyInUseException(innerException, message),
            ErrorCode.EndpointNotFound => new EndpointNotFoundException(innerException, message),
            ErrorCode.Fault => new FaultException(innerException, message),
            ErrorCode.FiniteStateMachine => new FiniteStateMachineException(innerException, message),
            ErrorCode.HostUnreachable => new HostUnreachableException(innerException, message),
            ErrorCode.Invalid => new InvalidException(innerException, message),
            ErrorCode.ProtocolNotSupported => new ProtocolNotSupportedException(innerException, message),
            ErrorCode.ContextTerminated => new TerminatingException(innerException, message),
            _ => new ZmqException(innerException, message, errorCode),
        };
    }
}
