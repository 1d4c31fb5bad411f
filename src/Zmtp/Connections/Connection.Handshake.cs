using System.Net.Sockets;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Connections;

/// <summary>The handshake, up to the first octet of traffic.</summary>
internal sealed partial class Connection
{
    private void ReceiveHandshake()
    {
        byte[] buffer = new byte[1024];
        while (!IsReady && Reason is null)
        {
            int count = Stream.Receive(buffer, out SocketError error);
            if (count == 0)
            {
                EndOfStream(error);
                return;
            }

            if (!TakeHandshake(buffer.AsSpan(0, count)))
            {
                return;
            }
        }
    }

    /// <summary>False when the handshake is over, or the handler is asked.</summary>
    private bool TakeHandshake(ReadOnlySpan<byte> octets)
    {
        int taken = _handshake.Advance(octets, _control);
        switch (_handshake.State)
        {
            case HandshakeState.Authenticating:
                Send();
                Authenticate(octets[taken..].ToArray());
                return false;
            case HandshakeState.Ready:
                BecomeReady(octets[taken..]);
                return false;
            case HandshakeState.Failed:
                CloseForHandshake();
                return false;
            default:
                Send();
                return true;
        }
    }

    private void CloseForHandshake()
    {
        Send();
        HandshakeFailure failure = _handshake.Failure!;
        Close(new CloseReason(CloseKind.Handshake, failure.Text, MayReconnect: failure.MayReconnect, Failure: failure.Reason));
    }

    private void BecomeReady(ReadOnlySpan<byte> rest)
    {
        _handshakeTimer?.Cancel();
        ConnectionPipe pipe = Owner.OnReady(_handshake.Peer!);
        ITraffic traffic = _handshake.Traffic is { } sealing
            ? new SealedTraffic(sealing, pipe, _control, Revision, _settings)
            : new PlainTraffic(pipe, _control, Revision, _settings);
        Begin(pipe, traffic);
        if (pipe.IsClosing)
        {
            StopReceiving();
            Send();
            return;
        }

        SayHello();
        pipe.Subscriptions?.WriteAll(Revision, _control);
        IPingStream? pings = Stream as IPingStream;
        if (pings is not null || Revision >= ZmtpRevision.Zmtp31)
        {
            _heartbeat = new Heartbeat(this, Reactor, _settings, pings);
        }

        if (traffic.Append(rest) is { } broken)
        {
            Close(broken);
        }

        if (Reason is null)
        {
            Send();
        }

        if (Reason is null)
        {
            Receive();
        }
    }
}
