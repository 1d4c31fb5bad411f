using System.Diagnostics;
using Actors.Zmtp;

namespace Benchmarks.Wire.Peers;

/// <summary>REQ and REP with one request in flight, DEALER and ROUTER with many.</summary>
internal static class RequestReplyPeers
{
    // Round trips whose time is kept for the percentile.
    private const int MostTimes = 1 << 20;

    // Messages that a DEALER has under way.
    private const int InFlight = 64;

    public static void Reply(Work work)
    {
        var stop = new StopSignal();
        using var socket = new ResponseSocket();
        work.BindAndTell(socket);
        var msg = new Msg();
        msg.InitEmpty();
        Console.WriteLine(Meter.MeasureUntil(stop, () =>
        {
            for (var i = 0; i < Meter.Interval; i++)
            {
                if (!work.ReceiveUntil(stop, socket, ref msg)) return i;
                work.Check(msg);
                socket.Send(ref msg, more: false);
            }
            return Meter.Interval;
        }));
        msg.Close();
    }

    /// <summary>The further figure is the 99th percentile of a round trip, in microseconds.</summary>
    public static void Request(Work work)
    {
        using var socket = new RequestSocket();
        work.Connect(socket);
        var request = new byte[work.Size];
        var times = new long[MostTimes];
        var count = 0L;
        var msg = new Msg();
        msg.InitEmpty();
        var measured = Meter.Measure(work.Timing, () =>
        {
            var before = Stopwatch.GetTimestamp();
            for (var i = 0; i < Meter.Interval; i++)
            {
                socket.SendFrame(request);
                work.Receive(socket, ref msg);
                var after = Stopwatch.GetTimestamp();
                times[count++ % MostTimes] = after - before;
                before = after;
            }
            return Meter.Interval;
        });
        Console.WriteLine(measured with { Extra = Percentile99(times, count, measured.Messages) });
        msg.Close();
        Work.AwaitEnd();
    }

    /// <summary>Sends each message back to the peer that it came from.</summary>
    public static void Router(Work work)
    {
        var stop = new StopSignal();
        using var socket = new RouterSocket();
        work.BindAndTell(socket);
        var id = new Msg();
        id.InitEmpty();
        var msg = new Msg();
        msg.InitEmpty();
        Console.WriteLine(Meter.MeasureUntil(stop, () =>
        {
            for (var i = 0; i < Meter.Interval; i++)
            {
                if (!work.ReceiveUntil(stop, socket, ref id)) return i;
                work.Receive(socket, ref msg);
                socket.Send(ref id, more: true);
                socket.Send(ref msg, more: false);
            }
            return Meter.Interval;
        }));
        id.Close();
        msg.Close();
    }

    public static void Dealer(Work work)
    {
        using var socket = new DealerSocket();
        work.Connect(socket);
        var message = new byte[work.Size];
        for (var i = 0; i < InFlight; i++) socket.SendFrame(message);
        var msg = new Msg();
        msg.InitEmpty();
        Console.WriteLine(Meter.Measure(work.Timing, () =>
        {
            for (var i = 0; i < Meter.Interval; i++)
            {
                work.Receive(socket, ref msg);
                socket.Send(ref msg, more: false);
            }
            return Meter.Interval;
        }));
        msg.Close();
        Work.AwaitEnd();
    }

    /// <summary>In microseconds, of the last so many times.</summary>
    private static double Percentile99(long[] times, long count, long measured)
    {
        var last = (int)Math.Min(Math.Min(count, measured), MostTimes);
        var taken = new long[last];
        for (var i = 0; i < last; i++) taken[i] = times[(count - last + i) % MostTimes];
        Array.Sort(taken);
        return taken[last * 99L / 100] * 1e6 / Stopwatch.Frequency;
    }
}
