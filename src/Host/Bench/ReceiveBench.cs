using System.Diagnostics;
using Actors.Host.Commands;
using Actors.Host.Commands.Sockets;
using Actors.Zmtp;

namespace Actors.Host.Bench;

/// <summary>Receives messages and measures how fast they come; or answers requests with what they bring.</summary>
internal static class ReceiveBench
{
    /// <summary>Measures from the first message to the last.</summary>
    /// <exception cref="ToolException">No message came in time.</exception>
    public static BenchResult Run(BenchSettings settings, bool subscribes, Action<long> progress, CancellationToken stop)
    {
        using var socket = ToolSocket.Open(settings.Plan, subscribes ? ZmqSocketType.Sub : ZmqSocketType.Pull, opened =>
        {
            if (subscribes) opened.Subscribe(default);
        });
        var tally = new Tally(settings, progress);
        try
        {
            while (!tally.IsDone)
            {
                if (socket.TryReceive() is { } frames) tally.Add(frames);
                else if (!socket.Wait(toSend: false, settings.Wait, stop)) break;
                else if (stop.IsCancellationRequested) break;
            }
        }
        catch (OperationCanceledException)
        {
            // What has come until now counts.
        }
        if (tally.Count == 0 && !stop.IsCancellationRequested) throw new ToolException($"no message came to {settings.Plan.Endpoints} within {settings.Wait.TotalSeconds:0.###} s", ExitCode.NoAnswer);
        return tally.Result(subscribes ? "sub" : "pull") with { Interrupted = !tally.IsDone && (stop.IsCancellationRequested || settings.Count is not null) };
    }

    /// <summary>Answers each request with its own frames until it is stopped, or has answered its count.</summary>
    public static BenchResult Echo(BenchSettings settings, Action<IReadOnlyList<string>> opened, Action<long> progress, CancellationToken stop)
    {
        using var socket = ToolSocket.Open(settings.Plan, ZmqSocketType.Router);
        opened(socket.Endpoints);
        var tally = new Tally(settings, progress);
        try
        {
            while (!tally.IsDone)
            {
                if (socket.TryReceive() is not { } frames)
                {
                    socket.Wait(toSend: false, Timeout.InfiniteTimeSpan, stop);
                    continue;
                }
                tally.Add(frames);
                Answer(socket, frames, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // It is the usual end.
        }
        return tally.Result("rep") with { Interrupted = settings.Count is not null && !tally.IsDone };
    }

    private static void Answer(ToolSocket socket, IReadOnlyList<ReadOnlyMemory<byte>> frames, CancellationToken stop)
    {
        try
        {
            while (!socket.TrySend(frames)) stop.WaitHandle.WaitOne(1);
        }
        catch (ToolException)
        {
            // Who asked has gone.
        }
    }

    /// <summary>Counts from the first message on.</summary>
    private sealed class Tally(BenchSettings settings, Action<long> progress)
    {
        private const int Batch = 64;

        private long _bytes;
        private long _first;
        private long _last;

        public long Count { get; private set; }

        public bool IsDone { get; private set; }

        public void Add(IReadOnlyList<ReadOnlyMemory<byte>> frames)
        {
            Count++;
            for (var i = 0; i < frames.Count; i++) _bytes += frames[i].Length;
            _last = Stopwatch.GetTimestamp();
            if (Count == 1) _first = _last;
            if (Count == settings.Count) IsDone = true;
            if (Count % Batch == 0) progress(Count);
            if (settings.Duration is { } most && Stopwatch.GetElapsedTime(_first, _last) >= most) IsDone = true;
        }

        /// <summary>The first message begins the time, so its own does not count in it.</summary>
        public BenchResult Result(string mode)
        {
            if (Count == 0) return new BenchResult(mode, 0, 0, 0);
            return new BenchResult(mode, (int)(_bytes / Count), Count, Stopwatch.GetElapsedTime(_first, _last).TotalSeconds);
        }
    }
}
