using System.Buffers.Binary;
using System.Diagnostics;
using Actors.Zmtp.Protocol;

namespace Actors.Host.Probe;

using HeartbeatCommand = Actors.Zmtp.Protocol.HeartbeatCommand;

/// <summary>Measures round trips by PING and PONG, which the engine of the peer answers and no handler sees.</summary>
internal static class Heartbeats
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>The median of some round trips; null when the peer does not answer.</summary>
    public static async Task<TimeSpan?> Measure(IFrameLink link, int count, CancellationToken deadline)
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
                await link.Write(Ping(context), patience.Token);
                if (!await AwaitPong(link, context, patience.Token)) break;
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

    private static byte[] Ping(byte[] context)
    {
        var frame = new byte[HeartbeatCommand.MaxFrameLength];
        return frame[..HeartbeatCommand.WritePing(frame, TimeSpan.Zero, context)];
    }

    private static async Task<bool> AwaitPong(IFrameLink link, byte[] context, CancellationToken patience)
    {
        while (await link.Read(patience) is { } frame)
        {
            if (frame.IsCommand && Command.TryParse(frame.Body, out var command) && command.Kind == CommandKind.Pong && command.Data.SequenceEqual(context)) return true;
        }
        return false;
    }
}
