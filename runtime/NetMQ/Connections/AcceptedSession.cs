using NetMQ.Io;
using NetMQ.Pipes;
using NetMQ.Protocol;
using NetMQ.Sockets;
using NetMQ.Transports;

namespace NetMQ.Connections;

/// <summary>The session of a connection that a peer made to a bound endpoint. Its pipe begins after the handshake and ends with the connection.</summary>
internal sealed class AcceptedSession : Session
{
    private readonly string _endpoint;

    public AcceptedSession(SocketCore socket, Reactor reactor, ConnectionSettings settings, string endpoint)
        : base(socket, reactor, settings)
    {
        _endpoint = endpoint;
    }

    protected override bool KeepsForLinger => Connection is { IsReady: true };

    public void Start(IByteStream stream)
    {
        Connection = new Connection(stream, Reactor, Settings, accepted: true, this);
        Connection.Start();
    }

    public override ConnectionPipe OnReady(PeerInfo peer)
    {
        Pipe pipe = CreatePipe();
        pipe.Peer = peer;
        pipe.PeerEndpoint = Connection!.RemoteEndpoint;
        Subscriptions = Socket.CreateSubscriptionSource(this);
        pipe.Raise(PipeSignals.Attached);
        return EnginePipe;
    }

    public override void OnClosed(CloseReason reason)
    {
        Socket.Events.Disconnected(_endpoint, reason);
        ConnectionClosed();
        End(reason);
    }

    protected override void OnEnded(CloseReason reason)
    {
        if (Subscriptions is not null)
        {
            Socket.RemoveSubscriptionSource(Subscriptions);
        }
    }
}
