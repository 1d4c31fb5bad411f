using Actors.Zmtp.Io;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Sockets;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Connections;

/// <summary>The session of a connection that a peer made to a bound endpoint. Its pipe begins after the handshake and ends with the connection.</summary>
internal sealed class AcceptedSession : Session
{
    private readonly Admission _admission;

    public AcceptedSession(SocketCore socket, Reactor reactor, ConnectionSettings settings, string endpoint, Admission admission)
        : base(socket, reactor, settings, endpoint)
    {
        _admission = admission;
    }

    protected override bool KeepsForLinger => Connection is { IsReady: true };

    public void Start(IByteStream stream)
    {
        AcceptedSession? pushedOut = _admission.Add(this);
        pushedOut?.EndForLimit(
            $"{Settings.Limits.MaxHandshakes} connections were in the handshake, as many as MaxHandshakes allows, and this was the oldest");
        Begin(stream, accepted: true);
    }

    public override ConnectionPipe OnReady(PeerInfo peer)
    {
        _admission.HandshakeDone(this);
        CreatePipe();
        Attach(peer);
        Subscriptions = Socket.CreateSubscriptionSource(this);
        return EnginePipe;
    }

    protected override void OnConnectionClosed(CloseReason reason) => End(reason);

    protected override void OnEnded(CloseReason reason)
    {
        _admission.Remove(this);
        base.OnEnded(reason);
    }

    private void EndForLimit(string text) => Connection?.Close(new CloseReason(CloseKind.Limit, text));
}
