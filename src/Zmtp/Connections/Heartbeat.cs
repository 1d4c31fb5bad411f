using Actors.Zmtp.Io;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Connections;

/// <summary>
/// Keeps watch over a silent connection (https://rfc.zeromq.org/spec/37/, "Connection Heartbeating"): sends PINGs, and
/// ends the connection when nothing is heard in time, after a PING of ours or within the time to live of the peer's.
/// While this end does not listen, because its pipe is full, silence says nothing of the peer.
/// </summary>
internal sealed class Heartbeat
{
    private readonly Connection _connection;
    private readonly Reactor _reactor;
    private readonly ConnectionSettings _settings;
    private readonly IPingStream? _stream;
    private ReactorTimer? _ping;
    private ReactorTimer? _answer;
    private ReactorTimer? _timeToLive;

    /// <param name="connection">Is ended.</param>
    /// <param name="reactor">Its I/O thread.</param>
    /// <param name="settings">Interval and timeouts.</param>
    /// <param name="stream">Where the transport has PINGs of its own; null for those of ZMTP.</param>
    public Heartbeat(Connection connection, Reactor reactor, ConnectionSettings settings, IPingStream? stream)
    {
        _connection = connection;
        _reactor = reactor;
        _settings = settings;
        _stream = stream;
        if (stream is not null)
        {
            stream.Heard = OnReceived;
        }

        if (settings.HeartbeatInterval > TimeSpan.Zero)
        {
            _ping = reactor.StartTimer(settings.HeartbeatInterval, connection, Ping);
        }
    }

    /// <summary>Something was heard of the peer.</summary>
    public void OnReceived()
    {
        if (_answer is not null)
        {
            _answer.Cancel();
            _answer = null;
        }

        if (_timeToLive is not null)
        {
            _timeToLive.Cancel();
            _timeToLive = null;
        }
    }

    /// <summary>The peer promises to be heard again within a time.</summary>
    public void OnPing(TimeSpan timeToLive)
    {
        if (timeToLive > TimeSpan.Zero)
        {
            _timeToLive?.Cancel();
            _timeToLive = _reactor.StartTimer(timeToLive, _connection, () => OnOutlived(timeToLive));
        }
    }

    public void Stop()
    {
        _ping?.Cancel();
        _answer?.Cancel();
        _timeToLive?.Cancel();
    }

    private void Ping()
    {
        _ping = _reactor.StartTimer(_settings.HeartbeatInterval, _connection, Ping);
        TimeSpan timeout = _settings.HeartbeatTimeout > TimeSpan.Zero ? _settings.HeartbeatTimeout : _settings.HeartbeatInterval;
        _answer ??= _reactor.StartTimer(timeout, _connection, () => OnUnanswered(timeout));
        if (_stream is not null)
        {
            _stream.Ping();
            return;
        }

        Span<byte> frame = stackalloc byte[HeartbeatCommand.MaxFrameLength];
        int length = HeartbeatCommand.WritePing(frame, _settings.HeartbeatTtl, default);
        _connection.SendCommand(frame[..length]);
    }

    private void OnUnanswered(TimeSpan timeout)
    {
        // The next PING begins the next wait.
        _answer = null;
        EndIfListening($"nothing was heard of the peer within {timeout.TotalMilliseconds:0} ms of a PING");
    }

    private void OnOutlived(TimeSpan timeToLive)
    {
        _timeToLive = null;
        if (!EndIfListening($"nothing was heard of the peer within {timeToLive.TotalMilliseconds:0} ms, its time to live"))
        {
            OnPing(timeToLive);
        }
    }

    private bool EndIfListening(string text)
    {
        if (_connection.IsListening)
        {
            _connection.Close(new CloseReason(CloseKind.Heartbeat, text));
        }

        return _connection.IsListening;
    }
}
