using NetMQ;
using NetMQ.Sockets;

namespace Benchmarks.Wire.Peers;

internal static class ReplyPeer
{
    public static void Run(string endpoint, int size)
    {
        var stop = new StopSignal();
        using var socket = new ResponseSocket();
        socket.Options.Linger = TimeSpan.Zero;
        socket.Bind(endpoint);
        Console.WriteLine($"endpoint {socket.Options.LastEndpoint}");

        var msg = new Msg();
        msg.InitEmpty();
        socket.Receive(ref msg);
        var meter = new Meter();
        do
        {
            for (var i = 0; i < Meter.Interval; i++)
            {
                Check(msg, size);
                socket.Send(ref msg, more: false);
                if (!Receive(socket, ref msg, stop))
                    break;
            }

            meter.Count();
        }
        while (!stop.IsSet);

        meter.Print();
        msg.Close();
    }

    private static void Check(Msg msg, int size)
    {
        if (msg.Size != size)
            throw new InvalidOperationException($"A request has {msg.Size} bytes, expected were {size}.");
    }

    private static bool Receive(ResponseSocket socket, ref Msg msg, StopSignal stop)
    {
        while (!socket.TryReceive(ref msg, TimeSpan.FromSeconds(1)))
        {
            if (stop.IsSet)
                return false;
        }

        return true;
    }
}
