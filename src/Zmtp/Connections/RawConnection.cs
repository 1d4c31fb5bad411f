using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Connections;

/// <summary>
/// A connection without ZMTP, of STREAM sockets and raw ROUTERs. A message without octets tells the socket that the
/// connection has begun or ended; one from the socket ends it, after all before was sent.
/// </summary>
internal sealed class RawConnection(IByteStream stream, Reactor reactor, IConnectionOwner owner) : StreamConnection(stream, reactor, owner)
{
    private static readonly PeerInfo s_peer = new(ZmtpRevision.Zmtp31, ZmqSocketType.None, default, Metadata.Empty);

    public override void Start()
    {
        ConnectionPipe pipe = Owner.OnReady(s_peer);
        RawTraffic traffic = new(pipe);
        Begin(pipe, traffic);
        if (pipe.IsClosing)
        {
            StopReceiving();
        }
        else
        {
            traffic.Append(default);
        }

        Send();
        UpdateWatch();
    }
}
