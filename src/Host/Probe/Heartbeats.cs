using System.Buffers.Binary;
using System.Diagnostics;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security.Curve;

namespace Actors.Host.Probe;

/// <summary>Measures round trips by PING and PONG, which the engine of the peer answers and no handler sees.</summary>
internal static class Heartbeats
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>The median of some round trips; null when the peer does not answer.</summary>
    public static async Task<TimeSpan?> Measure(IFrameLink link, CurveTraffic? traffic, int count, CancellationToken deadline)
    {
        var times = new List<TimeSpan>(count);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        try
        {
            for (var i = 0; i < count; i++)
            {
                patience.CancelAfter(s_patience);
                var context = new byte[sizeof(int)];
                BinaryPrimitives.WriteInt32BigEndian(context, i + 1);
                var started = Stopwatch.GetTimestamp();
                await link.Write(Ping(context, traffic), patience.Token);
                if (!await AwaitPong(link, traffic, context, patience.Token)) break;
                times.Add(Stopwatch.GetElapsedTime(started));
            }
        }
        catch (Exception nothing) when (nothing is OperationCanceledException or ProbeFailure)
        {
            // The peer lets this end in, which is what counts; what was measured before holds.
        }
        times.Sort();
        return times.Count == 0 ? null : times[times.Count / 2];
    }

    private static byte[] Ping(byte[] context, CurveTraffic? traffic)
    {
        var frame = new byte[HeartbeatCommand.MaxFrameLength];
        var length = HeartbeatCommand.WritePing(frame, TimeSpan.Zero, context);
        if (traffic is null) return frame[..length];
        var body = frame.AsSpan(FrameHeader.ShortLength, length - FrameHeader.ShortLength);
        var sealedFrame = new byte[CurveTraffic.FrameLength(body.Length)];
        traffic.Seal(FrameFlags.Command, body, sealedFrame);
        return sealedFrame;
    }

    private static async Task<bool> AwaitPong(IFrameLink link, CurveTraffic? traffic, byte[] context, CancellationToken patience)
    {
        while (await link.Read(patience) is { } frame)
        {
            if (Open(frame, traffic) is not { IsCommand: true } opened) continue;
            if (Command.TryParse(opened.Body, out var command) && command.Kind == CommandKind.Pong && command.Data.SequenceEqual(context)) return true;
        }
        return false;
    }

    private static Frame? Open(Frame frame, CurveTraffic? traffic)
    {
        if (traffic is null) return frame;
        if (frame.Body.Length < CurveTraffic.Overhead) return null;
        var plain = new byte[frame.Body.Length - CurveTraffic.Overhead + 1];
        return traffic.TryOpen(frame.Body, plain, out _) ? new Frame(plain[0], plain[1..]) : null;
    }
}
