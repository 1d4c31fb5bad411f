using System.Net.Sockets;

namespace Actors.Zmtp;

/// <summary>The sentence that an exception carries when its thrower knows nothing more exact.</summary>
internal static class ErrorText
{
    public static string Of(ErrorCode code) => code switch
    {
        ErrorCode.TryAgain => "The operation would block.",
        ErrorCode.AccessDenied => "The system denied access to the address.",
        ErrorCode.Invalid => "An argument is not valid for this operation.",
        ErrorCode.TooManyOpenSockets => "Too many sockets are open.",
        ErrorCode.Fault => "An object given to the operation cannot be used.",
        ErrorCode.EndpointNotFound => "The socket has no such endpoint.",
        ErrorCode.ProtocolNotSupported => "The protocol is not supported.",
        ErrorCode.NoBufferSpaceAvailable => "The system has no room for further buffers.",
        ErrorCode.NetworkDown => "The network is down.",
        ErrorCode.AddressAlreadyInUse => "The address is in use by another socket.",
        ErrorCode.AddressNotAvailable => "The address belongs to no interface of this machine.",
        ErrorCode.ConnectionRefused => "The connection was refused.",
        ErrorCode.InProgress => "The operation goes on in the background.",
        ErrorCode.MessageSize => "The message is larger than the limit.",
        ErrorCode.AddressFamilyNotSupported => "The address family is not supported.",
        ErrorCode.NetworkUnreachable => "The network cannot be reached.",
        ErrorCode.ConnectionAborted => "The connection was broken off on this side.",
        ErrorCode.ConnectionReset => "The connection was reset by the peer.",
        ErrorCode.NotConnected => "The socket is not connected.",
        ErrorCode.TimedOut => "The operation timed out.",
        ErrorCode.HostUnreachable => "The host or peer cannot be reached.",
        ErrorCode.NetworkReset => "The network dropped the connection.",
        ErrorCode.FiniteStateMachine => "The operation does not fit the state of the socket.",
        ErrorCode.ContextTerminated => "The context has been terminated.",
        ErrorCode.EmptyThread => "No I/O thread is there.",
        _ => $"Error {(int)code}.",
    };

    public static string Of(SocketError error)
    {
        var code = SocketErrors.ToErrorCode(error);
        return code == ErrorCode.Fault && error != SocketError.Fault
            ? $"The system reports the socket error {error} ({(int)error})."
            : Of(code);
    }
}
