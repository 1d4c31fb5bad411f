using Actors.Zmtp;

namespace Benchmarks.Wire.Peers;

/// <summary>What an end is to do: where, with messages of so many bytes, with how many subscribers, and how long.</summary>
internal sealed record Work(string Endpoint, int Size, int Count, Timing Timing)
{
    public void BindAndTell(ZmqSocket socket)
    {
        socket.Options.Linger = TimeSpan.Zero;
        socket.Bind(Endpoint);
        Console.WriteLine($"endpoint {socket.Options.LastEndpoint}");
    }

    public void Connect(ZmqSocket socket)
    {
        socket.Options.Linger = TimeSpan.Zero;
        socket.Connect(Endpoint);
    }

    /// <exception cref="InvalidOperationException">The message has another size.</exception>
    public void Receive(ZmqSocket socket, ref Msg msg)
    {
        socket.Receive(ref msg);
        Check(msg);
    }

    /// <summary>Receives, unless the signal comes first.</summary>
    public bool ReceiveUntil(StopSignal stop, ZmqSocket socket, ref Msg msg)
    {
        while (!socket.TryReceive(ref msg, TimeSpan.FromSeconds(0.1)))
            if (stop.IsSet) return false;
        return true;
    }

    /// <exception cref="InvalidOperationException">The message has another size.</exception>
    public void Check(in Msg msg)
    {
        if (msg.Size != Size) throw new InvalidOperationException($"A message has {msg.Size} bytes, expected were {Size}.");
    }

    /// <summary>The other end reports in its own time; one that has measured waits to be ended.</summary>
    public static void AwaitEnd() => Console.In.ReadLine();
}
