using NetMQ;
using NetMQ.Sockets;

namespace Benchmarks.Wire.Peers;

internal static class RequestPeer
{
    public static void Run(string endpoint, int size, double warmUp, double duration)
    {
        using var socket = new RequestSocket();
        socket.Options.Linger = TimeSpan.Zero;
        socket.Connect(endpoint);

        var request = new byte[size];
        var msg = new Msg();
        msg.InitEmpty();
        RoundTrips(socket, request, ref msg);
        var meter = new Meter();
        while (meter.Seconds < warmUp)
            RoundTrips(socket, request, ref msg);

        meter.Restart();
        do
        {
            RoundTrips(socket, request, ref msg);
            meter.Count();
        }
        while (meter.Seconds < duration);
        meter.Print();
        msg.Close();

        // The other end reports in its own time; this one waits to be ended.
        Console.In.ReadLine();
    }

    private static void RoundTrips(RequestSocket socket, byte[] request, ref Msg msg)
    {
        for (var i = 0; i < Meter.Interval; i++)
        {
            socket.SendFrame(request);
            socket.Receive(ref msg);
            if (msg.Size != request.Length)
                throw new InvalidOperationException($"A reply has {msg.Size} bytes, expected were {request.Length}.");
        }
    }
}
