using Benchmarks.Wire.Peers;
using NetMQ;
using NetMQ.Sockets;

namespace Benchmarks.NetMq;

/// <summary>The ends on raw NetMQ sockets, with the same loops as those on the sockets of Actors.Zmtp.</summary>
internal static class NetMqPeers
{
    // The flow of a broadcast: batches that the subscriber acknowledges, and how many may be ahead of that.
    private const int Batch = 64;
    private const int Window = 8;

    private static readonly byte[] Acknowledgement = "acknowledged"u8.ToArray();

    public static void Pull(NetMqWork work)
    {
        var stop = new StopSignal();
        using var socket = new PullSocket();
        work.BindAndTell(socket);
        var msg = NetMqWork.NewMsg();
        Console.WriteLine(Meter.Measure(work.Timing, () => ReceiveInterval(work, socket, ref msg)));

        // The sender still has to leave its loop.
        while (NetMqWork.ReceiveUntil(stop, socket, ref msg))
        {
        }
        msg.Close();
    }

    public static void Push(NetMqWork work)
    {
        var stop = new StopSignal();
        using var socket = new PushSocket();
        work.Connect(socket);
        var message = new byte[work.Size];
        Console.WriteLine(Meter.MeasureUntil(stop, () =>
        {
            for (var i = 0; i < Meter.Interval; i++)
                if (!NetMqWork.SendUntil(stop, socket, message)) return i;
            return Meter.Interval;
        }));
    }

    public static void Reply(NetMqWork work)
    {
        var stop = new StopSignal();
        using var socket = new ResponseSocket();
        work.BindAndTell(socket);
        var msg = NetMqWork.NewMsg();
        Console.WriteLine(Meter.MeasureUntil(stop, () =>
        {
            for (var i = 0; i < Meter.Interval; i++)
            {
                if (!NetMqWork.ReceiveUntil(stop, socket, ref msg)) return i;
                work.Check(msg);
                socket.Send(ref msg, more: false);
            }
            return Meter.Interval;
        }));
        msg.Close();
    }

    public static void Request(NetMqWork work)
    {
        using var socket = new RequestSocket();
        work.Connect(socket);
        var request = new byte[work.Size];
        var msg = NetMqWork.NewMsg();
        Console.WriteLine(Meter.Measure(work.Timing, () =>
        {
            for (var i = 0; i < Meter.Interval; i++)
            {
                socket.SendFrame(request);
                work.Receive(socket, ref msg);
            }
            return Meter.Interval;
        }));
        msg.Close();
        Work.AwaitEnd();
    }

    /// <summary>
    /// Publishes without a drop: the subscriber acknowledges each batch by a subscription to a topic that nobody publishes,
    /// and by its end, in turn.
    /// </summary>
    public static void Publish(NetMqWork work)
    {
        var stop = new StopSignal();
        using var socket = new XPublisherSocket();
        work.BindAndTell(socket);
        var message = new byte[work.Size];
        var told = NetMqWork.NewMsg();
        // The subscription to everything comes first.
        NetMqWork.ReceiveUntil(stop, socket, ref told);
        var ahead = 0;
        Console.WriteLine(Meter.MeasureUntil(stop, () =>
        {
            while (ahead >= Window)
            {
                if (!NetMqWork.ReceiveUntil(stop, socket, ref told)) return 0;
                ahead--;
            }
            for (var i = 0; i < Batch; i++) socket.SendFrame(message);
            ahead++;
            return Batch;
        }));
        told.Close();
    }

    public static void Subscribe(NetMqWork work)
    {
        using var socket = new SubscriberSocket();
        work.Connect(socket);
        socket.SubscribeToAnyTopic();
        var msg = NetMqWork.NewMsg();
        var subscribed = false;
        Console.WriteLine(Meter.Measure(work.Timing, () =>
        {
            for (var i = 0; i < Batch; i++) work.Receive(socket, ref msg);
            subscribed = !subscribed;
            if (subscribed) socket.Subscribe(Acknowledgement);
            else socket.Unsubscribe(Acknowledgement);
            return Batch;
        }));
        msg.Close();
        Work.AwaitEnd();
    }

    private static int ReceiveInterval(NetMqWork work, NetMQSocket socket, ref Msg msg)
    {
        for (var i = 0; i < Meter.Interval; i++) work.Receive(socket, ref msg);
        return Meter.Interval;
    }
}
