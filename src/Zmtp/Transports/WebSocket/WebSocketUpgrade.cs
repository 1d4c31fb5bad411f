using System.Net.Sockets;
using Actors.Zmtp.Connections;
using Actors.Zmtp.Io;

namespace Actors.Zmtp.Transports.WebSocket;

/// <summary>
/// One end of the handshake that makes a WebSocket of a tcp connection (RFC 6455, section 4): sends its head, and reads
/// that of the peer, which has a limit in octets and in time.
/// </summary>
internal abstract class WebSocketUpgrade(IByteStream stream, Reactor reactor, ConnectionSettings settings) : IReadyHandler
{
    private readonly OutputBuffer _output = new();
    private readonly byte[] _received = new byte[HttpHead.MaxLength];
    private int _count;
    private ReactorTimer? _timer;
    private bool _over;

    protected IByteStream Stream { get; } = stream;

    protected ConnectionSettings Settings { get; } = settings;

    /// <summary>Begins, with what this end says first.</summary>
    public void Start(ReadOnlySpan<byte> first)
    {
        if (Settings.Limits.HandshakeTimeout > TimeSpan.Zero)
        {
            _timer = reactor.StartTimer(Settings.Limits.HandshakeTimeout, this, () => Fail(SocketError.TimedOut));
        }

        _output.Append(first);
        Continue();
    }

    public void Cancel()
    {
        if (End())
        {
            Stream.Close();
        }
    }

    public void OnReady(Ready ready)
    {
        if ((ready & Ready.Read) != 0)
        {
            Receive();
        }

        if (!_over)
        {
            Continue();
        }
    }

    /// <inheritdoc/>
    public abstract void OnFault(Exception fault);

    /// <summary>Takes the head of the peer: a stream when it is as it should be, otherwise null.</summary>
    protected abstract ZwsStream? Take(HttpHead head, ReadOnlySpan<byte> rest);

    /// <summary>The peer's head is none: what it is told, or nothing.</summary>
    protected virtual ReadOnlySpan<byte> Refusal(string error) => default;

    protected abstract void OnUpgraded(ZwsStream upgraded);

    protected abstract void OnFailed(SocketError error);

    protected ZwsStream Upgrade(ZwsProtocol protocol, bool accepted, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> answer)
        => new(Stream, reactor, Settings, protocol, accepted, rest, answer);

    /// <summary>Sends a last word as far as it goes, and gives up.</summary>
    protected void Refuse(ReadOnlySpan<byte> answer)
    {
        _output.Append(answer);
        _output.Flush(Stream, out _);
        Fail(SocketError.ProtocolOption);
    }

    private void Continue()
    {
        bool sent = _output.Flush(Stream, out SocketError error);
        if (!sent && error is not (SocketError.WouldBlock or SocketError.TryAgain))
        {
            Fail(error);
            return;
        }

        Stream.Watch(this, sent ? Ready.Read : Ready.Read | Ready.Write);
    }

    private void Receive()
    {
        int count = Stream.Receive(_received.AsMemory(_count), out SocketError error);
        if (count == 0)
        {
            if (error is not (SocketError.WouldBlock or SocketError.TryAgain))
            {
                Fail(error == SocketError.Success ? SocketError.ConnectionReset : error);
            }

            return;
        }

        _count += count;
        int end = HttpHead.FindEnd(_received.AsSpan(0, _count));
        if (end > 0)
        {
            TakeHead(_received.AsSpan(0, end), _received.AsSpan(end, _count - end));
        }
        else if (_count == _received.Length)
        {
            Refuse(Refusal($"the head has more than {HttpHead.MaxLength} octets"));
        }
    }

    private void TakeHead(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> rest)
    {
        HttpHead? head = HttpHead.Parse(octets, out string? error);
        if (head is null)
        {
            Refuse(Refusal(error!));
            return;
        }

        if (Take(head, rest) is { } upgraded && End())
        {
            Stream.Watch(this, Ready.None);
            OnUpgraded(upgraded);
        }
    }

    private void Fail(SocketError error)
    {
        if (End())
        {
            Stream.Close();
            OnFailed(error);
        }
    }

    private bool End()
    {
        if (_over)
        {
            return false;
        }

        _over = true;
        _timer?.Cancel();
        return true;
    }
}
