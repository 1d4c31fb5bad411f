using Actors.Zmtp;

namespace Benchmarks.Wire.Peers;

/// <summary>
/// XPUB to XSUB without a drop: after each batch that all subscribers have, one of them sends a message upstream, and the
/// publisher is never more than a window of batches ahead. A dropped message would bring both to a stand.
/// </summary>
internal static class BroadcastPeers
{
    private const int Batch = 64;
    private const int Window = 8;

    public static void Publish(Work work)
    {
        var stop = new StopSignal();
        using var socket = new XPublisherSocket();
        Bind(work, socket);
        AwaitSubscriptions(work, socket, stop);
        var publisher = new Publisher(work, socket, stop);
        Console.WriteLine(Meter.MeasureUntil(stop, publisher.PublishBatch));
    }

    /// <summary>Measures the publisher itself; the further figure is the memory of a connection, in bytes.</summary>
    public static void FanOut(Work work)
    {
        var stop = new StopSignal();
        using var socket = new XPublisherSocket();
        Bind(work, socket);
        var before = Environment.WorkingSet;
        AwaitSubscriptions(work, socket, stop);
        var connection = (Environment.WorkingSet - before) / (double)work.Count;
        var publisher = new Publisher(work, socket, stop);
        Console.WriteLine(Meter.Measure(work.Timing, publisher.PublishBatch) with { Extra = connection });
        stop.Await();
    }

    public static void Subscribe(Work work)
    {
        var sockets = Enumerable.Range(0, work.Count).Select(_ => new XSubscriberSocket()).ToArray();
        foreach (var socket in sockets)
        {
            work.Connect(socket);
            socket.Subscribe("");
        }

        var acknowledgement = "A"u8.ToArray();
        var msg = new Msg();
        msg.InitEmpty();
        Console.WriteLine(Meter.Measure(work.Timing, () =>
        {
            foreach (var socket in sockets)
                for (var i = 0; i < Batch; i++) work.Receive(socket, ref msg);
            sockets[0].SendFrame(acknowledgement);
            return Batch * sockets.Length;
        }));
        msg.Close();
        Work.AwaitEnd();
        foreach (var socket in sockets) socket.Dispose();
    }

    private static void Bind(Work work, XPublisherSocket socket)
    {
        socket.Options.XPubVerbose = true;
        socket.Options.Backlog = work.Count;
        work.BindAndTell(socket);
    }

    private static void AwaitSubscriptions(Work work, XPublisherSocket socket, StopSignal stop)
    {
        var msg = new Msg();
        msg.InitEmpty();
        for (var i = 0; i < work.Count && work.ReceiveUntil(stop, socket, ref msg); i++)
        {
        }
        msg.Close();
    }

    private sealed class Publisher(Work work, XPublisherSocket socket, StopSignal stop)
    {
        private readonly byte[] _message = new byte[work.Size];
        private long _ahead;
        private Msg _acknowledgement = Empty();

        /// <summary>Returns how many messages the subscribers get.</summary>
        public int PublishBatch()
        {
            while (_ahead >= Window)
            {
                if (!work.ReceiveUntil(stop, socket, ref _acknowledgement)) return 0;
                _ahead--;
            }
            for (var i = 0; i < Batch; i++) socket.SendFrame(_message);
            _ahead++;
            return Batch * work.Count;
        }

        private static Msg Empty()
        {
            var msg = new Msg();
            msg.InitEmpty();
            return msg;
        }
    }
}
