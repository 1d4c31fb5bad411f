using System.Diagnostics;
using Actors.Host.Commands;
using Actors.Host.Commands.Sockets;
using Actors.Zmtp;

namespace Actors.Host.Bench;

/// <summary>Sends messages and measures how fast they are taken: by PULL peers, or by the subscribers of a publisher.</summary>
internal static class SendBench
{
    // Between looks at the clock.
    private const int Batch = 64;

    /// <summary>Sends from when there is a peer, for a publisher a subscriber, to when the last message has left.</summary>
    /// <exception cref="ToolException">No peer came in time.</exception>
    public static async Task<BenchResult> Run(BenchSettings settings, bool publishes, Action<long> progress, CancellationToken stop)
    {
        // An XPUB hears of subscribers: what is sent before there is one is lost.
        using var socket = ToolSocket.Open(settings.Plan, publishes ? ZmqSocketType.Xpub : ZmqSocketType.Push, opened => opened.Options.DelayAttachOnConnect = true);
        if (!socket.Wait(toSend: !publishes, settings.Wait, stop)) throw new ToolException($"no {(publishes ? "subscriber" : "peer")} came to {settings.Plan.Endpoints} within {settings.Wait.TotalSeconds:0.###} s", ExitCode.NoAnswer);
        while (publishes && socket.TryReceive() is not null)
        {
            // Subscriptions.
        }
        ReadOnlyMemory<byte>[] message = [new byte[settings.Size]];
        var lateness = Times.Create();
        var started = Stopwatch.GetTimestamp();
        var sent = Send(settings, socket, message, lateness, progress, started, stop);
        var lost = await socket.Close(settings.Wait, CancellationToken.None);
        return new BenchResult(publishes ? "pub" : "push", settings.Size, sent - lost, Stopwatch.GetElapsedTime(started).TotalSeconds)
        {
            WantedRate = settings.Rate,
            Lateness = settings.Rate is null ? null : Percentiles.Of(lateness),
            Lost = lost,
            Interrupted = stop.IsCancellationRequested,
        };
    }

    private static long Send(BenchSettings settings, ToolSocket socket, ReadOnlyMemory<byte>[] message, HdrHistogram.LongHistogram lateness, Action<long> progress, long started, CancellationToken stop)
    {
        var pacer = new Pacer(settings.Rate);
        var end = settings.Count ?? long.MaxValue;
        var sent = 0L;
        try
        {
            while (sent < end)
            {
                if (sent % Batch == 0 || settings.Rate is not null)
                {
                    stop.ThrowIfCancellationRequested();
                    if (settings.Duration is { } most && Stopwatch.GetElapsedTime(started) >= most) break;
                    progress(sent);
                }
                var left = pacer.Left;
                if (left > TimeSpan.Zero)
                {
                    Pause(left, stop);
                    continue;
                }
                if (!socket.TrySend(message))
                {
                    socket.Wait(toSend: true, TimeSpan.FromMilliseconds(100), stop);
                    continue;
                }
                if (settings.Rate is not null) lateness.Add(Stopwatch.GetElapsedTime(pacer.Due));
                pacer.Next();
                sent++;
            }
        }
        catch (OperationCanceledException)
        {
            // What was sent until now counts.
        }
        return sent;
    }

    /// <summary>Sleeps for most of the time, since a sleep may last a millisecond longer, and looks at the clock for the rest.</summary>
    private static void Pause(TimeSpan time, CancellationToken stop)
    {
        if (time > TimeSpan.FromMilliseconds(2)) stop.WaitHandle.WaitOne(time - TimeSpan.FromMilliseconds(1));
        else Thread.Yield();
    }
}
