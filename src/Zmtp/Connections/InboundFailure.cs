using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Connections;

/// <summary>The sentences for what a peer may not send.</summary>
internal static class InboundFailure
{
    public static CloseReason Of(InboundQueue inbound, ConnectionSettings settings) => inbound.Error switch
    {
        InboundError.ReservedFlags => new(CloseKind.Protocol, $"the peer sent a frame with the flags 0x{inbound.ErrorValue:x2}, which are reserved"),
        InboundError.FrameTooLarge => new(
            CloseKind.Limit,
            $"the peer sent a frame of {(ulong)inbound.ErrorValue} bytes, MaxMsgSize allows {(settings.MaxMessageSize < 0 ? Array.MaxLength : settings.MaxMessageSize)}"),
        InboundError.CommandTooLarge => new(
            CloseKind.Limit,
            $"the peer sent a command of {(ulong)inbound.ErrorValue} bytes, MaxCommandSize allows {settings.Limits.MaxCommandSize}"),
        InboundError.MessageTooLarge => new(
            CloseKind.Limit,
            $"the peer sent {inbound.ErrorValue} bytes of frames without the last of the message, MaxReceiveBytes allows {settings.Limits.MaxReceiveBytes}"),
        _ => new CloseReason(CloseKind.Protocol, "the peer sent a malformed command"),
    };
}
