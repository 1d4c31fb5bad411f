using NetMQ;
using NetMQ.Sockets;

namespace Benchmarks.Wire.Peers;

internal static class PullPeer
{
    public static void Run(string endpoint, int size, double warmUp, double duration)
    {
        var stop = new StopSignal();
        using var socket = new PullSocket();
        socket.Bind(endpoint);
        Console.WriteLine($"endpoint {socket.Options.LastEndpoint}");

        var msg = new Msg();
        msg.InitEmpty();
        Receive(socket, ref msg, size);
        var meter = new Meter();
        while (meter.Seconds < warmUp)
            ReceiveInterval(socket, ref msg, size);

        meter.Restart();
        do
        {
            ReceiveInterval(socket, ref msg, size);
            meter.Count();
        }
        while (meter.Seconds < duration);
        meter.Print();

        // The sender still has to leave its loop.
        while (!stop.IsSet && socket.TryReceive(ref msg, TimeSpan.FromSeconds(1)))
        {
        }

        msg.Close();
    }

    private static void ReceiveInterval(PullSocket socket, ref Msg msg, int size)
    {
        for (var i = 0; i < Meter.Interval; i++)
            Receive(socket, ref msg, size);
    }

    private static void Receive(PullSocket socket, ref Msg msg, int size)
    {
        socket.Receive(ref msg);
        if (msg.Size != size)
            throw new InvalidOperationException($"A message has {msg.Size} bytes, expected were {size}.");
    }
}
