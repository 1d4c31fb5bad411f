using Actors.Zmtp.Io;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Connections;

/// <summary>A ZMTP connection on its I/O thread: the handshake, and then traffic, with commands and heartbeats.</summary>
internal sealed partial class Connection : StreamConnection, ICommandHandler
{
    /// <summary>PONGs that wait for a peer that sends PINGs and reads no answers, in bytes.</summary>
    private const int MaxUnreadPongs = 64 * 1024;

    private readonly ConnectionSettings _settings;
    private readonly Handshake _handshake;
    private readonly ControlBuffer _control = new();
    private Heartbeat? _heartbeat;
    private ReactorTimer? _handshakeTimer;
    private int _unreadPongs;

    public Connection(IByteStream stream, Reactor reactor, ConnectionSettings settings, bool accepted, IConnectionOwner owner)
        : base(stream, reactor, owner)
    {
        _settings = settings;
        _handshake = settings.CreateHandshake(accepted);
    }

    protected override bool HasAnswer => !_control.IsEmpty;

    private ZmtpRevision Revision => _handshake.Peer!.Revision;

    public override void Start()
    {
        _handshake.Start(_control);
        TimeSpan patience = _settings.Limits.HandshakeTimeout;
        if (patience > TimeSpan.Zero)
        {
            _handshakeTimer = Reactor.StartTimer(
                patience,
                this,
                () => Close(new CloseReason(CloseKind.Handshake, $"the peer did not finish the handshake within {patience.TotalSeconds:0.###} s")));
        }

        Send();
        UpdateWatch();
    }

    protected override void OnEnding()
    {
        _handshakeTimer?.Cancel();
        _heartbeat?.Stop();
        CancelAuthentication();
        _handshake.Dispose();
    }

    protected override void OnHeard() => _heartbeat?.OnReceived();

    protected override void Receive()
    {
        if (IsReady)
        {
            base.Receive();
        }
        else
        {
            ReceiveHandshake();
        }
    }

    protected override void Send()
    {
        if (IsReady)
        {
            base.Send();
        }
        else
        {
            SendControl(_control);
        }
    }
}
