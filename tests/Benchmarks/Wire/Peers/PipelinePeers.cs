using Actors.Zmtp;

namespace Benchmarks.Wire.Peers;

/// <summary>PUSH and PULL: over a connection, over one with CURVE, and between two threads.</summary>
internal static class PipelinePeers
{
    public static void Pull(Work work) => Pull(work, _ => { });

    public static void Push(Work work) => Push(work, _ => { });

    public static void CurvePull(Work work) => Pull(work, CurveKeys.Serve);

    public static void CurvePush(Work work) => Push(work, CurveKeys.Use);

    public static void Inproc(Work work)
    {
        var stop = new StopSignal();
        using var sink = new PullSocket();
        work.BindAndTell(sink);
        var sending = new Thread(() =>
        {
            using var socket = new PushSocket();
            work.Connect(socket);
            var message = new byte[work.Size];
            while (!stop.IsSet) SendInterval(socket, message, stop);
        });
        sending.Start();
        Measure(work, sink);
        stop.Await();
        sending.Join();
    }

    private static void Pull(Work work, Action<ZmqSocket> secure)
    {
        var stop = new StopSignal();
        using var socket = new PullSocket();
        secure(socket);
        work.BindAndTell(socket);
        Measure(work, socket);

        // The sender still has to leave its loop.
        var msg = new Msg();
        msg.InitEmpty();
        while (work.ReceiveUntil(stop, socket, ref msg))
        {
        }
        msg.Close();
    }

    private static void Measure(Work work, PullSocket socket)
    {
        var msg = new Msg();
        msg.InitEmpty();
        Console.WriteLine(Meter.Measure(work.Timing, () =>
        {
            for (var i = 0; i < Meter.Interval; i++) work.Receive(socket, ref msg);
            return Meter.Interval;
        }));
        msg.Close();
    }

    private static void Push(Work work, Action<ZmqSocket> secure)
    {
        var stop = new StopSignal();
        using var socket = new PushSocket();
        secure(socket);
        work.Connect(socket);
        var message = new byte[work.Size];
        Console.WriteLine(Meter.MeasureUntil(stop, () => SendInterval(socket, message, stop)));
    }

    private static int SendInterval(PushSocket socket, byte[] message, StopSignal stop)
    {
        for (var i = 0; i < Meter.Interval; i++)
        {
            while (!socket.TrySendFrame(TimeSpan.FromSeconds(0.1), message))
                if (stop.IsSet) return i;
        }
        return Meter.Interval;
    }
}
