using System.Net.Sockets;
using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Connections;

/// <summary>The ways in which a connection ends, once.</summary>
internal sealed partial class Connection
{
    /// <summary>An exception of this engine ends the connection, and when it has ended already, goes to whom it belongs.</summary>
    public void OnFault(Exception fault)
    {
        if (Reason is null)
        {
            Close(CloseReason.Of(fault));
        }
        else
        {
            _owner.OnFault(fault);
        }
    }

    /// <inheritdoc/>
    public void Close(CloseReason reason)
    {
        if (Reason is not null)
        {
            return;
        }

        Reason = reason;
        _handshakeTimer?.Cancel();
        _heartbeat?.Stop();
        CancelAuthentication();
        _handshake.Dispose();
        _stream.Close(reason.Kind);
        _owner.OnClosed(reason);
    }

    /// <inheritdoc/>
    public void Finish(CloseReason reason, TimeSpan patience)
    {
        if (Reason is not null)
        {
            return;
        }

        if (!_ready)
        {
            Close(reason);
            return;
        }

        Reason = reason;
        _heartbeat?.Stop();
        _handshake.Dispose();
        StreamDrain.Start(_stream, _reactor, _owner, reason, patience);
    }

    private void SendFailed(SocketError error)
    {
        if (error is SocketError.WouldBlock or SocketError.TryAgain)
        {
            _sendBlocked = true;
        }
        else
        {
            Close(new CloseReason(CloseKind.Network, $"sending failed: {error}", error));
        }
    }

    private void EndOfStream(SocketError error)
    {
        if (error == SocketError.Success)
        {
            string why = _stream.Farewell is { } farewell ? ": " + farewell : "";
            Close(_ready
                ? new CloseReason(CloseKind.Peer, "the peer closed the connection" + why)
                : new CloseReason(CloseKind.Handshake, "the peer closed the connection in the handshake" + why));
        }
        else if (error is not (SocketError.WouldBlock or SocketError.TryAgain))
        {
            Close(_stream.BrokenRule is { } broken
                ? new CloseReason(CloseKind.Protocol, broken)
                : new CloseReason(CloseKind.Network, $"receiving failed: {error}", error));
        }
    }

    private void CloseForProtocol(InboundQueue inbound)
    {
        Close(inbound.Error switch
        {
            InboundError.ReservedFlags => new(CloseKind.Protocol, $"the peer sent a frame with the flags 0x{inbound.ErrorValue:x2}, which are reserved"),
            InboundError.FrameTooLarge => new(
                CloseKind.Limit,
                $"the peer sent a frame of {(ulong)inbound.ErrorValue} bytes, MaxMsgSize allows {(_settings.MaxMessageSize < 0 ? Array.MaxLength : _settings.MaxMessageSize)}"),
            InboundError.CommandTooLarge => new(
                CloseKind.Limit,
                $"the peer sent a command of {(ulong)inbound.ErrorValue} bytes, MaxCommandSize allows {_settings.Limits.MaxCommandSize}"),
            InboundError.MessageTooLarge => new(
                CloseKind.Limit,
                $"the peer sent {inbound.ErrorValue} bytes of frames without the last of the message, MaxReceiveBytes allows {_settings.Limits.MaxReceiveBytes}"),
            _ => new CloseReason(CloseKind.Protocol, "the peer sent a malformed command"),
        });
    }
}
