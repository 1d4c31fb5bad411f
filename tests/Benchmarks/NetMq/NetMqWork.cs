using Benchmarks.Wire;
using Benchmarks.Wire.Peers;
using NetMQ;

namespace Benchmarks.NetMq;

/// <summary>What an end on raw NetMQ sockets is to do: where, with messages of so many bytes, and how long.</summary>
internal sealed record NetMqWork(string Endpoint, int Size, Timing Timing)
{
    private static readonly TimeSpan StopInterval = TimeSpan.FromSeconds(0.1);

    public void BindAndTell(NetMQSocket socket)
    {
        socket.Options.Linger = TimeSpan.Zero;
        socket.Bind(Endpoint);
        Console.WriteLine($"endpoint {socket.Options.LastEndpoint}");
    }

    public void Connect(NetMQSocket socket)
    {
        socket.Options.Linger = TimeSpan.Zero;
        socket.Connect(Endpoint);
    }

    /// <exception cref="InvalidOperationException">The message has another size.</exception>
    public void Receive(NetMQSocket socket, ref Msg msg)
    {
        socket.Receive(ref msg);
        Check(msg);
    }

    /// <summary>Receives, unless the signal comes first.</summary>
    public static bool ReceiveUntil(StopSignal stop, NetMQSocket socket, ref Msg msg)
    {
        while (!socket.TryReceive(ref msg, StopInterval))
            if (stop.IsSet) return false;
        return true;
    }

    /// <summary>Sends, unless the signal comes first.</summary>
    public static bool SendUntil(StopSignal stop, NetMQSocket socket, byte[] message)
    {
        while (!socket.TrySendFrame(StopInterval, message))
            if (stop.IsSet) return false;
        return true;
    }

    /// <exception cref="InvalidOperationException">The message has another size.</exception>
    public void Check(in Msg msg)
    {
        if (msg.Size != Size) throw new InvalidOperationException($"A message has {msg.Size} bytes, expected were {Size}.");
    }

    public static Msg NewMsg()
    {
        var msg = new Msg();
        msg.InitEmpty();
        return msg;
    }
}
