using System.Buffers.Binary;
using System.Diagnostics;
using Actors.Host.Commands;
using Actors.Host.Commands.Sockets;
using Actors.Zmtp;
using HdrHistogram;

namespace Actors.Host.Bench;

/// <summary>
/// Measures round trips of requests to a REP or ROUTER peer, whatever it answers: a number in the envelope, which such a peer
/// returns, tells which request a reply belongs to.
/// </summary>
/// <remarks>
/// With a rate, requests are sent when they are due, whether or not the ones before were answered, and a latency counts from the time
/// that the request was due: a peer that stands still for a second makes all requests of that second late, and all are counted.
/// </remarks>
internal sealed class RequestBench
{
    private readonly BenchSettings _settings;
    private readonly ToolSocket _socket;
    private readonly ReadOnlyMemory<byte> _payload;
    private readonly Dictionary<long, (long Due, long Sent)> _underWay = [];
    private LongHistogram _latency = Times.Create();
    private LongHistogram _fromSend = Times.Create();
    private long _next;
    private long _answered;

    private RequestBench(BenchSettings settings, ToolSocket socket)
    {
        _settings = settings;
        _socket = socket;
        _payload = new byte[settings.Size];
    }

    /// <summary>Warms up, and then measures.</summary>
    /// <exception cref="ToolException">No peer takes requests, or none answers.</exception>
    public static BenchResult Run(BenchSettings settings, Action<long> progress, CancellationToken stop)
    {
        using var socket = ToolSocket.Open(settings.Plan, ZmqSocketType.Dealer, opened =>
        {
            opened.Options.DelayAttachOnConnect = true;
            opened.Options.Linger = TimeSpan.Zero;
        });
        if (!socket.Wait(toSend: true, settings.Wait, stop)) throw new ToolException($"no peer came to {settings.Plan.Endpoints} within {settings.Wait.TotalSeconds:0.###} s", ExitCode.NoAnswer);
        return new RequestBench(settings, socket).Run(progress, stop);
    }

    private BenchResult Run(Action<long> progress, CancellationToken stop)
    {
        Closed(_settings.WarmUp, null, Math.Max(1, _settings.InFlight), static _ => { }, stop);
        if (_settings.WarmUp > 0 && _answered == 0 && !stop.IsCancellationRequested)
            throw new ToolException($"{_settings.Plan.Endpoints} does not answer within {_settings.Wait.TotalSeconds:0.###} s: expected a REP, or a ROUTER that returns the envelope", ExitCode.NoAnswer);
        (_latency, _fromSend, _answered) = (Times.Create(), Times.Create(), 0);
        _underWay.Clear();
        var started = Stopwatch.GetTimestamp();
        var isWhole = _settings.Rate is null ? Closed(_settings.Count, _settings.Duration, _settings.InFlight, progress, stop) : Open(progress, stop);
        return new BenchResult("req", _settings.Size, _answered, Stopwatch.GetElapsedTime(started).TotalSeconds)
        {
            WantedRate = _settings.Rate,
            Latency = Percentiles.Of(_latency),
            FromSend = _settings.Rate is null ? null : Percentiles.Of(_fromSend),
            Lost = _underWay.Count,
            Interrupted = !isWhole,
        };
    }

    /// <summary>Sends a request for each reply.</summary>
    /// <returns>False when it was stopped, or a reply did not come.</returns>
    private bool Closed(long? count, TimeSpan? duration, int inFlight, Action<long> progress, CancellationToken stop)
    {
        var (end, sent, started) = (count ?? long.MaxValue, 0L, Stopwatch.GetTimestamp());
        try
        {
            while (true)
            {
                var isOver = sent == end || (duration is { } most && Stopwatch.GetElapsedTime(started) >= most);
                if (isOver && _underWay.Count == 0) return true;
                var now = Stopwatch.GetTimestamp();
                if (!isOver && _underWay.Count < inFlight && Send(now))
                {
                    sent++;
                    continue;
                }
                if (!Receive(_settings.Wait, stop)) return false;
                progress(_answered);
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Sends each request when it is due.</summary>
    private bool Open(Action<long> progress, CancellationToken stop)
    {
        var pacer = new Pacer(_settings.Rate);
        var (end, sent, started) = (_settings.Count ?? long.MaxValue, 0L, Stopwatch.GetTimestamp());
        try
        {
            while (sent < end && !(_settings.Duration is { } most && Stopwatch.GetElapsedTime(started) >= most))
            {
                var left = pacer.Left;
                if (left <= TimeSpan.Zero && Send(pacer.Due))
                {
                    pacer.Next();
                    sent++;
                    // Replies have their turn too when requests are late.
                    Take();
                }
                else
                {
                    Receive(left <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : left, stop);
                }
                progress(_answered);
                stop.ThrowIfCancellationRequested();
            }
            while (_underWay.Count > 0 && Receive(_settings.Wait, stop)) progress(_answered);
            return _underWay.Count == 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private bool Send(long due)
    {
        var number = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, _next);
        ReadOnlyMemory<byte>[] request = [number, ReadOnlyMemory<byte>.Empty, _payload];
        var now = Stopwatch.GetTimestamp();
        if (!_socket.TrySend(request)) return false;
        _underWay.Add(_next++, (due, now));
        return true;
    }

    /// <summary>Waits for a reply, and takes it.</summary>
    private bool Receive(TimeSpan most, CancellationToken stop) => Take() || (_socket.Wait(toSend: false, most, stop) && (Take() || _underWay.Count > 0));

    /// <summary>Takes a reply that is there. What belongs to no request is passed over.</summary>
    private bool Take()
    {
        if (_socket.TryReceive() is not { } frames) return false;
        var now = Stopwatch.GetTimestamp();
        if (frames[0].Length != sizeof(long) || !_underWay.Remove(BinaryPrimitives.ReadInt64BigEndian(frames[0].Span), out var times)) return true;
        _answered++;
        _latency.Add(Stopwatch.GetElapsedTime(times.Due, now));
        _fromSend.Add(Stopwatch.GetElapsedTime(times.Sent, now));
        return true;
    }
}
