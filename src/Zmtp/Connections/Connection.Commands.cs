using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Connections;

/// <summary>The commands that come between messages and go between them.</summary>
internal sealed partial class Connection
{
    /// <summary>Sends a PING or another whole command frame.</summary>
    public void SendCommand(ReadOnlySpan<byte> frame)
    {
        frame.CopyTo(_control.GetSpan(frame.Length));
        _control.Advance(frame.Length);
        if (!IsSendBlocked)
        {
            Send();
            UpdateWatch();
        }
    }

    /// <summary>
    /// Ends the connection for a limit of this end, and tells the peer which: by an ERROR behind the handshake, where a peer of
    /// ZMTP 3.1 passes over what it does not know. Over ws the close frame says it.
    /// </summary>
    public override void Refuse(CloseReason reason)
    {
        if (Reason is not null)
        {
            return;
        }

        if (!IsReady || Revision < ZmtpRevision.Zmtp31 || Stream is IPingStream)
        {
            Close(reason);
            return;
        }

        // "The peer" is the one who reads it.
        string text = reason.Text.Replace("the peer", "this subscriber", StringComparison.Ordinal);
        byte[] frame = new byte[ErrorCommand.FrameLength(text)];
        SendCommand(frame.AsSpan(0, ErrorCommand.Write(frame, text)));
        if (_control.IsEmpty)
        {
            // What the peer is about to send is taken and dropped for a while: unread octets would destroy the ERROR on its way.
            Finish(reason, TimeSpan.Zero);
        }
        else
        {
            Close(reason);
        }
    }

    bool ICommandHandler.OnCommand(ReadOnlySpan<byte> body)
    {
        if (!Command.TryParse(body, out Command command))
        {
            return false;
        }

        switch (command.Kind)
        {
            case CommandKind.Ping:
                if (!HeartbeatCommand.TryParsePing(command.Data, out TimeSpan timeToLive, out ReadOnlySpan<byte> context))
                {
                    return false;
                }

                Pong(context);
                _heartbeat?.OnPing(timeToLive);
                return true;
            case CommandKind.Error:
                ErrorCommand.TryParse(command.Data, out string reason);
                Close(new CloseReason(CloseKind.Protocol, $"the peer sent the error \"{reason}\"", IsRefusal: true));
                return true;
            default:
                // A command that is not known, or not for this socket, is passed over.
                return true;
        }
    }

    private void Pong(ReadOnlySpan<byte> context)
    {
        Span<byte> pong = stackalloc byte[HeartbeatCommand.MaxFrameLength];
        int length = HeartbeatCommand.WritePong(pong, context);
        _unreadPongs = _control.IsEmpty ? length : _unreadPongs + length;
        if (_unreadPongs > MaxUnreadPongs)
        {
            Close(new CloseReason(CloseKind.Limit, $"the peer sends PINGs and has left {_unreadPongs} bytes of answers unread"));
            return;
        }

        pong[..length].CopyTo(_control.GetSpan(length));
        _control.Advance(length);
    }

    /// <summary>Before anything that waits in the pipe.</summary>
    private void SayHello()
    {
        if (_settings.HelloMessage is { } hello)
        {
            Span<byte> target = _control.GetSpan(FrameHeader.MaxLength + hello.Length);
            int header = FrameHeader.Write(target, 0, hello.Length);
            hello.CopyTo(target[header..]);
            _control.Advance(header + hello.Length);
        }
    }
}
