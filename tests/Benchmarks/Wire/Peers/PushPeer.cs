using NetMQ;
using NetMQ.Sockets;

namespace Benchmarks.Wire.Peers;

internal static class PushPeer
{
    private const double WarmUpSeconds = 0.5;

    public static void Run(string endpoint, int size)
    {
        var stop = new StopSignal();
        using var socket = new PushSocket();
        socket.Options.Linger = TimeSpan.Zero;
        socket.Connect(endpoint);

        var message = new byte[size];
        var meter = new Meter();
        while (!stop.IsSet && meter.Seconds < WarmUpSeconds)
            SendInterval(socket, message);

        meter.Restart();
        while (!stop.IsSet)
        {
            SendInterval(socket, message);
            meter.Count();
        }

        meter.Print();
    }

    private static void SendInterval(PushSocket socket, byte[] message)
    {
        for (var i = 0; i < Meter.Interval; i++)
            socket.SendFrame(message);
    }
}
