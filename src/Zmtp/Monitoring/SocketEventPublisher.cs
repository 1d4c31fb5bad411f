using Actors.Zmtp.Connections;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Monitoring;

/// <summary>
/// Publishes what happens to a socket's endpoints and connections, from any thread, in order, at an inproc endpoint that
/// a <see cref="ZmqMonitor"/> connects to.
/// </summary>
internal sealed class SocketEventPublisher(SocketCore socket) : IDisposable
{
    private readonly Lock _lock = new();
    private PairSocket? _pair;
    private SocketEvents _wanted;

    public void Start(string endpoint, SocketEvents events)
    {
        PairSocket pair = new();
        try
        {
            pair.Options.SendHighWatermark = 0;
            pair.Options.Linger = TimeSpan.Zero;
            pair.Bind(endpoint);
        }
        catch
        {
            pair.Dispose();
            throw;
        }

        lock (_lock)
        {
            _pair?.Dispose();
            _pair = pair;
            _wanted = events;
        }
    }

    public void Stop()
    {
        lock (_lock)
        {
            _pair?.Dispose();
            _pair = null;
            _wanted = 0;
        }
    }

    public void Dispose() => Stop();

    public void Connected(string endpoint, string peer) => Publish(SocketEvents.Connected, endpoint, 0, peer);

    public void ConnectDelayed(string endpoint) => Publish(SocketEvents.ConnectDelayed, endpoint, (int)ErrorCode.InProgress);

    public void ConnectRetried(string endpoint, TimeSpan interval) => Publish(SocketEvents.ConnectRetried, endpoint, (int)interval.TotalMilliseconds);

    public void Listening(string endpoint) => Publish(SocketEvents.Listening, endpoint, 0);

    public void BindFailed(string endpoint, ErrorCode error) => Publish(SocketEvents.BindFailed, endpoint, (int)error);

    public void Accepted(string endpoint, string peer) => Publish(SocketEvents.Accepted, endpoint, 0, peer);

    public void AcceptFailed(string endpoint, ErrorCode error, string text, string peer = "")
        => Publish(SocketEvents.AcceptFailed, endpoint, (int)error, peer, text: text);

    public void Closed(string endpoint, string text = "") => Publish(SocketEvents.Closed, endpoint, 0, text: text);

    public void CloseFailed(string endpoint, ErrorCode error) => Publish(SocketEvents.CloseFailed, endpoint, (int)error);

    public void HandshakeSucceeded(string endpoint, string peer, byte[]? routingId)
        => Publish(SocketEvents.HandshakeSucceeded, endpoint, 0, peer, routingId);

    public void HandshakeFailed(string endpoint, CloseReason reason, string peer)
    {
        SocketEvents what = reason.Failure switch
        {
            null => SocketEvents.HandshakeFailedNoDetail,
            HandshakeFailureReason.NotAuthenticated or HandshakeFailureReason.RefusedByPeer => SocketEvents.HandshakeFailedAuth,
            _ => SocketEvents.HandshakeFailedProtocol,
        };
        Publish(what, endpoint, (int)reason.Kind, peer, text: reason.Text);
    }

    public void Disconnected(string endpoint, CloseReason reason, string peer, byte[]? routingId)
        => Publish(SocketEvents.Disconnected, endpoint, (int)reason.Kind, peer, routingId, reason.Text);

    private void Publish(SocketEvents what, string endpoint, int value, string peer = "", ReadOnlySpan<byte> routingId = default, string text = "")
    {
        if ((_wanted & what) == 0)
        {
            return;
        }

        lock (_lock)
        {
            if (_pair is null || (_wanted & what) == 0)
            {
                return;
            }

            try
            {
                MonitorMessage.Send(_pair, what, value, endpoint, peer, routingId, text);
            }
            catch (TerminatingException)
            {
                // All sockets end: there is nobody left to tell.
                _wanted = 0;
            }
        }
    }

    /// <summary>For the messages of exceptions.</summary>
    public override string ToString() => $"events of a {socket.Type} socket";
}
