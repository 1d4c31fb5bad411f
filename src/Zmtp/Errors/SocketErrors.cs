using System.Net.Sockets;

namespace Actors.Zmtp;

/// <summary>The errors of the system's socket layer, in the terms of the ZeroMQ API.</summary>
internal static class SocketErrors
{
    public static ErrorCode ToErrorCode(SocketError error) => error switch
    {
        SocketError.AccessDenied => ErrorCode.AccessDenied,
        SocketError.AddressAlreadyInUse => ErrorCode.AddressAlreadyInUse,
        SocketError.AddressFamilyNotSupported => ErrorCode.AddressFamilyNotSupported,
        SocketError.AddressNotAvailable => ErrorCode.AddressNotAvailable,
        SocketError.ConnectionAborted or SocketError.OperationAborted => ErrorCode.ConnectionAborted,
        SocketError.ConnectionRefused => ErrorCode.ConnectionRefused,
        SocketError.ConnectionReset or SocketError.Shutdown or SocketError.Disconnecting => ErrorCode.ConnectionReset,
        SocketError.HostDown or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.NoData => ErrorCode.HostUnreachable,
        SocketError.InProgress or SocketError.AlreadyInProgress or SocketError.IOPending => ErrorCode.InProgress,
        SocketError.InvalidArgument => ErrorCode.Invalid,
        SocketError.MessageSize => ErrorCode.MessageSize,
        SocketError.NetworkDown => ErrorCode.NetworkDown,
        SocketError.NetworkReset => ErrorCode.NetworkReset,
        SocketError.NetworkUnreachable => ErrorCode.NetworkUnreachable,
        SocketError.NoBufferSpaceAvailable => ErrorCode.NoBufferSpaceAvailable,
        SocketError.NotConnected => ErrorCode.NotConnected,
        SocketError.ProtocolFamilyNotSupported or SocketError.ProtocolNotSupported or SocketError.SocketNotSupported or SocketError.OperationNotSupported => ErrorCode.ProtocolNotSupported,
        SocketError.TimedOut => ErrorCode.TimedOut,
        SocketError.TooManyOpenSockets => ErrorCode.TooManyOpenSockets,
        SocketError.TryAgain or SocketError.WouldBlock => ErrorCode.TryAgain,
        _ => ErrorCode.Fault,
    };
}
