using NetMQ.Io;
using NetMQ.Protocol;

namespace NetMQ.Connections;

/// <summary>
/// Keeps watch over a silent connection (https://rfc.zeromq.org/spec/37/, "Connection Heartbeating"): sends PINGs, and
/// ends the connection when nothing is heard in time, after a PING of ours or within the time to live of the peer's.
/// </summary>
internal sealed class Heartbeat
{
    private readonly Connection _connection;
    private readonly Reactor _reactor;
    private readonly ConnectionSettings _settings;
    private ReactorTimer? _ping;
    private ReactorTimer? _answer;
    private ReactorTimer? _timeToLive;

    public Heartbeat(Connection connection, Reactor reactor, ConnectionSettings settings)
    {
        _connection = connection;
        _reactor = reactor;
        _settings = settings;
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
            _timeToLive = _reactor.StartTimer(timeToLive, _connection, () => End($"nothing was heard of the peer within {timeToLive.TotalMilliseconds:0} ms, its time to live"));
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
        Span<byte> frame = stackalloc byte[HeartbeatCommand.MaxFrameLength];
        int length = HeartbeatCommand.WritePing(frame, _settings.HeartbeatTtl, default);
        _ping = _reactor.StartTimer(_settings.HeartbeatInterval, _connection, Ping);
        TimeSpan timeout = _settings.HeartbeatTimeout > TimeSpan.Zero ? _settings.HeartbeatTimeout : _settings.HeartbeatInterval;
        _answer ??= _reactor.StartTimer(timeout, _connection, () => End($"nothing was heard of the peer within {timeout.TotalMilliseconds:0} ms of a PING"));
        _connection.SendCommand(frame[..length]);
    }

    private void End(string text) => _connection.Close(new CloseReason(CloseKind.Heartbeat, text));
}
